"""The list of places and the page of one place, as a visitor reads them."""

from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from home.views import NEWS_OF_A_PLACE
from news.models import NewsIndexPage
from news.partial_date import PartialDate
from site_core.taxonomy.models import PlaceTerm
from strategies.models import StrategyIndexPage
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("loaded")]


@pytest.fixture
def malmo(db: None) -> PlaceTerm:
    """A place abroad."""
    place: PlaceTerm = factories.PlaceTermFactory(
        name="Malmö", slug="malmo", region="Skåne", country="SE", latitude=55.605, longitude=13.003
    )
    return place


def main_of(client: Client, address: str) -> Any:
    return BeautifulSoup(client.get(address).content, "html.parser").main


def words_of(element: Any) -> str:
    return " ".join(element.get_text(" ").split())


def test_the_table_names_every_place_with_its_state(client: Client) -> None:
    rows = [
        [words_of(cell) for cell in row.find_all(["th", "td"])] for row in main_of(client, "/places/").select("tr")
    ]
    assert rows[0] == ["Place", "Strategies", "On record"]
    assert ["1 Boston , Massachusetts", "Group Violence Intervention", "2 figures"] in rows
    assert ["6 Kingston , New York", "Intimate Partner Violence Intervention", "1 news item"] in rows
    assert len(rows) == 14


def test_places_are_in_the_order_of_their_names(client: Client) -> None:
    factories.PlaceTermFactory(name="Aberdeen", slug="aberdeen", latitude=39.5, longitude=-76.2)
    names = [words_of(row.a) for row in main_of(client, "/places/").select("table tbody tr")]
    assert names[0] == "Aberdeen"
    assert names == sorted(names)


def test_the_number_of_places_is_shown(client: Client) -> None:
    assert "13 places are on record." in words_of(main_of(client, "/places/").select_one("table + .source"))
    PlaceTerm.objects.exclude(slug="kingston").update(archived=True)
    assert "1 place is on record." in words_of(main_of(client, "/places/").select_one("table + .source"))


def test_every_dot_and_name_on_the_map_is_a_link_with_the_number_of_its_row(client: Client) -> None:
    main = main_of(client, "/places/")
    dots = {link["href"]: link for link in main.select(".places-map a")}
    rows = {row.a["href"]: row for row in main.select("table tbody tr")}
    assert len(dots) == len(main.select(".places-map .disc")) == 13
    assert dots.keys() == rows.keys()
    for address, dot in dots.items():
        assert words_of(dot.select_one(".name")) == words_of(rows[address].a)
        assert words_of(dot.select_one(".map-number")) == words_of(rows[address].select_one(".map-number"))
    assert dots["/places/kingston/"]["aria-label"] == "Kingston, New York (6)"


def test_links_show_the_places_of_one_strategy(client: Client) -> None:
    address = "/places/?strategy=drug-market-intervention"
    links = {link["href"]: words_of(link) for link in main_of(client, "/places/").select(".strategy-filter a")}
    assert links["/places/"] == "All places"
    assert links[address] == "Drug Market Intervention"
    main = main_of(client, address)
    in_the_table = [words_of(link) for link in main.select("tbody th a")]
    assert in_the_table == ["High Point", "Nashville", "Rutland"]
    assert {words_of(name) for name in main.select(".places-map .name")} == set(in_the_table)
    assert [words_of(link) for link in main.select("[aria-current=page]")] == ["Drug Market Intervention"]
    assert "3 places are on record for Drug Market Intervention." in words_of(main)


def test_a_strategy_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/places/?strategy=no-such-strategy").status_code == 404


def test_places_of_a_strategy_against_violence_by_a_partner_come_with_help_lines(client: Client) -> None:
    address = "/places/?strategy=intimate-partner-violence-intervention"
    assert "National Domestic Violence Hotline" in words_of(main_of(client, address))
    assert "National Domestic Violence Hotline" not in words_of(main_of(client, "/places/"))


