"""Many pages are scheduled for one time, and those that cannot be are named."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import NewsItemPage
from site_core.publishing.eastern import written_out
from site_core.publishing.editing.bulk_publish import IN_REVIEW
from site_core.publishing.editing.bulk_schedule import NOTHING_NEW
from site_core.publishing.ledger.scheduled_by import who_scheduled
from site_core.publishing.runner.due import publish_due
from tests import factories
from tests.publishing.events import scheduled_revision
from tests.publishing.schedule.schedule_admin import DAY, at_the_admin

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NINE = datetime(2127, 1, 7, 14, tzinfo=UTC)
TYPED = {"goes_live_day": "1/7/2127", "goes_live_hour": "09:00"}


def url_for(*pages: Any) -> str:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return (
        f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'schedule'])}?{ids}&next={reverse('schedule')}"
    )


def said(response: Any) -> list[str]:
    """The messages, without their buttons."""
    return [str(message).strip().splitlines()[0] for message in response.context["messages"]]


def is_scheduled(page: Any) -> bool:
    return bool(page.revisions.filter(approved_go_live_at__isnull=False).exists())


@pytest.fixture
def editor() -> tuple[Client, Any]:
    return at_the_admin("Editor")


def test_the_newest_draft_of_each_goes_live_at_the_time_that_was_typed_once(
    editor: tuple[Client, Any], site_tree: factories.SiteTree
) -> None:
    client, person = editor
    author = factories.UserFactory(role="Author")
    item = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    public = factories.NewsItemPageFactory(parent=site_tree.news, summary="Old words.")
    for page in (item, public):
        page.summary = "New words."
        page.save_revision(user=author)
    shown = client.get(url_for(item, public)).content.decode()
    assert item.title in shown
    assert public.title in shown
    response = client.post(url_for(item, public), TYPED, follow=True)
    assert said(response) == [f"2 pages are scheduled for {written_out(NINE)}."]
    for page in (item, public):
        revision = scheduled_revision(page)
        assert revision.approved_go_live_at == NINE
        # The words are the author's. The log names who scheduled them.
        assert (revision.user, who_scheduled(revision)) == (author, person)
    assert NewsItemPage.objects.get(pk=public.pk).summary == "Old words."
    publish_due(NINE)
    rows = NewsItemPage.objects.filter(pk__in=[item.pk, public.pk]).values_list("live", "summary")
    assert list(rows) == [(True, "New words.")] * 2


def test_what_cannot_be_scheduled_is_named_and_stops_no_other(
    editor: tuple[Client, Any], site_tree: factories.SiteTree
) -> None:
    client, _ = editor
    fine, reviewed, locked = (factories.NewsItemPageFactory(parent=site_tree.news, draft=True) for _ in range(3))
    public = factories.NewsItemPageFactory(parent=site_tree.news)
    short = factories.NewsItemPageFactory(parent=site_tree.news, draft=True, expire_at=timezone.now() + DAY)
    author = factories.UserFactory(role="Author")
    reviewed.save_revision(user=author)
    reviewed.get_workflow().start(reviewed, author)
    NewsItemPage.objects.filter(pk=locked.pk).update(locked=True, locked_by=author)
    sentences = said(client.post(url_for(fine, reviewed, locked, public, short), TYPED, follow=True))
    assert [page for page in (fine, reviewed, locked, public, short) if is_scheduled(page)] == [fine]
    assert f"Not scheduled: “{reviewed}”: {IN_REVIEW}" in sentences
    assert f"Not scheduled: {NOTHING_NEW.format(public)}" in sentences
    assert any(sentence.startswith(f"Not scheduled: “{locked}”") and "locked" in sentence for sentence in sentences)
    assert any(
        sentence.startswith(f"Not scheduled: “{short}”: It is scheduled to come down") for sentence in sentences
    )
    # What is refused keeps the draft it had.
    assert NewsItemPage.objects.get(pk=short.pk).latest_revision.content["go_live_at"] is None
    assert f"1 page is scheduled for {written_out(NINE)}." in sentences


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ({}, "Enter the date and the time at which it goes live."),
        ({"goes_live_day": "1/7/2020", "goes_live_hour": "09:00"}, "This time has passed."),
        ({"goes_live_day": "1/7/2127"}, "Enter the time, too"),
    ],
)
def test_a_time_that_cannot_be_is_refused_at_the_box(
    editor: tuple[Client, Any], site_tree: factories.SiteTree, typed: dict[str, str], asked: str
) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    assert asked in editor[0].post(url_for(item), typed).content.decode()
    assert not is_scheduled(item)


def test_the_screen_says_which_schedule_it_replaces(editor: tuple[Client, Any], site_tree: factories.SiteTree) -> None:
    client, _ = editor
    before = NINE - DAY
    item = factories.NewsItemPageFactory(parent=site_tree.news, go_live_at=before)
    assert f"takes the place of what is scheduled for {written_out(before)}" in client.get(url_for(item)).text
    client.post(url_for(item), TYPED)
    assert scheduled_revision(item).approved_go_live_at == NINE
