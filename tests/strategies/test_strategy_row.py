"""A list of strategies names a few places of each, however many are on record."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from strategies.record import PLACES_IN_A_ROW
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def row_of_a_strategy_in(number: int, tree: factories.SiteTree, client: Client) -> str:
    """The row of a strategy with so many places in the news, as text."""
    term = factories.StrategyTermFactory(name="Example Intervention")
    factories.StrategyPageFactory(parent=tree.strategies, title=term.name, term=term, slug=term.slug)
    places = [factories.PlaceTermFactory(name=f"Example {place:02}") for place in range(number)]
    factories.NewsItemPageFactory(parent=tree.news, strategies=[term], places=places)
    row = BeautifulSoup(client.get(tree.strategies.url).content, "html.parser").select_one(".strategy-row")
    assert row
    return " ".join(row.get_text(" ").split())


def test_a_row_names_all_of_a_few_places(site_tree: factories.SiteTree, client: Client) -> None:
    row = row_of_a_strategy_in(PLACES_IN_A_ROW, site_tree, client)
    assert f"Example {PLACES_IN_A_ROW - 1:02}" in row
    assert "more" not in row


def test_a_row_leaves_many_places_to_the_page_of_the_strategy(site_tree: factories.SiteTree, client: Client) -> None:
    row = row_of_a_strategy_in(PLACES_IN_A_ROW + 3, site_tree, client)
    assert f"Example {PLACES_IN_A_ROW - 1:02} and 3 more places of Example Intervention" in row
    page = BeautifulSoup(client.get("/strategies/example-intervention/").content, "html.parser")
    section = page.select_one("#places")
    assert section
    assert f"Example {PLACES_IN_A_ROW + 2:02}" in section.get_text()