def test_nothing_is_said_of_places_off_the_map_where_there_are_none(client: Client) -> None:
    assert "In the table only" not in words_of(main_of(client, "/places/"))


def test_a_place_abroad_stands_in_the_table_only_and_the_page_says_so(client: Client, malmo: PlaceTerm) -> None:
    main = main_of(client, "/places/")
    assert "In the table only: Malmö." in words_of(main)
    assert len(main.select(".places-map .disc")) == 13
    assert "Malmö , Skåne" in words_of(main.table)
    assert " 0" not in words_of(main.table)


def test_without_places_the_page_says_so_and_has_no_map(client: Client) -> None:
    PlaceTerm.objects.update(archived=True)
    main = main_of(client, "/places/")
    assert "No place is on record yet." in words_of(main)
    assert not main.select("svg, table")


def test_a_place_says_in_words_where_it_lies(client: Client) -> None:
    main = main_of(client, "/places/kingston/")
    assert main.h1.get_text() == "Kingston, New York"
    (sheet,) = main.select(".locator")
    assert sheet["aria-label"] == "Map of the United States with Kingston, New York, marked"
    assert len(sheet.select("circle")) == 1


def test_a_place_abroad_has_no_map(client: Client, malmo: PlaceTerm) -> None:
    assert not main_of(client, "/places/malmo/").select(".locator")


@pytest.mark.parametrize("slug", ["kingston", "boston", "pittsburgh", "high-point"])
def test_the_headings_of_a_place_skip_no_level(client: Client, slug: str) -> None:
    levels = [int(heading.name[1]) for heading in main_of(client, f"/places/{slug}/").select("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert all(next_level - level <= 1 for level, next_level in pairwise(levels))


def test_news_is_listed_by_year(client: Client) -> None:
    (year,) = main_of(client, "/places/kingston/").select(".year")
    assert words_of(year.h3) == "2018"
    assert len(year.select("article")) == 1


def test_the_page_says_what_is_not_on_record(client: Client, malmo: PlaceTerm) -> None:
    main = main_of(client, "/places/malmo/")
    assert "No measured figure is on record for Malmö." in words_of(main)
    assert not main.select("section"), "What holds nothing is not shown."


def test_a_place_where_something_is_about_violence_by_a_partner_has_help_lines_and_a_way_to_leave(
    client: Client,
) -> None:
    page = BeautifulSoup(client.get("/places/kingston/").content, "html.parser")
    (lines,) = page.select(".page-head h1 + .help-lines")
    assert "National Domestic Violence Hotline" in words_of(lines)
    assert page.select("#leave-page")


def test_any_other_place_has_none_of_it(client: Client) -> None:
    page = BeautifulSoup(client.get("/places/boston/").content, "html.parser")
    assert not page.select(".help-lines, #leave-page, script[src*=leave]")


@pytest.mark.parametrize("what", ["figure", "strategy page", "news item"])
def test_a_figure_a_strategy_or_a_news_item_alone_is_enough(client: Client, malmo: PlaceTerm, what: str) -> None:
    assert not main_of(client, "/places/malmo/").select(".help-lines")
    term = factories.StrategyTermFactory(concerns_partner_violence=True)
    if what == "figure":
        factories.ImpactStatFactory(strategy=term, place=malmo)
    else:
        news = NewsIndexPage.objects.get()
        factories.NewsItemPageFactory(parent=news, strategies=[term], places=[malmo], date=PartialDate(2001))
        if what == "strategy page":
            # The page has no room for the item itself, but lists its strategy.
            factories.StrategyPageFactory(parent=StrategyIndexPage.objects.get(), term=term)
            for _ in range(NEWS_OF_A_PLACE):
                factories.NewsItemPageFactory(parent=news, places=[malmo], date=PartialDate(2002))
    assert main_of(client, "/places/malmo/").select(".help-lines")
