"""The weekly job by keyboard alone: a press mention is keyed in, box by box, and never twice."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from news.models import NewsIndexPage, NewsItemPage
from news.partial_date import PartialDate
from site_core.outgoing.guard import Guard
from tests.browser import admin
from tests.factories import (
    ComponentTermFactory,
    InitiativeTermFactory,
    NewsItemPageFactory,
    PlaceTermFactory,
    PublisherFactory,
    SiteTree,
    StrategyTermFactory,
    UserFactory,
)
from tests.outgoing.web import Reply, running_web

# Presses of the Tab key from “Skip to main content”, the first, to the link on the home of the admin; from there to
# the first box of the screen, past the admin's own buttons; and from each box to the next.
STEPS_TO_LINK = 10
STEPS_TO_FIRST_BOX = 11
STEPS_BETWEEN_BOXES = 1


@pytest.fixture
def author(page: Page, site_tree: SiteTree, settings: Any) -> Page:
    """The window of an author who has just logged in, with autosave off: what is stored, the author stored."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    PublisherFactory(name="Example Gazette")
    PlaceTermFactory(name="High Example", aliases="HE")
    PlaceTermFactory(name="Exampleburg")
    InitiativeTermFactory(name="Example Initiative")
    StrategyTermFactory(name="Example Group Intervention")
    ComponentTermFactory(name="Example Notification")
    admin.sign_in(page, UserFactory(role="Author"))
    page.goto("/admin/")
    return page


def test_a_mention_is_keyed_in_without_a_mouse(author: Page) -> None:
    """One Tab from box to box, because about thirteen mentions of nine boxes each are keyed in every month.

    The boxes stand in the order in which a press mention is read, so nothing lies between them.
    """
    open_screen_by_keyboard(author)
    for box, typed in (
        ("Link to the article", "https://Example.org/story?utm_source=mail&id=7"),
        ("Headline", "An example of a headline"),
        ("Publisher", "example gazette"),
        ("Date", "April 2018"),
    ):
        go_on_to(author, box_of(author, box))
        author.keyboard.type(typed)
    key_in_tags(author)
    go_on_to(author, box_of(author, "Summary"))
    author.keyboard.type("An invented item.")
    author.keyboard.press("Control+s")
    admin.expect_message(author, "created")
    expect_all_stored()


def open_screen_by_keyboard(author: Page) -> None:
    """From the admin's home to just before the first box."""
    skip_to_content(author)
    link = author.get_by_role("link", name="New press mention")
    assert admin.steps_to(author, link, at_most=STEPS_TO_LINK)
    author.keyboard.press("Enter")
    expect(author.get_by_role("heading", name="New: News item")).to_be_visible()
    expect(author.get_by_role("button", name="Collapse all")).to_be_visible()
    expect(admin.tag_box(author, "Components")).to_be_visible()
    skip_to_content(author)
    assert admin.steps_to(author, box_of(author, "Link to the article"), at_most=STEPS_TO_FIRST_BOX)
    author.keyboard.press("Shift+Tab")


def key_in_tags(author: Page) -> None:
    """By the arrow keys from the list, by comma while the list is open, by leaving the box, and two in one box."""
    suggestion = author.locator("ul.ui-autocomplete:visible li")
    go_on_to(author, admin.tag_box(author, "Places"))
    author.keyboard.type("high")
    expect(suggestion).to_have_text(["High Example"])
    author.keyboard.press("ArrowDown")
    author.keyboard.press("Enter")
    author.keyboard.type("EXAMPLEBURG")
    expect(suggestion).to_have_text(["Exampleburg"])
    author.keyboard.press(",")
    expect(admin.tags(author, "places")).to_have_count(2)
    go_on_to(author, admin.tag_box(author, "Initiatives"))
    author.keyboard.type("example initiative,")
    go_on_to(author, admin.tag_box(author, "Strategies"))
    author.keyboard.type("example group intervention")
    expect(suggestion).to_have_text(["Example Group Intervention"])
    go_on_to(author, admin.tag_box(author, "Components"))
    author.keyboard.type("Example Notification")


def expect_all_stored() -> None:
    item = NewsItemPage.objects.get().get_latest_revision_as_object()
    assert item.title == "An example of a headline"
    assert item.link == "https://example.org/story?id=7"
    assert item.publisher.name == "Example Gazette"
    assert item.date == PartialDate(2018, 4)
    assert item.summary == "An invented item."
    assert {tag.name for cluster in item.clusters for tag in cluster.tags} == {
        "High Example",
        "Exampleburg",
        "Example Initiative",
        "Example Group Intervention",
        "Example Notification",
    }


def test_a_link_on_file_is_named_and_nothing_typed_is_lost(author: Page) -> None:
    NewsItemPageFactory(
        parent=NewsIndexPage.objects.get(),
        title="The first mention",
        link="https://example.org/story?id=7",
        publisher=PublisherFactory(name="Example Gazette"),
    )
    typed = {
        "Link to the article": "https://example.org/story?utm_source=mail&id=7",
        "Headline": "The second mention",
        "Publisher": "example gazette",
        "Date": "May 2018",
        "Summary": "An invented item.",
    }
    author.get_by_role("link", name="New press mention").click()
    for box, text in typed.items():
        box_of(author, box).fill(text)
    admin.tag_box(author, "Places").press_sequentially("exampleburg,")
    admin.choose_action(author, "Send for review")
    on_file = "This link is already on file: “The first mention” (Example Gazette, April 2018)."
    expect(author.get_by_text(on_file, exact=True)).to_be_visible()
    for box, text in typed.items():
        expect(box_of(author, box)).to_have_value(text)
    expect(admin.tags(author, "places")).to_have_text(["exampleburg"])
    assert NewsItemPage.objects.count() == 1


def test_reading_an_article_is_seen_and_can_be_canceled(author: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_web() as web:
        monkeypatch.setattr(Guard, "from_settings", web.guard)
        web.pages["gazette.example/slow"] = Reply("<p>Slow", wait=60)
        author.get_by_role("link", name="New press mention").click()
        box_of(author, "Link to the article").fill("http://gazette.example/slow")
        author.get_by_role("button", name="Fill in from the article").click()
        expect(author.get_by_text("Reading the article …")).to_be_visible()
        expect(author.get_by_role("button", name="Cancel", exact=True)).to_be_focused()
        box_of(author, "Headline").fill("Typed in the meantime")
        author.get_by_role("button", name="Cancel", exact=True).press("Enter")
        expect(author.get_by_role("button", name="Fill in from the article")).to_be_focused()
        expect(author.get_by_text("Canceled. Your form is as it was.")).to_be_visible()
        expect(author.get_by_role("button", name="Cancel", exact=True)).to_be_hidden()
        expect(box_of(author, "Headline")).to_have_value("Typed in the meantime")


def box_of(window: Page, label: str) -> Locator:
    return window.get_by_role("tabpanel").get_by_label(label)


def skip_to_content(window: Page) -> None:
    # By then the admin's own scripts have put their buttons in their places.
    expect(window.locator("body.ready")).to_be_visible()
    expect(window.get_by_role("navigation", name="Main menu")).to_be_visible()
    window.keyboard.press("Tab")
    expect(window.get_by_role("link", name="Skip to main content")).to_be_focused()
    window.keyboard.press("Enter")
    expect(window.locator("#main")).to_be_focused()


def go_on_to(window: Page, box: Locator) -> None:
    assert admin.steps_to(window, box, at_most=STEPS_BETWEEN_BOXES)
