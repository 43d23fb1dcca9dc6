"""The admin offers undo after publishing, and only to users who may publish."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from news.models import NewsItemPage
from site_core.accounts.roles import Role
from site_core.organization.models import Alert
from site_core.publishing.history.undo_views import undo_url
from site_core.publishing.ledger.publications import Publication
from tests import factories
from tests.publishing.admin_forms import edit_live_url, post

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def editor() -> Any:
    return factories.UserFactory(role="Editor")


@pytest.fixture
def item(site_tree: factories.SiteTree) -> NewsItemPage:
    """An item published twice: “First words.”, then “Second words.”."""
    item: NewsItemPage = factories.NewsItemPageFactory(parent=site_tree.news, summary="First words.")
    item.summary = "Second words."
    item.save_revision().publish()
    return NewsItemPage.objects.get(pk=item.pk)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def bars_of(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_the_screen_explains_undo_and_the_button_does_it(item: NewsItemPage, editor: Any) -> None:
    client, url = client_of(editor), undo_url(item)
    page = client.get(url).content.decode()
    assert "The newest draft is kept" in page
    newest = Publication.objects.of(item).newest_first().first()
    assert newest
    assert f'name="expected" value="{newest.pk}"' in page
    response = client.post(url, {"expected": newest.pk}, follow=True)
    assert "public again" in response.content.decode()
    assert NewsItemPage.objects.get().summary == "First words."


def test_publishing_and_editing_offer_it_for_ten_minutes(item: NewsItemPage, editor: Any, time_machine: Any) -> None:
    edit, url = reverse("wagtailadmin_pages:edit", args=[item.pk]), undo_url(item)
    assert url in client_of(editor).get(edit).content.decode()
    assert url not in client_of(factories.UserFactory(role="Author")).get(edit).content.decode()
    time_machine.move_to(timezone.now() + timedelta(minutes=11))
    assert url not in client_of(editor).get(edit).content.decode()


def test_what_was_just_done_is_said_first_and_then_undo_is_offered(item: NewsItemPage, editor: Any) -> None:
    client, edit = client_of(editor), reverse("wagtailadmin_pages:edit", args=[item.pk])
    published = post(client, edit, summary="Third words.", **{"action-publish": "1"})
    first, second = bars_of(client.get(published["Location"]))
    assert "has been published" in first
    assert re.search(rf"“{item.title}” was published at \d+:\d\d [ap]\.m\. ET\.", second)
    scheduled = post(client, edit, go_live_at_day="2099-01-07", go_live_at_hour="09:00", **{"action-publish": "1"})
    first, second = bars_of(client.get(scheduled["Location"]))
    assert "is scheduled for Wed., Jan. 7, 2099, 9:00 a.m. ET." in first
    assert reverse("schedule") in first
    assert undo_url(item) in second
    first, second = bars_of(client.get(edit))
    assert "An update is scheduled for" in first
    assert undo_url(item) in second
    response = client.post(reverse("wagtailadmin_pages:unpublish", args=[item.pk]), follow=True)
    first, second = bars_of(response)
    assert "unpublished" in first
    assert f"“{item.title}” was unpublished at" in second
    assert undo_url(item) in second


@pytest.mark.parametrize(("action", "done"), [("publish", "published"), ("unpublish", "unpublished")])
def test_many_at_once_are_said_first_and_then_undo_is_offered(
    site_tree: factories.SiteTree, editor: Any, action: str, done: str
) -> None:
    items = [factories.NewsItemPageFactory(parent=site_tree.news, draft=action == "publish") for _ in range(2)]
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    ids, back = "&".join(f"id={item.pk}" for item in items), reverse("wagtailadmin_explore", args=[site_tree.news.pk])
    first, second = bars_of(client_of(editor).post(f"{url}?{ids}&next={back}", {}, follow=True))
    assert f"2 pages have been {done}" in first
    assert f"2 pages were {done} at" in second
    assert all(f"id={item.pk}" in second for item in items)


def test_after_the_question_about_an_update_it_is_offered_once_by_the_new_headline(
    item: NewsItemPage, editor: Any, time_machine: Any
) -> None:
    item.summary, item.go_live_at = "Next week's words.", timezone.now() + timedelta(days=7)
    item.save_revision().publish()
    time_machine.move_to(timezone.now() + timedelta(hours=1))
    client = client_of(editor)
    published = post(client, edit_live_url(item), title="A new headline", **{"action-publish": "1"})
    assert "scheduled-update" in published["Location"]
    question = client.get(published["Location"])
    answer = {"answer": "carry", "scheduled": question.context["scheduled"].pk, "public": item.live_revision_id}
    response = client.post(published["Location"], answer, follow=True)
    bars = bars_of(response)
    offers = [bar for bar in bars if undo_url(item) in bar]
    assert len(offers) == 1
    assert re.search(r"“A new headline” was published at \d+:\d\d [ap]\.m\. ET\.", offers[0])
    assert bars.index(offers[0]) > 0
    assert any("“A new headline” is public with your change" in bar for bar in bars)


def test_unpublishing_asks_in_plain_words(item: NewsItemPage, editor: Any) -> None:
    client, url = client_of(editor), reverse("wagtailadmin_pages:unpublish", args=[item.pk])
    assert "Nothing else on the site refers to this" in client.get(url).content.decode()


def test_after_a_move_the_screen_says_that_it_stays_where_it_is(item: NewsItemPage, editor: Any) -> None:
    newest = Publication.objects.of(item).newest_first().first()
    assert newest
    url = reverse("put_back_publication", args=[newest.pk])
    client = client_of(editor)
    assert "A move is not undone" not in client.get(url).content.decode()
    Page.objects.get(pk=item.pk).move(Page.objects.get(pk=item.get_parent().pk), pos="first-child")
    assert "A move is not undone" in client.get(url).content.decode()
    client.post(url)
    assert NewsItemPage.objects.get().live


def test_nothing_is_put_back_over_what_was_published_since_the_question_was_read(
    item: NewsItemPage, editor: Any
) -> None:
    row = Publication.objects.of(item).newest_first().last()
    assert row
    url, client = reverse("put_back_publication", args=[row.pk]), client_of(editor)
    expected = client.get(url).context["newest"].pk
    newer = NewsItemPage.objects.get().get_latest_revision_as_object()
    newer.title = "Published meanwhile"
    newer.save_revision().publish()
    answer = client.post(url, {"expected": expected})
    assert "This has changed again in the meantime" in answer.content.decode()
    assert NewsItemPage.objects.get().title == "Published meanwhile"
    client.post(url, {"expected": answer.context["newest"].pk})
    assert NewsItemPage.objects.get().title == row.title


def test_a_snippet_offers_it(editor: Any) -> None:
    alert = factories.AlertFactory(text="Old.")
    client = client_of(editor)
    edit = reverse("wagtailsnippets_organization_alert:edit", args=[alert.pk])
    response = client.post(edit, {"text": "New.", "action-publish": "1"}, follow=True)
    assert Alert.objects.get().text == "New."
    assert undo_url(alert) in response.content.decode()


def test_several_at_once(site_tree: factories.SiteTree, editor: Any) -> None:
    items = [factories.NewsItemPageFactory(parent=site_tree.news, summary="Old.") for _ in range(3)]
    for item in items:
        item.summary = "New."
        item.save_revision().publish()
    NewsItemPage.objects.filter(pk=items[0].pk).update(locked=True, locked_by=factories.UserFactory())
    ids = "&".join(f"id={item.pk}" for item in items)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "undo"]) + f"?{ids}"
    client = client_of(editor)
    assert items[1].title in client.get(url).content.decode()
    response = client.post(url, follow=True)
    shown = " ".join(str(message) for message in response.context["messages"])
    assert "for 2 of them" in shown
    assert "is locked by" in shown
    summaries = NewsItemPage.objects.order_by("pk").values_list("summary", flat=True)
    assert list(summaries) == ["New.", "Old.", "Old."]


def test_several_stats_at_once(editor: Any) -> None:
    stat = factories.ImpactStatFactory(value_low=30)
    stat.value_low = 40
    stat.save_revision().publish()
    url = reverse("wagtail_bulk_action", args=["impact", "impactstat", "undo"]) + f"?id={stat.pk}"
    client_of(editor).post(url)
    stat.refresh_from_db()
    assert stat.value_low == 30


@pytest.mark.parametrize("role", [*Role, None])
def test_only_those_who_may_publish_undo(item: NewsItemPage, role: Role | None) -> None:
    stat = factories.ImpactStatFactory(value_low=30)
    stat.value_low = 40
    stat.save_revision().publish()
    rows = {obj: Publication.objects.of(obj).order_by("pk").first() for obj in (item, stat)}
    client = client_of(factories.UserFactory(role=role))
    may = role not in (Role.AUTHOR, None)
    for obj, row in rows.items():
        assert row
        for url in (undo_url(obj), reverse("put_back_publication", args=[row.pk])):
            assert (client.get(url).status_code == 200) == may, url
        for url in (reverse("put_back_publication", args=[row.pk]), undo_url(obj)):
            count = Publication.objects.count()
            client.post(url)
            assert (Publication.objects.count() > count) == may, url
    for model, obj in (("wagtailcore/page", item), ("impact/impactstat", stat)):
        count = Publication.objects.count()
        client.post(f"/admin/bulk/{model}/undo/?id={obj.pk}")
        assert (Publication.objects.count() > count) == may, model
