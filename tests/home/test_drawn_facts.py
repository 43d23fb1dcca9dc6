"""The organization's own facts as pictures: how each strategy works, what happened when, and counts from the news."""

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.impact.reading import one, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded"), pytest.mark.one_database]

STRATEGY = "/strategies/{}/"
GVI, IPVI, DMI = (
    STRATEGY.format(slug)
    for slug in ("group-violence-intervention", "intimate-partner-violence-intervention", "drug-market-intervention")
)
INITIATIVE = STRATEGY.format("national-initiative-for-building-community-trust-and-justice")
COMPONENT = STRATEGY.format("custom-notifications")
# What the timeline of the organization must hold, and when.
DATED = [
    ("Mid-1990s", "Operation Ceasefire begins in Boston."),
    ("2004", "High Point, North Carolina, is the first city"),
    ("2005", "Center for Crime Prevention and Control is founded"),
    ("2009", "National Network for Safe Communities is launched"),
    ("2013", "guide to Group Violence Intervention"),
    ("2014", "guide to custom notifications"),
    ("2015", "guide to Drug Market Intervention"),
    ("2015", "Ceasefire begins in two Detroit precincts."),
    ("March 12, 2015", "Birmingham, Fort Worth, Gary, Minneapolis, Pittsburgh and Stockton"),
    ("April 2018", "Ulster County, New York"),
]
COUNTS = {
    "oakland": ["Murders 2012 126 2017 74 Down 41%", "Nonfatal shootings 2012 557 2017 277 Down 50%"],
    "newburgh": ["Shooting victims 2015 55 2017 17 Down 69%"],
    "pittsburgh": ["Nonfatal shootings 2017 to the same date 31 2018 to date 14 Down 55%"],
    "high-point": ["Intimate partner homicides 2004–2011 17 2012–2014 1 The periods differ in length."],
}


def page_at(client: Client, address: str) -> BeautifulSoup:
    return page_of(client.get(address))


def words_of(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def texts(page: Tag, selector: str) -> list[str]:
    return [words_of(found) for found in page.select(selector)]


def test_the_call_in_has_three_partners_one_room_and_two_paths(client: Client) -> None:
    who, step, paths = one(page_at(client, GVI), ".diagram").select("ol > li")
    assert texts(who, "li") == ["Law enforcement", "Support providers", "Community members"]
    assert "in one room" in words_of(step)
    assert len(paths.select("li")) == 2


@pytest.mark.parametrize("address", [GVI, IPVI, DMI])
def test_each_strategy_is_drawn_with_who_takes_part_one_step_and_two_paths(client: Client, address: str) -> None:
    who, _, paths = one(page_at(client, address), ".diagram").select("ol > li")
    assert 2 <= len(who.select("li")) <= 3
    assert len(paths.select("li")) == 2


def test_the_timeline_runs_from_the_mid_1990s_to_2018_each_entry_as_exact_as_it_is_known(client: Client) -> None:
    timeline = one(page_at(client, "/about/"), ".timeline")
    entries = texts(timeline, "li")
    for date, words in DATED:
        assert [entry for entry in entries if entry.lower().startswith(date.lower()) and words in entry], (date, words)
    assert entries[0].lower().startswith("mid-1990s")
    assert entries[-1].startswith("April 2018")
    assert "New York Times, April 2018" in texts(timeline, ".source")
    assert "If no source is named, none is on record." in words_of(page_at(client, "/about/"))


@pytest.mark.parametrize("slug", COUNTS)
def test_the_counts_of_the_news_stand_on_the_page_of_their_place(client: Client, slug: str) -> None:
    found = texts(page_at(client, f"/places/{slug}/"), ".reported-counts > li")
    assert len(found) == len(COUNTS[slug])
    for counts, words in zip(found, COUNTS[slug], strict=True):
        assert counts.startswith(words)
        assert "Source:" in counts


def test_home_lists_each_news_item_with_its_whole_summary(client: Client) -> None:
    home, news = (texts(page_at(client, address), ".news-row .claim > p") for address in ("/", "/news/"))
    assert home == news
    assert len(home) == 6


def test_a_place_is_named_with_its_state_after_a_comma(client: Client) -> None:
    page = page_at(client, "/places/pittsburgh/")
    assert words_of(one(page, "h1")) == "Pittsburgh, Pennsylvania"
    assert words_of(one(page, "title")).startswith("Pittsburgh, Pennsylvania")


@pytest.mark.parametrize("address", [INITIATIVE, COMPONENT])
def test_an_initiative_and_a_component_show_no_section_that_holds_nothing(client: Client, address: str) -> None:
    headings = texts(page_at(client, address), "main h2")
    assert "News" in headings
    assert "In short" not in headings
    assert "Results" not in headings


def test_a_strategy_without_a_figure_says_so(client: Client) -> None:
    assert "No measured figure is on record yet." in words_of(page_at(client, IPVI))
