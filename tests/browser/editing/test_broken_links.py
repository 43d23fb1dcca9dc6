"""An editor is told of a link that has moved and of one that is gone, and decides about each."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from site_core.link_checks.checker import store
from site_core.link_checks.finding import Finding
from site_core.link_checks.found_links import note_all_uses
from site_core.link_checks.models import LinkCheck, State
from tests.browser import admin
from tests.factories import NewsItemPageFactory, SiteTree, UserFactory

MOVED, GONE = "https://moved.example/story", "https://gone.example/story"
NEW, COPY = "https://moved.example/new", "https://web.archive.org/web/2018/https://gone.example/story"


def test_a_link_that_moved_and_one_that_is_gone(page: Page, site_tree: SiteTree) -> None:
    moved = NewsItemPageFactory(parent=site_tree.news, title="An example that moved", link=MOVED)
    gone = NewsItemPageFactory(parent=site_tree.news, title="An example that is gone", link=GONE)
    list(note_all_uses())
    for days in (8, 0):
        at = timezone.now() - timedelta(days=days)
        store(LinkCheck.objects.get(url=MOVED).pk, Finding(State.MOVED, 200, NEW), at)
        store(LinkCheck.objects.get(url=GONE).pk, Finding(State.GONE, 404), at)
    admin.sign_in(page, UserFactory(role="Editor"))

    page.goto(reverse("broken_links"))
    page.get_by_role("link", name=MOVED).click()
    expect(page.get_by_text("Moved to a new address")).to_be_visible()
    expect(page.get_by_role("link", name="An example that moved")).to_be_visible()
    expect(page.get_by_label("New address")).to_have_value(NEW)
    page.get_by_role("button", name="Replace everywhere").click()
    admin.expect_message(page, "Changed: “An example that moved.”")

    page.get_by_role("link", name=GONE).click()
    page.get_by_label("Address of the archived copy").fill(COPY)
    page.get_by_role("button", name="Use the archived copy").click()
    admin.expect_message(page, "Changed: “An example that is gone.”")
    expect(page.get_by_text("No link needs your attention.")).to_be_visible()

    page.goto(moved.url)
    expect(page.get_by_role("link", name="Read it")).to_have_attribute("href", NEW)
    page.goto(gone.url)
    expect(page.get_by_text("The article is no longer online.")).to_be_visible()
    expect(page.get_by_role("link", name="Read an archived copy")).to_have_attribute("href", COPY)
