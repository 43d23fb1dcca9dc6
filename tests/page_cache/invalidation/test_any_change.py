"""The generation moves for every write, of whatever kind, whose difference visitors can see."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Case, F, Model, OuterRef, QuerySet, Subquery, Value, When
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import DraftStateMixin, Page

from impact.models import Evidence, ImpactStat
from news.models import NewsItemPage
from news.tagged_items import NewsItemPlace
from site_core.organization.models import Alert
from site_core.page_cache.invalidation.private_writes import DRAFT_COLUMNS, owners
from site_core.page_cache.invalidation.writes import is_changing
from site_core.taxonomy.models import PlaceTerm
from tests import factories
from tests.contracts.test_tables import PUBLIC, stored_models

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

Rows = QuerySet[Any]
Change = Callable[[Rows, str], object]
# A text column of each table, and the foreign keys of child objects.
WORDS: dict[Any, str] = {
    Page: "search_description",
    NewsItemPage: "author",
    ImpactStat: "population",
    Evidence: "locator",
    Alert: "link_text",
    PlaceTerm: "region",
    Redirect: "redirect_link",
}
PARTS: dict[Any, tuple[str, Any]] = {
    NewsItemPlace: ("content_object_id", NewsItemPage),
    Evidence: ("stat_id", ImpactStat),
}
DRAFTS = "drafts alone"


@pytest.fixture
def world(site_tree: factories.SiteTree) -> None:
    """A public object and a draft of each kind, and no pending change."""
    for draft in (False, True):
        place = factories.PlaceTermFactory()
        factories.NewsItemPageFactory(parent=site_tree.news, places=[place], draft=draft)
        factories.EvidenceFactory(stat=factories.ImpactStatFactory(draft=draft), study=factories.StudyFactory())
        factories.AlertFactory(draft=draft)
    Redirect.objects.create(old_path="/old", redirect_link="/")
    connection.run_on_commit.clear()


def seen() -> dict[str, list[Any]]:
    """All that visitors can see, without regard to statements: the rows of public tables and of live objects."""
    found: dict[str, list[Any]] = {}
    for model in stored_models():
        columns = [field.attname for field in model._meta.local_fields if field.column not in DRAFT_COLUMNS]
        rows = model._base_manager.all()
        if model._meta.db_table in owners():
            rows = rows.filter(**{f"{path_to_owner(model)}live": True})
        elif model._meta.label not in PUBLIC:
            continue
        found[model._meta.label] = list(rows.order_by("pk").values_list(*columns))
    return found


def path_to_owner(model: Any) -> str:
    """The lookup path from a row to the object whose `live` field decides."""
    owner = owners()[model._meta.db_table]
    (field,) = [field for field in model._meta.local_fields if field.column == owner.reference_column]
    return f"{field.name}__" if owner.table != model._meta.db_table else ""


def rows_of(model: Any) -> Iterator[tuple[str, Rows]]:
    """The public rows, the drafts, and all rows."""
    rows = model._base_manager.all()
    yield "all", rows
    yield "by id", rows.filter(pk__in=list(rows.values_list("pk", flat=True)))
    if model._meta.db_table in owners():
        live = f"{path_to_owner(model)}live"
        for name, kind in {"public alone": True, DRAFTS: False}.items():
            yield name, rows.filter(pk__in=list(rows.filter(**{live: kind}).values_list("pk", flat=True)))


def the_same(rows: Rows, column: str) -> Any:
    """The present value of the column, in a subquery."""
    return Subquery(rows.model._base_manager.filter(pk=OuterRef("pk")).values(column)[:1])


def saved_each(rows: Rows, words: str, **options: Any) -> None:
    for one in rows:
        setattr(one, words, "Other words")
        Model.save(one, **options)


def updated_in_bulk(rows: Rows, words: str) -> None:
    objects = list(rows)
    for number, obj in enumerate(objects):
        setattr(obj, words, f"Words {number}")
    rows.model._base_manager.bulk_update(objects, [words])


def updated_one_by_one(rows: Rows, words: str) -> None:
    table, key = rows.model._meta.db_table, rows.model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {words} = %s WHERE {key} = %s", [("By hand", one.pk) for one in rows])  # noqa: S608


CHANGES: dict[str, Change] = {
    "words": lambda rows, words: rows.update(**{words: "Other words"}),
    "the words that are there": lambda rows, words: rows.update(**{words: F(words)}),
    "words by case": lambda rows, words: rows.update(**{words: Case(When(pk=1, then=Value("A")), default=Value("B"))}),
    "rows in bulk": updated_in_bulk,
    "rows one by one": updated_one_by_one,
    "each saved": saved_each,
    "each saved in part": lambda rows, words: saved_each(rows, words, update_fields=[words]),
    "deleted": lambda rows, words: rows.delete(),
    "rows deleted": lambda rows, words: rows._raw_delete("default"),
}
CHANGES_OF_WHAT_HAS_DRAFTS: dict[str, Change] = {
    "put up": lambda rows, words: rows.update(live=True),
    "taken down": lambda rows, words: rows.update(live=False),
    "turned round": lambda rows, words: rows.update(
        live=Case(When(live=True, then=Value(False)), default=Value(True))
    ),
    "turned round behind a query": lambda rows, words: rows.update(live=~F("live")),
    "only what is of drafts": lambda rows, words: rows.update(has_unpublished_changes=True),
    "words behind what is of drafts": lambda rows, words: rows.update(
        **{"has_unpublished_changes": the_same(rows, "has_unpublished_changes"), words: "Other words"}
    ),
}


def given_to(rows: Rows, column: str, number: int) -> None:
    rows.update(**{column: number})


def made_again_for(rows: Rows, column: str, number: int) -> None:
    objects = list(rows.exclude(**{column: number}))
    for obj in objects:
        obj.pk = None
        setattr(obj, column, number)
    rows.model._base_manager.bulk_create(objects)


CHANGES_OF_PARTS: dict[str, Callable[[Rows, str, int], None]] = {
    "given to": given_to,
    "made again for": made_again_for,
}


def trials() -> Iterator[tuple[str, Callable[[], object]]]:
    """Every change of every set of rows, by name."""
    for model, words in WORDS.items():
        changes = CHANGES | (CHANGES_OF_WHAT_HAS_DRAFTS if issubclass(model, DraftStateMixin) else {})
        for which, rows in rows_of(model):
            for name, change in changes.items():
                yield f"{model.__name__}: {name}, {which}", partial(change, rows, words)
    for model, (column, owner) in PARTS.items():
        numbers = {state: owner.objects.filter(live=state == "public").first().pk for state in ("public", "draft")}
        for which, rows in rows_of(model):
            for name, handing in CHANGES_OF_PARTS.items():
                for state, number in numbers.items():
                    yield f"{model.__name__}: {name} {state}, {which}", partial(handing, rows, column, number)


def test_every_visible_change_moves_it_and_few_others_do(world: None) -> None:
    before = seen()
    unmoved, moved_for_nothing = [], set()
    for name, change in trials():
        with transaction.atomic():
            change()
            could_be_seen, moves = seen() != before, is_changing()
            transaction.set_rollback(True)
        if could_be_seen and not moves:
            unmoved.append(name)
        if moves and not could_be_seen and name.endswith(DRAFTS):
            moved_for_nothing.add(name)
    assert unmoved == []
    # It is not known which rows executemany changes. Nothing in the admin calls it.
    with_drafts = [model for model in WORDS if model._meta.db_table in owners()]
    assert moved_for_nothing == {f"{model.__name__}: rows one by one, {DRAFTS}" for model in with_drafts}
