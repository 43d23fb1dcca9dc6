"""What a Managing editor does with tags in the admin, without scripts."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from news.models import NewsItemPage
from site_core.tagging.models import TagChange
from site_core.taxonomy.models import PlaceTerm, Term
from tests import factories
from tests.tagging.tagged_site import TaggedSite

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(site: TaggedSite) -> Iterator[Client]:
    client = Client()
    client.force_login(site.editor)
    yield client


def shown(client: Client, url: str, **sent: Any) -> str:
    return " ".join(client.get(url, sent).content.decode().split())


def messages_of(response: Any) -> list[str]:
    return [str(message).split("\n")[0].strip() for message in response.context["messages"]]


def places(item: Any) -> list[str]:
    return sorted(NewsItemPage.objects.get(pk=item.pk).places.values_list("name", flat=True))


def test_the_list_shows_uses_and_near_duplicates_and_leads_to_the_merge(site: TaggedSite, admin: Client) -> None:
    unused = factories.PlaceTermFactory(name="Atlantis", archived=False)
    page = shown(admin, reverse("tags"))
    row = page[page.index('aria-label="Select Highpoint"') :].partition("</tr>")[0]
    assert "2 news items, 1 strategy, 1 impact stat, 1 smaller place" in row
    assert "Perhaps the same: Hi Point; High Point" in row
    assert "Drafts: </span>2</td>" in row
    never = shown(admin, reverse("tags"), show="unused")
    assert f"Select {unused}" in never
    assert "Select Highpoint" not in never
    assert "Select Atlantis" not in shown(admin, reverse("tags"), show="similar")

    asked = {"term": [site.wrong.pk, site.worse.pk, site.right.pk]}
    assert "The tag that stays" in shown(admin, reverse("merge_tags"), **asked)
    preview = shown(admin, reverse("merge_tags"), **asked, into=site.right.pk)
    assert "6 news items: 5 public, 1 not public, 1 with a scheduled update" in preview
    assert "place=hi-point) lead to those of “High Point” (place=high-point)" in preview
    done = admin.post(reverse("merge_tags"), {**asked, "into": site.right.pk, "merge": "1"}, follow=True)
    assert messages_of(done) == ["Merged “Hi Point” and “Highpoint” into “High Point.” You can undo this for 30 days."]
    assert places(site.live) == ["High Point"]

    change = TagChange.objects.get()
    assert "Undo: Merged" in shown(admin, reverse("tag_changes"))
    undone = admin.post(reverse("tag_changes"), {"change": change.pk}, follow=True)
    assert messages_of(undone) == ["Undone: Merged “Hi Point” and “Highpoint” into “High Point.”"]
    assert places(site.live) == ["Highpoint"]
    again = admin.post(reverse("tag_changes"), {"change": change.pk}, follow=True)
    assert messages_of(again) == ["This has been undone already."]


def test_bad_requests_get_a_sentence(site: TaggedSite, admin: Client) -> None:
    merge = reverse("merge_tags")
    itself = {"term": site.wrong.pk, "into": site.wrong.pk, "merge": "1"}
    assert "“Highpoint” cannot be merged into itself." in admin.post(merge, itself).content.decode()
    assert messages_of(admin.get(merge, follow=True)) == ["Check at least one tag."]
    other = factories.StrategyTermFactory()
    mixed = admin.get(merge, {"term": [site.wrong.pk, other.pk]}, follow=True)
    assert messages_of(mixed) == ["Choose tags of one kind."]
    gone = {"term": [site.wrong.pk, site.right.pk], "into": site.worse.pk, "merge": "1"}
    site.worse.delete()
    assert "Choose one of the tags." in admin.post(merge, gone).content.decode()
    assert admin.post(reverse("tag_changes"), {"change": "x"}).status_code == 404
    one, two = factories.StrategyTermFactory(name="Outreach one"), factories.StrategyTermFactory(name="Outreach two")
    for term in (one, two):
        factories.StrategyPageFactory(parent=site.strategy.get_parent(), title=f"The page of {term}", term=term)
    both = admin.post(merge, {"term": [one.pk, two.pk], "into": two.pk, "merge": "1"})
    assert "Each of these tags has a page: “The page of Outreach one”" in both.content.decode()
    assert not TagChange.objects.exists()


def test_a_tag_is_renamed_archived_and_split(site: TaggedSite, admin: Client) -> None:
    rename = reverse("rename_tag", args=[site.right.pk])
    assert "already belongs to Highpoint" in admin.post(rename, {"name": "highpoint"}).content.decode()
    admin.post(rename, {"name": "High  Point City", "keep": "on"})
    right = PlaceTerm.objects.get(pk=site.right.pk)
    assert (right.name, right.slug) == ("High Point City", "high-point-city")
    assert right.other_names == ["High Point, NC", "High Point"]
    moved = Client().get("/news/feed.rss?place=high-point")
    assert moved.headers["Location"] == "/news/feed.rss?place=high-point-city"

    admin.post(reverse("archive_tags"), {"term": site.worse.pk, "archive": "1"})
    assert Term.objects.get(pk=site.worse.pk).archived
    admin.post(reverse("archive_tags"), {"term": site.worse.pk, "restore": "1"})
    assert not Term.objects.get(pk=site.worse.pk).archived

    split = reverse("split_tag", args=[site.wrong.pk])
    assert "All three" in shown(admin, split)
    assert "Check at least one item." in admin.post(split, {"into": site.right.pk}).content.decode()
    done = admin.post(split, {"into": site.right.pk, "page": [site.live.pk, site.draft.pk]}, follow=True)
    assert messages_of(done) == ["Gave 2 items of “Highpoint” to “High Point City.” You can undo this for 30 days."]
    assert places(site.live) == ["High Point City"]
    assert "Highpoint" in places(site.both)
    for change in TagChange.objects.order_by("-pk"):
        admin.post(reverse("tag_changes"), {"change": change.pk})
    assert places(site.live) == ["Highpoint"]
    assert PlaceTerm.objects.get(pk=site.right.pk).name == "High Point"


def test_many_items_get_and_lose_tags_with_a_preview(site: TaggedSite, admin: Client) -> None:
    new = factories.StrategyTermFactory(name="Focused deterrence")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "tag"])
    url += f"?id={site.live.pk}&id={site.edited.pk}&id={site.strategy.pk}"
    sent = {"added": "focused deterrence", "removed": "Highpoint"}
    assert "Street outreach" in shown(admin, url)
    assert "Enter at least one tag." in admin.post(url, {"added": "", "removed": ""}).content.decode()
    wrong = admin.post(url, {**sent, "added": "Focussed deterrence"}).content.decode()
    assert "is not on file. Did you mean “Focused deterrence”?" in wrong
    preview = " ".join(admin.post(url, sent).content.decode().split())
    assert "2 news items: 2 public" in preview
    assert places(site.live) == ["Highpoint"]
    admin.post(url, {**sent, "confirmed": "1"})
    item = NewsItemPage.objects.get(pk=site.live.pk)
    assert (places(item), list(item.strategies.all())) == ([], [new])
    edited = NewsItemPage.objects.get(pk=site.edited.pk).get_latest_revision_as_object()
    assert [place.name for place in edited.places.all()] == ["Southside"]
    assert list(edited.strategies.all()) == [new]
    edited.save_revision().publish()
    admin.post(reverse("tag_changes"), {"change": TagChange.objects.get().pk})
    item = NewsItemPage.objects.get(pk=site.live.pk)
    assert (places(item), list(item.strategies.all())) == (["Highpoint"], [])
    assert list(NewsItemPage.objects.get(pk=site.edited.pk).strategies.all()) == []


def test_items_that_name_a_tag_are_found_and_tagged(site: TaggedSite, admin: Client) -> None:
    parent = site.live.get_parent()
    factories.PlaceTermFactory(name="New York")
    york = factories.PlaceTermFactory(name="York")
    item = factories.NewsItemPageFactory(parent=parent, title="Peace in Hy Point", summary="From New York.")
    factories.NewsItemPageFactory(parent=parent, title="York and high point guards", places=[york])
    page = shown(admin, reverse("untagged"))
    assert "2 found" in page
    assert "“Hy Point”" in page
    admin.post(reverse("untagged"), {"shown": f"{item.pk}-{york.pk}", "one": f"{item.pk}-{site.worse.pk}"})
    assert places(item) == ["Hi Point"]
    assert "1 found" in shown(admin, reverse("untagged"))
    for nonsense in ("x", "1-", "-1", f"{item.pk}-99999999999999999"):
        assert admin.post(reverse("untagged"), {"one": nonsense}).status_code == 302
    assert places(item) == ["Hi Point"]
