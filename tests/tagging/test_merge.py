"""A merge changes everything that uses a tag, in one transaction, and undo puts everything back to the byte."""

import json
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, PageLogEntry, Revision

from news.models import NewsItemPage
from site_core.publishing.ledger.proof import breaks
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.ledger.recording import as_stored, content_of
from site_core.publishing.runner.due import publish_due
from site_core.tagging import indexing
from site_core.tagging.acts import carry_out, undo
from site_core.tagging.merging import CannotBeChanged, plan_merge
from site_core.tagging.models import TagChange
from site_core.taxonomy.models import PlaceTerm, Term
from strategies.uses import StrategyUse
from tests import factories
from tests.tagging.tagged_site import TaggedSite, public_pages, rows_on_file

pytestmark = pytest.mark.django_db
OF_DRAFTS = {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}
SENTENCE = "Merged “Highpoint” and “Hi Point” into “High Point.”"


def merge(site: TaggedSite) -> TagChange:
    return merge_into(site.right, site, site.wrong, site.worse)


def merge_into(target: Any, site: TaggedSite, *sources: Any) -> TagChange:
    return carry_out(lambda terms: plan_merge(terms[:-1], terms[-1]), [*sources, target], SENTENCE, site.editor)


def places(item: Any) -> list[str]:
    return sorted(NewsItemPage.objects.get(pk=item.pk).places.values_list("name", flat=True))


def places_in_drafts(item: Any) -> list[list[str]]:
    names = dict(Term.objects.values_list("pk", "name"))
    contents = Revision.objects.for_instance(item).order_by("pk").values_list("content", flat=True)
    return [sorted(names[tie["tag"]] for tie in content["place_tags"]) for content in contents]


def test_everything_uses_the_term_that_stays_and_undo_is_exact(site: TaggedSite) -> None:
    rows, pages = rows_on_file(), public_pages()
    change = merge(site)

    assert not Term.objects.filter(pk__in=[site.wrong.pk, site.worse.pk]).exists()
    right = PlaceTerm.objects.get(pk=site.right.pk)
    assert right.other_names == ["High Point, NC", "Highpoint", "Hi Point", "Hy Point"]
    assert places(site.live) == ["High Point"]
    assert places(site.both) == ["High Point", "Southside"]
    assert places_in_drafts(site.draft) == [["High Point"]]
    assert places_in_drafts(site.edited) == [["Southside"], ["High Point", "Southside"]]
    assert places(site.edited) == ["Southside"]
    assert places_in_drafts(site.scheduled) == [["High Point"], ["High Point"]]
    assert NewsItemPage.objects.get(pk=site.with_block.pk).body[0].value["place"] == right
    for obj in (site.stat, StrategyUse.objects.get(), PlaceTerm.objects.get(name="Southside")):
        obj.refresh_from_db()
        assert (obj.larger_place if isinstance(obj, PlaceTerm) else obj.place) == right

    client = Client()
    for former in ("highpoint", "hi-point", "hp"):
        for url in ("/news/?place={}", "/news/feed.json?place={}", "/places/{}/"):
            moved = client.get(url.format(former))
            assert (moved.status_code, moved.headers["Location"]) == (301, url.format("high-point"))
    found = client.get("/news/feed.json?place=high-point").json()
    assert {entry["title"] for entry in found["items"]} >= {"Live", "All three", "Scheduled update"}

    assert undo(change, site.editor) == 0
    again = rows_on_file()
    assert [name for name in rows if again[name] != rows[name]] == []
    after = public_pages()
    assert [url for url in pages if after[url] != pages[url]] == []


