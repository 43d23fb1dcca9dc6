"""Links that rot, from the first look to what visitors see, and what an editor does about them."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import NewsItemPage, Publisher
from site_core.link_checks.checker import Checker, Pace, store
from site_core.link_checks.digest import LINKS
from site_core.link_checks.finding import Finding
from site_core.link_checks.models import GoneLink, LinkCheck, LinkUse, State
from site_core.outgoing.guard import Guard
from tests import factories
from tests.outgoing.web import Reply, moved, running_web

pytestmark = pytest.mark.django_db
OLD, NEW = "http://a.example/old?a=1&b=2", "http://a.example/new"
TEXT = '<p>As <a href="http://a.example/old?a=1&amp;b=2">they say</a>, and <a href="/news/">we</a>.</p>'
ARCHIVED = "https://web.archive.org/web/2018/http://a.example/old"


@pytest.fixture
def item(site_tree: factories.SiteTree) -> Any:
    """A press mention whose link, text and publisher name the same address."""
    return factories.NewsItemPageFactory(
        parent=site_tree.news,
        link=OLD,
        body=[("text", TEXT)],
        publisher=factories.PublisherFactory(name="Example Gazette", website=OLD),
    )


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Managing editor"))
    return client


def look() -> None:
    """As the publishing process does, until it has seen everything."""
    checker = Checker(Pace(wait=lambda seconds: None))
    checker.act()
    while checker._looking:
        checker.act()


def broken(state: State = State.GONE, new_url: str = "") -> LinkCheck:
    """The link, once it has failed for a second time."""
    look()
    link = LinkCheck.objects.get(url=OLD)
    for days in (8, 0):
        store(link.pk, Finding(state, 404, new_url), timezone.now() - timedelta(days=days))
    link.refresh_from_db()
    return link


def test_the_links_of_the_site_are_found_with_their_places(item: Any) -> None:
    look()
    uses = LinkUse.objects.filter(link__url=OLD).values_list("model_label", "title")
    assert set(uses) == {("news.NewsItemPage", item.title), ("news.Publisher", "Example Gazette")}
    assert not LinkCheck.objects.filter(url__contains="/news/").exists()
    item.unpublish()
    Publisher.objects.all().delete()
    look()
    assert not LinkCheck.objects.filter(url=OLD).exists()


def test_each_link_is_checked_once_a_week(item: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.OUTGOING_REQUESTS = True
    with running_web() as web:
        monkeypatch.setattr(Guard, "from_settings", web.guard)
        web.pages["a.example/old?a=1&b=2"] = moved(NEW)
        web.pages["a.example/new"] = Reply("Here")
        checker = Checker(Pace(wait=lambda seconds: None))
        begun = timezone.now()
        states = []
        for days in (0, 1, 8):
            with time_machine.travel(begun + timedelta(days=days), tick=False):
                for _ in range(30):
                    checker.act()
            states.append(sum(line.startswith("HEAD a.example/old") for line in web.asked))
    assert states == [1, 1, 2]
    link = LinkCheck.objects.get(url=OLD)
    assert (link.state, link.new_url) == (State.MOVED, NEW)


def test_visitors_are_told_that_an_article_is_gone_and_shown_its_copy(item: Any, editor: Client) -> None:
    def shown() -> str:
        return Client().get(item.url).content.decode()

    look()
    store(LinkCheck.objects.get(url=OLD).pk, Finding(State.GONE, 404), timezone.now() - timedelta(days=8))
    assert "no longer online" not in shown()
    link = broken()
    assert "The article is no longer online." in shown()
    assert "Read it" not in shown()
    url = reverse("broken_link", args=[link.pk])
    refused = editor.post(url, {"action": "archive", "archived_url": "https://example.org/copy"})
    assert "Paste an address of web.archive.org" in refused.content.decode()
    assert editor.post(url, {"action": "archive", "archived_url": ARCHIVED}).status_code == 302
    assert f'href="{ARCHIVED}"' in shown()
    assert "Read an archived copy" in shown()
    assert NewsItemPage.objects.get().link == OLD
    assert Publisher.objects.get().website == ARCHIVED
    assert not LinkCheck.objects.to_decide().exists()
    store(link.pk, Finding(State.FINE, 200), timezone.now())
    assert "no longer online" not in shown()


def test_a_moved_link_is_replaced_in_what_is_public_in_drafts_and_in_schedules(item: Any, editor: Client) -> None:
    scheduled = factories.NewsItemPageFactory(parent=item.get_parent(), title="Scheduled", body=[("text", TEXT)])
    scheduled.summary, scheduled.go_live_at = "Later", timezone.now() + timedelta(days=3)
    scheduled.save_revision().publish()
    item.title = "Drafted"
    item.save_revision()
    link = broken(State.MOVED, NEW)
    url = reverse("broken_link", args=[link.pk])
    page = editor.get(url).content.decode()
    assert f'value="{NEW}"' in page
    assert editor.post(url, {"action": "replace", "url": "words"}).status_code == 200
    assert editor.post(url, {"action": "replace", "url": NEW}).status_code == 302
    live = NewsItemPage.objects.get(pk=item.pk)
    assert (live.link, "a.example/new" in str(live.body)) == (NEW, True)
    assert live.title != "Drafted"
    draft = live.get_latest_revision_as_object()
    assert (draft.title, draft.link, "a.example/new" in str(draft.body)) == ("Drafted", NEW, True)
    later = NewsItemPage.objects.get(pk=scheduled.pk)
    assert "a.example/new" in str(later.body)
    assert later.summary != "Later"
    update = later.scheduled_revision.as_object()
    assert (update.summary, "a.example/new" in str(update.body)) == ("Later", True)
    assert Publisher.objects.get(name="Example Gazette").website == NEW
    assert not LinkCheck.objects.filter(url=OLD).exists()


def test_a_link_that_is_right_is_left_alone_for_ninety_days(item: Any, editor: Client) -> None:
    link = broken()
    assert GoneLink.objects.exists()
    editor.post(reverse("broken_link", args=[link.pk]), {"action": "right"})
    assert not GoneLink.objects.exists()
    assert not LinkCheck.objects.to_decide().exists()
    now = timezone.now()
    assert link not in LinkCheck.objects.due(now + timedelta(days=89))
    assert link in LinkCheck.objects.due(now + timedelta(days=91))


def test_the_report_lists_by_link_and_by_page(item: Any, editor: Client) -> None:
    assert "No link needs your attention" in editor.get(reverse("broken_links")).content.decode()
    link = broken()
    by_link = editor.get(reverse("broken_links")).content.decode()
    by_page = editor.get(reverse("broken_links"), {"by": "page"}).content.decode()
    for page in (by_link, by_page):
        assert reverse("broken_link", args=[link.pk]) in page
        assert item.title in page
    (line,) = LINKS.lines(factories.UserFactory(role="Editor"))
    assert (line.title, line.kind) == (OLD, "No longer online")
    assert line.note == f"in “{item.title}” and 1 more"
    assert LINKS.lines(factories.UserFactory(role="Author")) == []
