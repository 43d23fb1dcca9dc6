"""What is typed into an edit form is there again, however its user came to the form and whatever happens meanwhile."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Dialog, Locator, Page, Route, expect
from wagtail.models import Revision

from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.accounts.models import User
from site_core.accounts.sessions import Session
from tests.browser import admin
from tests.factories import PASSWORD, ImpactStatFactory, NewsItemPageFactory, SiteTree, UserFactory

pytestmark = pytest.mark.sweep

SENTENCE = "A sentence that took an hour to write."
SAVED, PAUSED = "Saved", "Autosave is paused"


@dataclass(frozen=True)
class Writer:
    """A user with a window, and the people beside them."""

    window: Page
    user: User
    tree: SiteTree
    open_window: Callable[..., Page]

    def item(self, **fields: Any) -> NewsItemPage:
        """A draft of the user's own."""
        made: NewsItemPage = NewsItemPageFactory(parent=self.tree.news, owner=self.user, draft=True, **fields)
        made.save_revision(user=self.user)
        return made

    def stat(self, **fields: Any) -> ImpactStat:
        return ImpactStatFactory(draft=True, **fields)

    def open(self, obj: NewsItemPage | ImpactStat) -> None:
        kind = "pages" if isinstance(obj, NewsItemPage) else "snippets/impact/impactstat/edit"
        self.window.goto(f"/admin/{kind}/{obj.pk}/" + ("edit/" if kind == "pages" else ""))

    def press(self, name: str) -> None:
        admin.choose_action(self.window, name)

    @property
    def box(self) -> Locator:
        """Where the sentence goes: the summary of a page, the population of an impact stat."""
        return self.window.locator("#id_summary, #id_population")


@pytest.fixture
def make_writer(
    page: Page, site_tree: SiteTree, open_window: Callable[..., Page], settings: Any
) -> Callable[[str], Writer]:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 500

    def make(role: str) -> Writer:
        user = UserFactory(role=role)
        admin.sign_in(page, user)
        return Writer(page, user, site_tree, open_window)

    return make


def opened(writer: Writer) -> None:
    writer.open(writer.item())


def new_page(writer: Writer) -> None:
    writer.window.goto(f"/admin/pages/add/news/newsitempage/{writer.tree.news.pk}/")
    writer.window.get_by_label("Headline").fill("A new headline")


def refused_new_page(writer: Writer) -> None:
    new_page(writer)
    writer.window.get_by_role("textbox", name="Date").fill("no date")
    writer.window.get_by_role("button", name="Save draft").click()
    admin.expect_message(writer.window, "This can’t be")
    writer.window.get_by_role("textbox", name="Date").fill("2020")


def saved(writer: Writer) -> None:
    opened(writer)
    writer.window.get_by_role("button", name="Save draft").click()
    admin.expect_message(writer.window, "has been updated")


def refused_review(writer: Writer) -> None:
    opened(writer)
    writer.box.fill("")
    writer.press("Send for review")
    admin.expect_message(writer.window, "This can’t be")


def refused_new_review(writer: Writer) -> None:
    new_page(writer)
    writer.press("Send for review")
    admin.expect_message(writer.window, "This can’t be")


def taken_back(writer: Writer) -> None:
    opened(writer)
    writer.press("Send for review")
    admin.expect_message(writer.window, "was sent for review")
    writer.open(NewsItemPage.objects.get())
    writer.press("Take back from review")
    admin.expect_message(writer.window, "is no longer in review")


def reloaded_after_taking_back(writer: Writer) -> None:
    taken_back(writer)
    writer.window.reload()
    expect(writer.window.get_by_text("you do not have permission")).to_have_count(0)


def refused_by_a_check(writer: Writer) -> None:
    writer.open(writer.item(summary="They met last year."))
    writer.press("Publish")
    admin.expect_message(writer.window, "This can’t be")


def in_review(writer: Writer) -> NewsItemPage:
    """Open what an author has sent for review."""
    author, item = UserFactory(role="Author"), writer.item()
    item.save_revision(user=author)
    item.get_workflow().start(item, author)
    writer.open(item)
    return item


