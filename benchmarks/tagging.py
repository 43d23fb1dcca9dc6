"""How long it takes to merge a tag of 2,000 news items into another one, and to undo that, on PostgreSQL.

`python -m benchmarks.tagging 2000` starts a PostgreSQL of its own. Every tenth item has a newer draft and every
twentieth a scheduled update. Meanwhile a second connection reads the news list as visitors do. The exit code is 1 if
the merge or the undo takes longer than five seconds, or if undo leaves anything else than it was.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from threading import Event, Thread
from typing import Any

import django

from tests.postgresql import VARIABLE
from tests.postgresql import main as with_postgresql

ITEMS = 2_000
# The seconds that a merge may take beside visitors.
MOST_SECONDS = 5.0


def seconds(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def fill(items: int) -> tuple[Any, Any, Any]:
    """Two spellings of a place with as many items, and who merges them. Rows are written as publishing leaves them."""
    from news.models import NewsItemPage
    from news.tagged_items import NewsItemPlace
    from tests import factories
    from tests.factories.archive import news_archive

    tree = factories.site_tree()
    news_archive(tree.news, items)
    wrong, right = factories.PlaceTermFactory(name="Highpoint"), factories.PlaceTermFactory(name="High Point")
    NewsItemPage.objects.update(live=True)
    pks = list(NewsItemPage.objects.order_by("pk").values_list("pk", flat=True))
    ties = [NewsItemPlace(content_object_id=pk, tag=wrong) for pk in pks]
    ties += [NewsItemPlace(content_object_id=pk, tag=right) for pk in pks[::3]]
    NewsItemPlace.objects.bulk_create(ties)
    for number, item in enumerate(NewsItemPage.objects.order_by("pk")):
        store(number, item)
    return wrong, right, factories.UserFactory(role="Managing editor")


def store(number: int, item: Any) -> None:
    """The revisions of an item, and its row in the ledger."""
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from wagtail.models import Page, Revision

    from site_core.publishing.ledger.publications import Cause, Publication
    from site_core.publishing.ledger.recording import as_stored, content_of

    now, content = timezone.now(), as_stored(content_of(item))
    types = ContentType.objects.get_for_models(type(item), Page, for_concrete_models=False)
    same = {"content_type": types[type(item)], "base_content_type": types[Page], "object_id": str(item.pk)}
    revision = Revision(**same, created_at=now, object_str=item.title, content=content)
    later = {**content, "title": f"{item.title}, corrected"}
    scheduled = now + timedelta(days=2) if number % 20 == 5 else None
    draft = Revision(**same, created_at=now, object_str=item.title, content=later, approved_go_live_at=scheduled)
    has_draft = number % 10 == 0 or scheduled is not None
    Revision.objects.bulk_create([revision, draft] if has_draft else [revision])
    Page.objects.filter(pk=item.pk).update(
        live_revision=revision, latest_revision=draft if has_draft else revision, has_unpublished_changes=has_draft
    )
    Publication.objects.create(
        at=now,
        model_label=item._meta.label,
        object_id=str(item.pk),
        title=item.title,
        path=item.url or "",
        is_public=True,
        content=content,
        revision_id=revision.pk,
        cause=Cause.FOUND,
    )


class Visitor(Thread):
    """Reads the news list again and again, past every store."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.stopping, self.visits = Event(), list[float]()

    def run(self) -> None:
        from django.db import connections
        from django.test import Client

        client = Client()
        while not self.stopping.wait(0.1):
            self.visits.append(seconds(lambda: client.get("/news/")))
        connections.close_all()


def beside_visitors(act: Callable[[], Any]) -> tuple[float, float]:
    """The seconds that an act takes, and those of a visit meanwhile."""
    visitor = Visitor()
    visitor.start()
    try:
        took = seconds(act)
    finally:
        visitor.stopping.set()
        visitor.join()
    return took, median(visitor.visits or [0.0])


def main(items: int = ITEMS) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "site_core.settings.test"
    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    databases = setup_databases(verbosity=0, interactive=False)
    try:
        from site_core.tagging.acts import carry_out, undo
        from site_core.tagging.merging import plan_merge
        from tests.tagging.tagged_site import rows_on_file

        wrong, right, user = fill(items)
        before = rows_on_file()
        done: list[Any] = []
        _, quiet = beside_visitors(lambda: time.sleep(3))
        merged, visit = beside_visitors(
            lambda: done.append(
                carry_out(lambda terms: plan_merge(terms[:1], terms[1]), [wrong, right], "A merge.", user)
            )
        )
        uses = right.news_items_there.count()
        undone, _ = beside_visitors(lambda: undo(done[0], user))
        after = rows_on_file()
        # What is written past Wagtail has no entries in the reference index before the merge.
        differing = [name for name in before if name != "references" and before[name] != after[name]]
    finally:
        teardown_databases(databases, verbosity=0)
    print(f"{items:,} items: merged in {merged:.1f} s, undone in {undone:.1f} s, {uses:,} with the tag that stays")
    print(f"a visit of the news list takes {quiet * 1000:.0f} ms, meanwhile {visit * 1000:.0f} ms")
    if differing:
        print(f"WRONG: undo leaves these tables other than they were: {', '.join(differing)}")
    if max(merged, undone) > MOST_SECONDS:
        print(f"WRONG: it takes more than {MOST_SECONDS:g} s")
    return 1 if differing or uses != items or max(merged, undone) > MOST_SECONDS else 0


if __name__ == "__main__":
    if os.environ.get(VARIABLE):
        sys.exit(main(*map(int, sys.argv[1:])))
    sys.exit(with_postgresql([sys.executable, "-m", "benchmarks.tagging", *sys.argv[1:]]))
