"""What is written: press mentions, impact stats, a strategy, and what a picture shows."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from impact.models import ImpactStat, Study
from news.models import NewsItemPage
from news.partial_date import PartialDate
from site_core.outgoing.guard import Guard
from strategies.models import StrategyPage
from tests import factories
from tests.browser import admin
from tests.browser.journeys.person import Person
from tests.news.article.pages import samples
from tests.outgoing.web import running_web

# Milliseconds. Nothing in the page tells when it has ended.
FADES_IN_FOR = 1000


def box(person: Person, label: str) -> Locator:
    return person.window.get_by_role("tabpanel").get_by_label(label)


def begin_mention(person: Person, publisher: str) -> None:
    person.click(person.window.get_by_role("link", name="New press mention"))
    person.fill(box(person, "Link to the article"), "https://example.org/story")
    person.fill_next(box(person, "Headline"), "An example of a headline")
    person.fill_next(box(person, "Publisher"), publisher)


def tag_place(person: Person, typed: str, suggested: list[str]) -> None:
    """The last of the suggestions is taken."""
    person.fill_next(admin.tag_box(person.window, "Places"), typed)
    expect(person.window.locator("ul.ui-autocomplete:visible li")).to_have_text(suggested)
    for _ in suggested:
        person.press("ArrowDown")
    person.press("Enter")


def end_mention(person: Person) -> NewsItemPage:
    person.fill(box(person, "Summary"), "An invented item.")
    person.save()
    admin.expect_message(person.window, "created")
    item: NewsItemPage = NewsItemPage.objects.get().get_latest_revision_as_object()
    assert (item.title, item.link) == ("An example of a headline", "https://example.org/story")
    assert (item.date, item.summary) == (PartialDate(2018, 4), "An invented item.")
    return item


def test_press_mention(
    person: Person, site_tree: factories.SiteTree, sign_in: Callable[[str], Any], arrived: Callable[..., None]
) -> None:
    factories.PublisherFactory(name="Example Gazette")
    factories.PlaceTermFactory(name="High Example")
    sign_in("Author")
    begin_mention(person, "example gazette")
    person.fill_next(box(person, "Date"), "April 2018")
    tag_place(person, "high", ["High Example"])
    item = end_mention(person)
    assert (str(item.publisher), [str(place) for place in item.places.all()]) == ("Example Gazette", ["High Example"])
    arrived("Key in a press mention, without mistakes", clicks=4, keys=126, moves=40)


def test_press_mention_of_a_new_publisher_and_a_new_place(
    person: Person, site_tree: factories.SiteTree, sign_in: Callable[[str], Any], arrived: Callable[..., None]
) -> None:
    factories.PlaceTermFactory(name="New Dayton")
    sign_in("Managing editor")
    begin_mention(person, "Hartford Courant")
    person.click(person.window.get_by_role("button", name="Add “Hartford Courant”"))
    expect(person.window.get_by_text("“Hartford Courant” is not on file")).to_have_count(0)
    expect(box(person, "Publisher")).to_be_focused()
    person.fill_next(box(person, "Date"), "April 2018")
    tag_place(person, "Dayton", ["New Dayton", "Add “Dayton”"])
    expect(admin.tags(person.window, "places")).to_have_text(["Dayton"])
    # What nobody adds is kept in the draft, and asked for.
    person.type("Nowhere,")
    expect(person.window.get_by_role("button", name="Add “Nowhere”")).to_be_visible()
    item = end_mention(person)
    assert (str(item.publisher), [str(place) for place in item.places.all()]) == ("Hartford Courant", ["Dayton"])
    assert item.asked_for == {"places": ["Nowhere"]}
    expect(admin.tags(person.window, "places")).to_have_text(["Dayton", "Nowhere"])
    arrived("Key in a press mention of a new publisher and a new place", clicks=8, moves=45)


def test_press_mention_from_its_link_to_review(
    person: Person,
    site_tree: factories.SiteTree,
    sign_in: Callable[[str], Any],
    arrived: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    factories.PublisherFactory(name="Example Gazette")
    factories.PlaceTermFactory(name="Exampleburg")
    with running_web() as web:
        monkeypatch.setattr(Guard, "from_settings", web.guard)
        web.pages["gazette.example/story"] = samples()["og"].reply
        sign_in("Author")
        person.click(person.window.get_by_role("link", name="New press mention"))
        person.fill(box(person, "Link to the article"), "http://gazette.example/story")
        person.press("Enter")
        expect(person.window.get_by_text("Filled in from the article: headline, publisher, date.")).to_be_visible()
        expect(box(person, "Headline")).to_have_value("Shootings fall in Exampleburg")
        expect(person.window.locator(".from-article")).to_have_count(3)
        person.click(person.window.get_by_role("button", name="Add “Exampleburg”"))
        expect(admin.tags(person.window, "places")).to_have_text(["Exampleburg"])
    person.fill(box(person, "Summary"), "Shootings fell, says the paper.")
    person.choose_action("Send for review")
    admin.expect_message(person.window, "sent for review")
    item = NewsItemPage.objects.get().get_latest_revision_as_object()
    assert (str(item.publisher), item.date) == ("Example Gazette", PartialDate(2018, 4, 3))
    assert [str(place) for place in item.places.all()] == ["Exampleburg"]
    assert item.workflow_in_progress
    arrived("From the link of a press mention to its review", clicks=8, keys=80, moves=60)


def key_in_stat(person: Person, choose_study: Callable[[], None]) -> None:
    """Until it is in review, with the study that the call chooses in the open dialog."""
    window = person.window
    factories.PlaceTermFactory(name="High Example")
    person.click(window.get_by_role("link", name="New impact stat"))
    person.fill(window.get_by_label("Value"), "23")
    person.fill(window.get_by_label("Outcome", exact=False).first, "shootings")
    person.choose(window.get_by_label("Kind of outcome"), "Shootings and victims")
    person.fill(window.get_by_role("textbox", name="Population"), "groups that were notified")
    person.click(window.get_by_role("button", name="Choose place"))
    person.click(window.locator(".modal-content").get_by_role("link", name="High Example"))
    expect(window.locator(".modal")).to_have_count(0)
    person.click(window.get_by_role("button", name="Add Study"))
    person.click(window.get_by_role("button", name="Choose study"))
    choose_study()
    # By then the dialog has given the focus back.
    expect(window.locator(".modal")).to_have_count(0)
    expect(window.get_by_role("region", name="Evidence").get_by_text("Example 2015")).to_be_visible()
    person.choose(window.get_by_label("Relation to the impact stat"), "supports the figure")
    person.fill_next(window.get_by_label("What it reports"), "23%")
    person.fill(window.get_by_role("textbox", name="Compared with the study on"), "11/30/2026")
    person.choose_action("Send for review")
    admin.expect_message(window, "sent for review")
    stat: ImpactStat = ImpactStat.objects.get().get_latest_revision_as_object()
    (evidence,) = stat.evidence.all()
    assert (str(stat), stat.population) == ("23% reduction in shootings, High Example", "groups that were notified")
    assert (str(evidence), evidence.reports) == ("Example 2015: supports the figure", "23%")
    assert stat.workflow_in_progress


def test_stat_with_a_study_on_file(
    person: Person, site_tree: factories.SiteTree, sign_in: Callable[[str], Any], arrived: Callable[..., None]
) -> None:
    factories.StudyFactory(short_name="Example 2015")
    sign_in("Author")
    key_in_stat(
        person, lambda: person.click(person.window.locator(".modal-content").get_by_role("link", name="Example 2015"))
    )
    arrived("Enter an impact stat whose study is on file", clicks=20, moves=200)


def test_stat_with_a_new_study(
    person: Person, site_tree: factories.SiteTree, sign_in: Callable[[str], Any], arrived: Callable[..., None]
) -> None:
    sign_in("Editor")

    def add_study() -> None:
        dialog = person.window.locator(".modal-content")
        # Once it has faded in, the dialog takes the focus.
        person.window.wait_for_timeout(FADES_IN_FOR)
        person.click(dialog.get_by_role("tab", name="New study"))
        person.fill(dialog.get_by_label("Short name"), "Example 2015")
        person.click(dialog.get_by_role("button", name="Add and choose this study"))

    key_in_stat(person, add_study)
    assert Study.objects.get().described_as == "study"
    arrived("Enter an impact stat and its study", clicks=20, moves=215)


def test_new_strategy(
    person: Person, site_tree: factories.SiteTree, sign_in: Callable[[str], Any], arrived: Callable[..., None]
) -> None:
    window = person.window
    sign_in("Managing editor")
    person.open_pages("Strategies")
    person.click(window.get_by_role("link", name="Add child page"))
    person.fill(window.get_by_role("textbox", name="Title"), "Example Intervention")
    person.fill(window.get_by_role("textbox", name="Summary"), "It is invented, and so is all that is said of it.")
    person.choose_action("Publish")
    admin.expect_message(window, "created and published")
    strategy = StrategyPage.objects.get()
    assert (strategy.live, strategy.term.name) == (True, "Example Intervention")
    answer = window.goto(strategy.get_url())
    assert answer
    assert answer.status == 200
    arrived("Publish a new strategy, with its tag", clicks=12, moves=65)


def test_alternative_text_replaced(
    person: Person, site_tree: factories.SiteTree, sign_in: Callable[[str], Any], arrived: Callable[..., None]
) -> None:
    window, picture = person.window, factories.SiteImageFactory()
    picture.contextual_alt_text, picture.decorative = "People", False
    body = [("picture", {"image": picture, "caption": ""})]
    guide = factories.TextPageFactory(parent=site_tree.home, title="Example guide", body=body)
    sign_in("Editor")
    person.find("Example guide")
    person.go_to(window.get_by_label("Alt text"))
    person.press("Control+a")
    person.type("Four people at a table")
    person.choose_action("Publish")
    admin.expect_message(window, "has been published")
    window.goto(guide.get_url())
    expect(window.get_by_role("img", name="Four people at a table")).to_be_visible()
    arrived("Say better what a picture shows", clicks=5, moves=55)
