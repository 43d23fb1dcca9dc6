"""How often each term of a kind is used, in what visitors see and in drafts, and when it was last."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, ForeignKey, Max, Model, Q
from modelcluster.fields import ParentalKey
from wagtail.models import DraftStateMixin, Page, Revision

from site_core.publishing.events import models_with_drafts
from site_core.tagging.ties import table_of, tables_of
from site_core.taxonomy.models import Term


@dataclass
class TermUses:
    """One term with its uses: of visible objects by their kind, and of drafts and scheduled updates in all."""

    term: Term
    live: list[str] = field(default_factory=list)
    drafts: int = 0
    last_used: datetime | None = None
    similar: list[Term] = field(default_factory=list)

    @property
    def is_used(self) -> bool:
        return bool(self.live or self.drafts)


def uses_of_terms(kind: str, terms: Sequence[Term]) -> list[TermUses]:
    """The uses of terms of one kind, in a number of queries that does not grow with them."""
    lines = {term.pk: TermUses(term) for term in terms}
    for name, plural, counts in _live_counts(kind):
        for pk, number in counts.items():
            if pk in lines:
                lines[pk].live.append(f"{number:,} {name if number == 1 else plural}")
    for pk, number in _draft_counts(kind).items():
        if pk in lines:
            lines[pk].drafts = number
    for pk, at in _last_used(kind).items():
        if pk in lines:
            lines[pk].last_used = at
    return [lines[term.pk] for term in terms]


def _live_counts(kind: str) -> Iterator[tuple[str, str, Counter[int]]]:
    """The name of a kind of object in the singular and the plural, and how many visible ones use each term."""
    for table in tables_of(kind):
        ties = table.through._base_manager.filter(content_object__live=True).order_by()
        yield _named(table.page_model, Counter(dict(ties.values_list("tag").annotate(Count("pk")))))
    for model, name, owner in foreign_keys():
        live = {f"{owner}__live" if owner else "live": True, f"{name}__kind": kind}
        rows = model._base_manager.filter(**live).order_by()
        counted = Count(owner or "pk", distinct=True)
        owning = model._meta.get_field(owner).related_model if owner else model
        yield _named(owning, Counter(dict(rows.values_list(name).annotate(counted))))
    smaller = Term.objects.filter(larger_place__kind=kind).order_by().values_list("larger_place")
    yield "smaller place", "smaller places", Counter(dict(smaller.annotate(Count("pk"))))


def _named(model: Any, counts: Counter[int]) -> tuple[str, str, Counter[int]]:
    return str(model._meta.verbose_name), str(model._meta.verbose_name_plural), counts


def foreign_keys() -> Iterator[tuple[Any, str, str]]:
    """Every foreign key to a term of an object with drafts or of a part of one: the model, the field, the part's own
    key to its object."""
    for model in apps.get_models():
        if model._meta.proxy or table_of(model._meta.label):
            continue
        owner = next((one.name for one in model._meta.local_fields if isinstance(one, ParentalKey)), "")
        if not owner and not issubclass(model, DraftStateMixin):
            continue
        for one in model._meta.local_fields:
            if isinstance(one, ForeignKey) and issubclass(one.related_model, Term):
                yield model, one.name, owner


def _draft_counts(kind: str) -> Counter[int]:
    """How many drafts and scheduled updates use each term."""
    counts: Counter[int] = Counter()
    direct = [(model, name) for model, name, owner in foreign_keys() if not owner]
    for model in models_with_drafts():
        accessors = [table.accessor for table in tables_of(kind) if issubclass(table.page_model, model)]
        fields = [name for other, name in direct if issubclass(other, model)]
        if not accessors and not fields:
            continue
        paths = [f"content__{name}" for name in (*accessors, *fields)]
        for values in _open_drafts(model).values_list(*paths):
            used = {pk for value in values for pk in _pks_in(value)}
            counts.update(used)
    return counts


def pages_with(term: Term) -> set[int]:
    """The pages that have the term, in what visitors see or in a draft."""
    pages: set[int] = set()
    for table in tables_of(term.kind):
        ties = table.through._base_manager.filter(tag=term.pk)
        pages |= set(ties.values_list("content_object_id", flat=True))
        drafts = _open_drafts(Page).values_list("object_id", f"content__{table.accessor}")
        pages |= {int(pk) for pk, value in drafts if term.pk in _pks_in(value)}
    return pages


def _open_drafts(model: type[Model]) -> Any:
    drafts = model._base_manager.filter(Q(live=False) | Q(has_unpublished_changes=True)).values("latest_revision")
    own_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
    is_open = Q(pk__in=drafts) | Q(approved_go_live_at__isnull=False)
    return Revision.objects.filter(is_open, base_content_type=own_type).order_by()


def _pks_in(value: object) -> list[int]:
    if isinstance(value, list):
        return [row["tag"] for row in value if isinstance(row, dict) and isinstance(row.get("tag"), int)]
    return [value] if isinstance(value, int) else []


def _last_used(kind: str) -> dict[int, datetime]:
    """When a page with each term was last written."""
    found: dict[int, datetime] = {}
    for table in tables_of(kind):
        ties = table.through._base_manager.order_by().values_list("tag")
        for pk, at in ties.annotate(Max("content_object__latest_revision_created_at")):
            if at is not None:
                found[pk] = max(at, found.get(pk, at))
    return found
