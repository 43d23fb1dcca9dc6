"""The news list answers what it is asked, in the editors' order, and refuses what makes no sense."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import Http404
from django.test import Client

from news.listing import ITEMS_ON_A_PAGE, NewsQuery, page_of
from news.models import NewsItemPage
from news.partial_date import PartialDate
from news.rows import rows_of
from site_core.taxonomy.models import Kind
from tests.factories import (
    TERM_FACTORIES,
    NewsItemPageFactory,
    PlaceTermFactory,
    SiteTree,
    StrategyTermFactory,
)

pytestmark = pytest.mark.django_db
CLUSTERS = {"place": "places", "initiative": "initiatives", "strategy": "strategies", "component": "components"}


def found(**parameters: str) -> list[NewsItemPage]:
    return list(NewsQuery.from_parameters(parameters).items())


@pytest.mark.parametrize("kind", Kind.values)
def test_by_each_cluster(kind: Kind, site_tree: SiteTree) -> None:
    term, other = TERM_FACTORIES[kind](), TERM_FACTORIES[kind]()
    tagged = NewsItemPageFactory(parent=site_tree.news, **{CLUSTERS[kind]: [term]})
    NewsItemPageFactory(parent=site_tree.news, **{CLUSTERS[kind]: [other]})
    NewsItemPageFactory(parent=site_tree.news)
    assert found(**{kind: term.slug}) == [tagged]


def test_filters_narrow_each_other(site_tree: SiteTree) -> None:
    place, strategy = PlaceTermFactory(), StrategyTermFactory()
    both = NewsItemPageFactory(
        parent=site_tree.news, places=[place], strategies=[strategy], item_type="opinion", date=PartialDate(2017)
    )
    NewsItemPageFactory(parent=site_tree.news, places=[place])
    NewsItemPageFactory(parent=site_tree.news, strategies=[strategy])
    assert found(place=place.slug, strategy=strategy.slug) == [both]
    assert found(type="opinion") == found(year="2017") == [both]
    assert found(place=place.slug, strategy=strategy.slug, type="opinion", year="2017") == [both]
    assert found(place=place.slug, type="podcast") == []


def test_a_draft_and_a_private_item_are_not_listed(site_tree: SiteTree) -> None:
    NewsItemPageFactory(parent=site_tree.news, draft=True)
    NewsItemPageFactory(parent=site_tree.news, scheduled=True)
    private = NewsItemPageFactory(parent=site_tree.news)
    private.view_restrictions.create(restriction_type="login")
    assert found() == []


def test_the_same_slug_in_two_kinds(site_tree: SiteTree) -> None:
    strategy = StrategyTermFactory(name="Example")
    component = TERM_FACTORIES[Kind.COMPONENT](name="Example")
    first = NewsItemPageFactory(parent=site_tree.news, strategies=[strategy])
    second = NewsItemPageFactory(parent=site_tree.news, components=[component])
    assert found(strategy="example") == [first]
    assert found(component="example") == [second]


def test_newest_first_and_within_a_date_the_editors_order(site_tree: SiteTree) -> None:
    make = NewsItemPageFactory
    month = make(parent=site_tree.news, date=PartialDate(2018, 4))
    same_month = make(parent=site_tree.news, date=PartialDate(2018, 4))
    first_day = make(parent=site_tree.news, date=PartialDate(2018, 4, 1))
    later = make(parent=site_tree.news, date=PartialDate(2018, 4, 2))
    year = make(parent=site_tree.news, date=PartialDate(2018))
    assert found() == [later, first_day, same_month, month, year]
    same_month.move(site_tree.news, pos="first-child")
    assert found() == [later, first_day, month, same_month, year]


@pytest.mark.parametrize(
    "parameters",
    [
        {"place": "atlantis"},
        {"strategy": "atlantis"},
        {"type": "gossip"},
        {"year": "18"},
        {"year": "0999"},
        {"year": "²018"},
        {"year": "2018' OR 1=1"},
        {"place": "boston\0"},
        {"place": "x" * 10_000},
        {"page": "0"},
        {"page": "2"},
        {"page": "-1"},
        {"page": "two"},
        {"page": "²"},
        {"page": "9" * 30},
        {"page": "last"},
    ],
)
def test_what_makes_no_sense_is_not_found(parameters: dict[str, str], site_tree: SiteTree, client: Client) -> None:
    assert client.get("/news/", parameters).status_code == 404


def test_empty_filters_are_none(site_tree: SiteTree) -> None:
    item = NewsItemPageFactory(parent=site_tree.news)
    assert found(place="", type="", year="") == [item]


def test_a_former_address_leads_to_the_one_of_today(site_tree: SiteTree, client: Client) -> None:
    term = PlaceTermFactory(name="Highpoint")
    term.slug = "high-point"
    term.save()
    moved = client.get("/news/", {"year": "2018", "place": "highpoint"})
    assert (moved.status_code, moved["Location"]) == (301, "/news/?place=high-point&year=2018")


def test_what_was_asked_is_said_in_words_and_in_one_order(site_tree: SiteTree) -> None:
    place, strategy = PlaceTermFactory(name="Example City"), StrategyTermFactory(name="Example Intervention")
    query = NewsQuery.from_parameters(
        {"year": "2018", "strategy": strategy.slug, "type": "case-study", "place": place.slug}
    )
    assert query.names == ["Example City", "Example Intervention", "Case study", "2018"]
    asked = {"place": place.slug, "strategy": strategy.slug, "type": "case-study", "year": "2018"}
    assert query.query_string == urlencode(asked)


def test_pages(site_tree: SiteTree) -> None:
    for _ in range(ITEMS_ON_A_PAGE + 1):
        NewsItemPageFactory(parent=site_tree.news)
    query = NewsQuery()
    assert [len(page_of(query, number)) for number in ("", "1", "2")] == [ITEMS_ON_A_PAGE, ITEMS_ON_A_PAGE, 1]
    with pytest.raises(Http404):
        page_of(query, "3")


def test_the_tags_of_a_list_come_in_one_query(site_tree: SiteTree, django_assert_num_queries: Any) -> None:
    terms = {CLUSTERS[kind]: factory.create_batch(2) for kind, factory in TERM_FACTORIES.items()}
    for _ in range(5):
        NewsItemPageFactory(parent=site_tree.news, **terms)
    untagged = NewsItemPageFactory(parent=site_tree.news)
    items = list(NewsItemPage.objects.newest_first())
    with django_assert_num_queries(1):
        rows = {row.item.pk: row for row in rows_of(items)}
    assert rows[untagged.pk].clusters == []
    tagged = rows[items[-1].pk].clusters
    assert [cluster.kind for cluster in tagged] == list(Kind)
    for cluster in tagged:
        names = [tag.name for tag in cluster.tags]
        assert names == sorted(term.name for term in terms[CLUSTERS[cluster.kind]])


def test_an_items_own_clusters_are_those_of_the_list(site_tree: SiteTree) -> None:
    terms = {CLUSTERS[kind]: factory.create_batch(2) for kind, factory in TERM_FACTORIES.items()}
    item = NewsItemPageFactory(parent=site_tree.news, **terms)
    assert rows_of([item])[0].clusters == item.clusters


def test_no_items_cost_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert rows_of([]) == []
