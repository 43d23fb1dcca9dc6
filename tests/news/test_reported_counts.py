"""Counts before and after stand in news items. Places, strategies and the home page collect them."""

from typing import Any

import pytest
from bs4 import Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news.models import NewsIndexPage, NewsItemPage
from news.reported_counts import counts_in, reported_counts
from site_core.page_cache.memoize import bypass_cache
from site_core.taxonomy.models import PlaceTerm
from tests import factories
from tests.impact.reading import page_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("loaded")]

HEADING = "Counts reported in the news"
EXAMPLE = {
    "outcome": "robberies",
    "before": 8,
    "before_period": "2015",
    "after": 4,
    "after_period": "2016",
    "source": "",
}


def section_of(client: Client, address: str) -> Tag | None:
    """The section with the counts, None on a page that has none."""
    heading = page_of(client.get(address)).find("h2", string=HEADING)
    return heading.parent if heading else None


def counts_on(client: Client, address: str) -> list[str]:
    section = section_of(client, address)
    return [words_of(item) for item in section.select(".reported-counts > li")] if section else []


def test_the_page_of_a_place_shows_its_counts_with_periods_change_and_source(client: Client) -> None:
    assert counts_on(client, "/places/oakland/") == [
        "Murders 2012 126 2017 74 Down 41% Source: New York Times, April 2018",
        "Nonfatal shootings 2012 557 2017 277 Down 50% Source: New York Times, April 2018",
    ]
    assert counts_on(client, "/places/boston/") == []


def test_periods_that_differ_come_with_the_yearly_rate(client: Client) -> None:
    (count,) = counts_on(client, "/places/high-point/")
    assert "counts per year: about 2.1 and 0.3." in count
    assert "Down" not in count


@pytest.mark.parametrize(
    ("address", "places"),
    [
        ("/strategies/group-violence-intervention/", ["Newburgh", "Oakland", "Oakland", "Pittsburgh"]),
        ("/strategies/intimate-partner-violence-intervention/", ["High"]),
        ("/strategies/drug-market-intervention/", []),
        ("/", ["High", "Newburgh", "Oakland", "Oakland", "Pittsburgh"]),
    ],
)
def test_strategies_and_home_collect_them(client: Client, address: str, places: list[str]) -> None:
    assert [count.split()[0] for count in counts_on(client, address)] == places


def test_the_page_of_a_strategy_does_not_claim_that_each_place_uses_it(client: Client) -> None:
    sentence = "The news items are about Group Violence Intervention, which does not mean that every place uses it."
    assert sentence in words_of(section_of(client, "/strategies/group-violence-intervention/"))
    assert "does not mean that each place uses it" not in words_of(section_of(client, "/"))


def test_they_stand_apart_from_studied_results_and_link_to_their_news_item(client: Client) -> None:
    section = section_of(client, "/places/newburgh/")
    assert section
    assert "not results of a study" in words_of(section.select_one(".caution"))
    assert not section.select(".figure")
    source = section.select_one(".reported-counts .source")
    assert words_of(source) == "Source: New York state report, PDF page 1202, cited in New York Times, April 2018"
    link: Any = source and source.a
    assert link["href"] == "/news/taking-aim-at-gun-violence-with-personal-deterrence/"


def test_what_visitors_cannot_see_is_not_counted(client: Client) -> None:
    NewsItemPage.objects.get(slug="pittsburgh-gun-violence-drops-to-12-year-low").unpublish()
    assert counts_on(client, "/places/pittsburgh/") == []


def test_a_count_without_a_place_is_not_collected() -> None:
    before = len(reported_counts())
    with bypass_cache():
        factories.NewsItemPageFactory(parent=NewsIndexPage.objects.get(), body=[("before_after", EXAMPLE)])
        assert len(reported_counts()) == before


def test_a_news_item_of_which_nothing_is_on_record_is_named_by_its_headline() -> None:
    place = PlaceTerm.objects.get(slug="boston")
    with bypass_cache():
        item = factories.NewsItemPageFactory(
            parent=NewsIndexPage.objects.get(), publisher=None, body=[("before_after", EXAMPLE | {"place": place})]
        )
        NewsItemPage.objects.filter(pk=item.pk).update(date=None)
        (count,) = counts_in(place)
    assert count.published_in == item.title
    assert count.further_source == ""


def test_one_item_more_costs_no_further_query() -> None:
    place = PlaceTerm.objects.get(slug="boston")
    with bypass_cache():
        with CaptureQueriesContext(connection) as few:
            assert len(reported_counts()) == 5
        factories.NewsItemPageFactory(
            parent=NewsIndexPage.objects.get(), body=[("before_after", EXAMPLE | {"place": place})]
        )
        with CaptureQueriesContext(connection) as many:
            assert len(reported_counts()) == 6
    assert len(many) == len(few)
