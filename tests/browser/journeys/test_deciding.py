"""What editors and managing editors decide: reviews, what is public, who is invited."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.accounts.models import User
from site_core.publishing.eastern import EASTERN
from tests import factories
from tests.browser import admin
from tests.browser.journeys.person import Person

NOTE = "Say which city it was."


def sent_back_and_sent_again(site_tree: factories.SiteTree) -> NewsItemPage:
    author, editor = factories.UserFactory(role="Author"), factories.UserFactory(role="Editor")
    item = factories.NewsItemPageFactory(parent=site_tree.news, draft=True, summary="First words.")
    item.save_revision(user=author)
    item.get_workflow().start(item, author)
    item.current_workflow_task_state.reject(user=editor, comment=NOTE)
    item = NewsItemPage.objects.get(pk=item.pk)
    item.summary = "Second words."
    item.save_revision(user=author)
    item.current_workflow_state.resume(author)
    return item


def test_review_and_schedule(
    person: Person, site_tree: factories.SiteTree, sign_in: Callable[[str], Any], arrived: Callable[..., None]
) -> None:
    item, window = sent_back_and_sent_again(site_tree), person.window
    sign_in("Editor")
    person.skip_to("Skip to what you can approve")
    person.click(window.get_by_role("link", name=item.title, exact=True))
    expect(window.get_by_text(NOTE)).to_be_visible()
    since = window.get_by_role("region", name="What changed since it was sent back")
    expect(since.locator("span.deletion")).to_have_text("First")
    expect(since.locator("span.addition")).to_have_text("Second")

    day = (timezone.now().astimezone(EASTERN) + timedelta(days=3)).date()
    goes_live = window.get_by_label("Goes live")
    person.skip_to("Skip to your decision")
    person.fill(goes_live, f"{day:%-m/%-d/%Y}")
    person.click(window.get_by_role("button", name="Approve and schedule"))
    expect(window.get_by_text("Enter the time, too")).to_be_visible()
    expect(goes_live).to_have_value(f"{day:%-m/%-d/%Y}")
    person.fill(window.get_by_label("Time", exact=True), "0900AM")
    person.click(window.get_by_role("button", name="Approve and schedule"))
    admin.expect_message(window, "It is scheduled for")
    scheduled = NewsItemPage.objects.get(pk=item.pk).scheduled_revision
    assert scheduled.approved_go_live_at.astimezone(EASTERN).strftime("%F %H:%M") == f"{day:%F} 09:00"
    arrived("Review and schedule, the time forgotten at first", clicks=5, moves=40)


def test_sent_back_with_a_reason(
    person: Person, site_tree: factories.SiteTree, sign_in: Callable[[str], Any], arrived: Callable[..., None]
) -> None:
    author, window = factories.UserFactory(role="Author"), person.window
    item = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    item.save_revision(user=author)
    item.get_workflow().start(item, author)
    sign_in("Editor")
    person.skip_to("Skip to what you can approve")
    person.click(window.get_by_role("link", name=item.title, exact=True))
    person.skip_to("Skip to your decision")
    person.fill(window.get_by_label("What has to be changed"), NOTE)
    person.click(window.get_by_role("button", name="Send back to the author"))
    admin.expect_message(window, "sent back")
    state = NewsItemPage.objects.get(pk=item.pk).current_workflow_state
    assert (state.status, state.current_task_state.comment) == (state.STATUS_NEEDS_CHANGES, NOTE)
    assert [letter.to for letter in mail.outbox][-1] == [author.email]
    arrived("Send back with a reason", clicks=3, moves=25)


def test_page_taken_down(
    person: Person, site_tree: factories.SiteTree, sign_in: Callable[[str], Any], arrived: Callable[..., None]
) -> None:
    item, window = factories.NewsItemPageFactory(parent=site_tree.news, title="To come down"), person.window
    sign_in("Editor")
    person.find("To come down")
    person.click(window.get_by_role("button", name="More actions"))
    person.click(window.get_by_role("link", name="Unpublish"))
    person.click(window.get_by_role("button", name="Yes, unpublish it"))
    admin.expect_message(window, "unpublished")
    answer = window.goto(item.get_url())
    assert answer
    assert answer.status == 404
    arrived("Take a page down", clicks=6, moves=55)


def test_earlier_version_restored(
    person: Person, site_tree: factories.SiteTree, sign_in: Callable[[str], Any], arrived: Callable[..., None]
) -> None:
    window = person.window
    item = factories.NewsItemPageFactory(parent=site_tree.news, title="Put right", summary="Right.")
    item.summary = "Wrong."
    item.save_revision().publish()
    sign_in("Editor")
    person.find("Put right")
    person.click(window.get_by_role("navigation", name="Actions", exact=True).get_by_role("button"))
    person.click(window.get_by_role("link", name="Public version history"))
    person.click(window.get_by_role("link", name="Restore this version"))
    person.click(window.get_by_role("button", name="Restore"))
    admin.expect_message(window, "public again")
    window.goto(item.get_url())
    expect(window.get_by_text("Right.")).to_be_visible()
    arrived("Restore an earlier version", clicks=7, moves=45)


def test_invitation(
    person: Person, site_tree: factories.SiteTree, sign_in: Callable[[str], Any], arrived: Callable[..., None]
) -> None:
    window = person.window
    sign_in("Managing editor")
    person.open_screen("Settings", "Users")
    person.click(window.get_by_role("link", name="Add a user"))
    person.fill(window.get_by_label("Email"), "jo@example.org")
    person.fill_next(window.get_by_label("First name"), "Jo")
    person.fill_next(window.get_by_label("Last name"), "Example")
    person.click(window.get_by_label("Author: writes drafts"))
    person.click(window.get_by_role("button", name="Create"))
    admin.expect_message(window, "An invitation has been sent to jo@example.org.")
    invited = User.objects.get(email="jo@example.org")
    assert [str(group) for group in invited.groups.all()] == ["Author"]
    assert [letter.to for letter in mail.outbox] == [["jo@example.org"]]
    arrived("Invite an author", clicks=7, moves=40)


def test_stat_found(
    person: Person, site_tree: factories.SiteTree, sign_in: Callable[[str], Any], arrived: Callable[..., None]
) -> None:
    place = factories.PlaceTermFactory(name="Oakland")
    found, _ = (factories.ImpactStatFactory(place=place, outcome=one) for one in ("gun homicides", "shootings"))
    sign_in("Author")
    person.find("gun homicides")
    edit = reverse(ImpactStat.snippet_viewset.get_url_name("edit"), args=[found.pk])
    person.window.wait_for_url(f"**{edit}")
    arrived("Find a stat by its words", clicks=2, moves=2)