def refused_approval(writer: Writer) -> None:
    in_review(writer)
    writer.box.fill("The last edit is mine.")
    writer.press("Approve and Publish")
    admin.expect_message(writer.window, "This can’t be")


def stat_opened(writer: Writer) -> None:
    writer.open(writer.stat())


def new_stat(writer: Writer) -> None:
    writer.window.goto("/admin/snippets/impact/impactstat/add/")
    writer.window.locator("#id_outcome").fill("new incidents")


def refused_stat(writer: Writer) -> None:
    stat_opened(writer)
    writer.window.locator("#id_value_low").fill("")
    writer.press("Send for review")
    admin.expect_message(writer.window, "This can’t be")


def with_a_newer_version(writer: Writer) -> None:
    # Asked later, who else edits it would name the colleague, and the button would ask before it saves.
    with writer.window.expect_response("**/editing-sessions/ping/**"):
        opened(writer)
    item = NewsItemPage.objects.get().get_latest_revision_as_object()
    item.title = "A colleague's headline"
    item.save_revision(user=UserFactory(role="Editor"))
    writer.window.get_by_role("button", name="Save draft").click()
    expect(writer.window.get_by_role("heading", name="saved a newer version")).to_be_visible()


AUTHOR, EDITOR = "Author", "Editor"
WAYS: dict[Callable[[Writer], None], str] = {
    opened: AUTHOR,
    new_page: AUTHOR,
    refused_new_page: AUTHOR,
    saved: AUTHOR,
    refused_review: AUTHOR,
    refused_new_review: AUTHOR,
    taken_back: AUTHOR,
    reloaded_after_taking_back: AUTHOR,
    refused_by_a_check: EDITOR,
    refused_approval: EDITOR,
    stat_opened: AUTHOR,
    new_stat: AUTHOR,
    refused_stat: AUTHOR,
    with_a_newer_version: AUTHOR,
}


def indicator(window: Page) -> Locator:
    """What the top of the screen says of autosave."""
    return window.locator(".w-autosave-indicator__text:visible")


def questions(window: Page) -> list[str]:
    """What the browser asks from now on. Nobody answers yes."""
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    window.on("dialog", refuse)
    return asked


def expect_found_again(writer: Writer) -> None:
    """After leaving, which asks nothing."""
    writer.window.goto("/admin/")
    expect(writer.window.get_by_role("heading", name="Site summary")).to_be_visible()
    writer.open(NewsItemPage.objects.first() or ImpactStat.objects.get())
    expect(writer.box).to_have_value(re.compile(re.escape(SENTENCE)))


def write(writer: Writer) -> None:
    """As soon as the form is there, at the end of what stands in the box."""
    writer.box.press("End")
    writer.window.keyboard.type(f" {SENTENCE}")