def test_the_ledger_and_the_history_say_what_was_done(site: TaggedSite) -> None:
    before = Publication.objects.count()
    change = merge(site)
    added = Publication.objects.order_by("pk")[before:]
    assert {row.cause for row in added if row.model_label != "taxonomy.PlaceTerm"} <= {Cause.EDITED}
    of_items = [row for row in added if row.model_label == NewsItemPage._meta.label]
    assert sorted(row.title for row in of_items) == ["All three", "Block", "Live", "Scheduled update"]
    undo(change, site.editor)
    for item in (site.live, site.both, site.scheduled, site.with_block, site.stat, site.strategy):
        obj: Any = type(item)._base_manager.get(pk=item.pk)
        row = Publication.objects.of(obj).newest_first()[0]
        now = as_stored(content_of(obj))
        now["place_tags"] = sorted(now.get("place_tags", []), key=lambda tie: tie["pk"])
        assert {name for name, value in (row.content or {}).items() if now[name] != value} <= OF_DRAFTS
        assert str(row.by) == str(site.editor)
        first = Publication.objects.of(obj).order_by("pk")[0]
        assert sorted(map(str, row.references)) == sorted(map(str, first.references)) or obj == site.strategy
    assert breaks() == []
    told = PageLogEntry.objects.filter(page=site.edited.pk, action="tagging.change").order_by("pk")
    assert [entry.message for entry in told] == [SENTENCE, f"Undone: {SENTENCE}"]


def test_what_is_edited_and_published_after_a_merge_gets_its_tag_back(site: TaggedSite) -> None:
    change = merge(site)
    item = NewsItemPage.objects.get(pk=site.live.pk)
    item.summary = "Another sentence."
    item.save_revision().publish()
    edited = NewsItemPage.objects.get(pk=site.edited.pk).get_latest_revision_as_object()
    edited.save_revision()
    right = PlaceTerm.objects.get(pk=site.right.pk)
    right.aliases += "\nThe Furniture City"
    right.save()
    assert undo(change, site.editor) == 0
    assert places(site.live) == ["Highpoint"]
    assert places_in_drafts(site.live) == [["Highpoint"], ["Highpoint"]]
    assert places_in_drafts(site.edited)[-1] == ["Highpoint", "Southside"]
    right.refresh_from_db()
    assert right.other_names == ["High Point, NC", "The Furniture City"]


def test_a_scheduled_update_goes_live_with_the_tag_that_stays(site: TaggedSite) -> None:
    merge(site)
    revision = Revision.objects.get(approved_go_live_at__isnull=False)
    publish_due(revision.approved_go_live_at)
    assert places(site.scheduled) == ["High Point"]
    assert Page.objects.get(pk=site.scheduled.pk).title == "Scheduled update, longer"


def test_many_items_are_found_by_their_new_tag_once_the_publishing_process_has_indexed_them(
    site: TaggedSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "AT_ONCE", 2)
    change = merge(site)
    waiting = sum(map(len, change.to_index.values()))
    assert waiting
    for _ in range(waiting):
        indexing.index_some()
    assert TagChange.objects.get(pk=change.pk).to_index == {}
    found = {item.title for item in NewsItemPage.objects.all().search("High Point")}
    assert found >= {"Live", "All three"}


def test_what_cannot_be_merged_or_undone_says_why_and_changes_nothing(site: TaggedSite) -> None:
    def refused() -> str:
        rows = rows_on_file()
        with pytest.raises(CannotBeChanged) as error:
            merge_into(site.right, site, site.wrong)
        assert rows_on_file() == rows
        return str(error.value)

    other = factories.UserFactory(role="Managing editor")
    NewsItemPage.objects.filter(pk=site.live.pk).update(locked=True, locked_by=other)
    assert refused() == f"“Live” is locked by {other}. Unlock it first."
    NewsItemPage.objects.update(locked=False)
    change = merge(site)
    assert refused().startswith("“Highpoint” is gone.")
    later = merge_into(PlaceTerm.objects.get(name="Southside"), site, site.right)
    with pytest.raises(CannotBeChanged, match="Undo that first: Merged"):
        undo(change, site.editor)
    undo(later, site.editor)
    taken = factories.PlaceTermFactory(name="highpoint", slug="anew")
    with pytest.raises(CannotBeChanged, match="there is a new tag “highpoint”"):
        undo(change, site.editor)
    taken.delete()
    undo(change, site.editor)
    with pytest.raises(CannotBeChanged, match="has been undone already"):
        undo(change, site.editor)
    assert json.loads(json.dumps(change.changed)) == change.changed
