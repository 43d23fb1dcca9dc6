"""The facets of the news list, and the filters to remove when nothing matches."""

import pytest

from news.listing.facets import facets_of, relaxations_of
from news.listing.query import NewsQuery
from news.partial_date import PartialDate
from tests.factories import NewsItemPageFactory, PlaceTermFactory, PublisherFactory, SiteTree, StrategyTermFactory

pytestmark = pytest.mark.django_db


def offered(**asked: str) -> dict[str, list[tuple[str, int]]]:
    """Return the name and count of each choice, by facet. Leaves out facets without choices."""
    facets = facets_of(NewsQuery.from_parameters(asked))
    return {facet.key: [(choice.name, choice.count) for choice in facet.choices] for facet in facets if facet.choices}


def test_choices_without_items_are_left_out(site_tree: SiteTree) -> None:
    oakland, boston = PlaceTermFactory(name="Oakland"), PlaceTermFactory(name="Boston")
    PlaceTermFactory(name="Nowhere")
    make = NewsItemPageFactory
    gazette, herald = PublisherFactory(name="Gazette"), PublisherFactory(name="Herald")
    make(parent=site_tree.news, places=[oakland, boston], publisher=gazette, item_type="opinion")
    make(parent=site_tree.news, places=[oakland], publisher=herald, item_type="podcast")
    make(parent=site_tree.news, places=[oakland], publisher=None, item_type="podcast")
    make(parent=site_tree.news, places=[boston], publisher=gazette, item_type="video", draft=True)
    everything = offered()
    assert everything["place"] == [("Boston", 1), ("Oakland", 3)]
    assert everything["type"] == [("Opinion", 1), ("Podcast", 2)]
    assert everything["publisher"] == [("Gazette", 1), ("Herald", 1)]
    assert "strategy" not in everything
    in_boston = offered(place="boston")
    assert in_boston["place"] == everything["place"], "A facet leaves its own choice out."
    assert (in_boston["type"], in_boston["publisher"]) == ([("Opinion", 1)], [("Gazette", 1)])


def test_a_chosen_value_stays_even_if_nothing_matches(site_tree: SiteTree) -> None:
    PlaceTermFactory(name="Nowhere")
    NewsItemPageFactory(parent=site_tree.news, item_type="opinion")
    assert offered(place="nowhere", type="podcast", q="nothinglikeit") == {
        "place": [("Nowhere", 0)],
        "type": [("Podcast", 0)],
    }


def test_an_archived_term_with_items_is_offered(site_tree: SiteTree) -> None:
    NewsItemPageFactory(parent=site_tree.news, places=[PlaceTermFactory(name="Old Town", archived=True)])
    PlaceTermFactory(name="Unused", archived=True)
    assert offered()["place"] == [("Old Town", 1)]


def test_years_come_newest_first_and_names_in_order(site_tree: SiteTree) -> None:
    for name, year in (("alpha", 1999), ("Beta", 2018), ("Gamma", 2007)):
        NewsItemPageFactory(parent=site_tree.news, places=[PlaceTermFactory(name=name)], date=PartialDate(year))
    assert [name for name, _ in offered()["year"]] == ["2018", "2007", "1999"]
    assert [name for name, _ in offered()["place"]] == ["alpha", "Beta", "Gamma"]


def test_filters_to_remove_are_named_with_counts(site_tree: SiteTree) -> None:
    place, strategy = PlaceTermFactory(name="Oakland"), StrategyTermFactory(name="Example Strategy")
    NewsItemPageFactory(parent=site_tree.news, places=[place], item_type="opinion")
    NewsItemPageFactory(parent=site_tree.news, places=[place], strategies=[strategy], item_type="podcast")

    def relaxed(**asked: str) -> list[tuple[str, int, str]]:
        relaxations = relaxations_of(NewsQuery.from_parameters(asked))
        return [(each.choice.name, each.count, each.choice.query_string_without) for each in relaxations]

    assert relaxed(place="oakland", strategy="example-strategy", type="opinion") == [
        ("Example Strategy", 1, "place=oakland&type=opinion"),
        ("Opinion", 1, "place=oakland&strategy=example-strategy"),
    ]
    assert relaxed(place="oakland", type="video") == [("Video", 2, "place=oakland")]
    assert relaxed(type="video", year="1901") == []
    assert relaxed() == []