@pytest.mark.parametrize(("arrive", "role"), WAYS.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_a_sentence_is_found_again(
    make_writer: Callable[[str], Writer], arrive: Callable[[Writer], None], role: str
) -> None:
    writer = make_writer(role)
    arrive(writer)
    asked = questions(writer.window)
    expect(writer.box).to_be_visible()
    # What is shown after a refusal is saved first, and what follows must be saved just as well.
    if arrive not in (new_page, opened, saved, stat_opened, new_stat):
        writer.box.fill("The first words after it.")
        expect(indicator(writer.window)).to_have_text(SAVED)
    write(writer)
    expect(indicator(writer.window).filter(has_text=SAVED)).to_have_count(0)
    expect(indicator(writer.window)).to_have_text(SAVED)
    expect_found_again(writer)
    assert asked == []


@pytest.mark.parametrize("arrive", [new_page, stat_opened], ids=lambda value: value.__name__)
def test_a_box_that_is_wrong_keeps_only_itself_from_being_saved(
    make_writer: Callable[[str], Writer], arrive: Callable[[Writer], None]
) -> None:
    writer = make_writer(AUTHOR)
    arrive(writer)
    window = writer.window
    asked = questions(window)
    name, wrong, right = ("Value", "101", "41") if arrive is stat_opened else ("Date", "no date", "2020")
    box = window.locator("#id_value_low, #id_date")
    box.fill(wrong)
    write(writer)
    expect(indicator(window)).to_have_text(f"Saved, except: {name}")
    expect(writer.box).to_be_focused()
    expect(box).to_have_value(wrong)
    # It is said once, and not sent again and again.
    saved_at = Revision.objects.latest("created_at").created_at
    window.wait_for_timeout(2_500)
    expect(indicator(window)).to_have_text(f"Saved, except: {name}")
    assert Revision.objects.latest("created_at").created_at == saved_at
    draft = (NewsItemPage.objects.first() or ImpactStat.objects.get()).get_latest_revision_as_object()
    assert SENTENCE in (getattr(draft, "population", "") or draft.summary)
    window.evaluate("location.assign('/admin/')")
    window.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    box.fill(right)
    expect(indicator(window)).to_have_text(SAVED)
    expect_found_again(writer)
    assert asked == ["beforeunload"]


def test_leaving_at_once_asks_first(make_writer: Callable[[str], Writer]) -> None:
    """Before autosave, or Wagtail's watch over the form, has had a look."""
    writer = make_writer(AUTHOR)
    opened(writer)
    asked = questions(writer.window)
    write(writer)
    writer.window.evaluate("location.assign('/admin/')")
    expect(indicator(writer.window)).to_have_text(SAVED)
    assert asked == ["beforeunload"]
    expect_found_again(writer)


def test_what_is_typed_while_a_save_is_on_its_way_is_saved_too(make_writer: Callable[[str], Writer]) -> None:
    writer = make_writer(AUTHOR)
    opened(writer)
    slow = {"offline": False, "latency": 2_000, "downloadThroughput": -1, "uploadThroughput": -1}
    writer.window.context.new_cdp_session(writer.window).send("Network.emulateNetworkConditions", slow)
    writer.box.fill("The first words.")
    expect(indicator(writer.window)).to_have_text("Saving…")
    writer.window.wait_for_timeout(1_500)
    write(writer)
    expect(indicator(writer.window)).to_have_text(SAVED)
    expect_found_again(writer)


def test_a_form_without_changes_is_not_saved(make_writer: Callable[[str], Writer]) -> None:
    writer = make_writer(AUTHOR)
    item, stat = writer.item(), writer.stat()
    before = Revision.objects.count()
    for url in (
        f"pages/{item.pk}/edit/",
        f"pages/add/news/newsitempage/{writer.tree.news.pk}/",
        f"snippets/impact/impactstat/edit/{stat.pk}/",
    ):
        writer.window.goto(f"/admin/{url}")
        writer.box.click()
        writer.window.wait_for_timeout(4_000)
        expect(indicator(writer.window)).to_have_count(0)
    assert Revision.objects.count() == before


def test_the_network_is_cut_for_ten_seconds(make_writer: Callable[[str], Writer]) -> None:
    writer = make_writer(AUTHOR)
    opened(writer)
    writer.window.context.set_offline(True)
    write(writer)
    expect(indicator(writer.window)).to_have_text(PAUSED)
    # A manual save stays where it is.
    writer.window.get_by_role("button", name="Save draft").click()
    writer.window.get_by_role("dialog").get_by_role("button", name="Save draft").click()
    expect(writer.window.get_by_text("The site cannot be reached.")).to_be_visible()
    writer.window.wait_for_timeout(10_000)
    writer.window.context.set_offline(False)
    expect(indicator(writer.window)).to_have_text(SAVED)
    expect_found_again(writer)


@pytest.mark.parametrize("arrive", [new_page, new_stat], ids=lambda value: value.__name__)
def test_the_answer_to_the_first_save_is_lost(
    make_writer: Callable[[str], Writer], arrive: Callable[[Writer], None]
) -> None:
    """Nothing is made twice, and the form goes on with what the lost answer has made."""
    writer = make_writer(AUTHOR)
    lost: list[int] = []

    def lose_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.fallback()

    writer.window.route("**/add/**", lose_first)
    arrive(writer)
    write(writer)
    expect(indicator(writer.window)).to_have_text(SAVED, timeout=30_000)
    assert lost == [200]
    writer.box.press("End")
    writer.window.keyboard.type(" And more.")
    expect(indicator(writer.window).filter(has_text=SAVED)).to_have_count(0)
    expect(indicator(writer.window)).to_have_text(SAVED)
    expect_found_again(writer)
    assert NewsItemPage.objects.count() + ImpactStat.objects.count() == 1


def test_what_is_too_long_stays_in_the_form(make_writer: Callable[[str], Writer], settings: Any) -> None:
    writer = make_writer(AUTHOR)
    most, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = settings.DATA_UPLOAD_MAX_MEMORY_SIZE, 100
    opened(writer)
    write(writer)
    expect(writer.window.get_by_text("longer than the site takes at once").first).to_be_visible()
    expect(indicator(writer.window)).to_have_text(PAUSED)
    for _ in range(2):
        writer.window.get_by_role("button", name="Save draft").click()
        dialog = writer.window.get_by_role("dialog").get_by_role("button", name="Save draft")
        if dialog.is_visible():
            dialog.click()
        writer.window.wait_for_timeout(500)
        expect(writer.box).to_have_value(re.compile(SENTENCE))
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = most
    expect(indicator(writer.window)).to_have_text(SAVED, timeout=30_000)
    expect_found_again(writer)


def test_a_decision_that_did_not_get_through_is_not_repeated_by_autosave(make_writer: Callable[[str], Writer]) -> None:
    writer = make_writer(EDITOR)
    item = in_review(writer)
    writer.window.context.set_offline(True)
    write(writer)
    expect(indicator(writer.window)).to_have_text(PAUSED)
    writer.press("Approve and Publish")
    writer.window.get_by_role("dialog").get_by_role("button", name="Approve and Publish").click()
    expect(writer.window.get_by_text("The site cannot be reached.")).to_be_visible()
    writer.window.context.set_offline(False)
    expect(indicator(writer.window)).to_have_text(SAVED)
    item.refresh_from_db()
    assert item.workflow_in_progress
    expect_found_again(writer)


def test_the_sign_in_ends_while_a_sentence_is_typed(make_writer: Callable[[str], Writer]) -> None:
    writer = make_writer(AUTHOR)
    opened(writer)
    Session.objects.all().delete()
    write(writer)
    expect(writer.window.get_by_text("You are signed out. Sign in again in another tab")).to_be_visible()
    expect(indicator(writer.window)).to_have_text(PAUSED)
    writer.window.get_by_role("button", name="Save draft").click()
    expect(writer.box).to_have_value(re.compile(SENTENCE))

    other_tab = writer.window.context.new_page()
    other_tab.goto("/admin/login/")
    other_tab.get_by_label("Email").fill(writer.user.email)
    other_tab.locator("input[name=password]").fill(PASSWORD)
    other_tab.get_by_role("button", name="Sign in").click()
    expect(other_tab.get_by_role("heading", name="Site summary")).to_be_visible()
    other_tab.close()
    expect(indicator(writer.window)).to_have_text(SAVED, timeout=30_000)
    expect_found_again(writer)


def test_two_versions_are_compared_before_anything_is_saved(make_writer: Callable[[str], Writer]) -> None:
    writer = make_writer(AUTHOR)
    writer.open(writer.item())
    colleague = NewsItemPage.objects.get().get_latest_revision_as_object()
    colleague.summary = "What a colleague wrote meanwhile."
    colleague.save_revision(user=UserFactory(role="Editor"))
    write(writer)
    writer.window.get_by_role("button", name="Save draft").click()
    versions = writer.window.get_by_role("group", name="Summary")
    expect(versions.get_by_text("What a colleague wrote meanwhile.")).to_be_visible()
    expect(versions.get_by_text(SENTENCE)).to_be_visible()
    # Nobody has decided anything yet.
    writer.window.wait_for_timeout(3_000)
    assert NewsItemPage.objects.get().latest_revision.content["summary"] == "What a colleague wrote meanwhile."
    writer.window.get_by_role("button", name="Save draft").click()
    admin.expect_message(writer.window, "has been updated")
    expect_found_again(writer)
