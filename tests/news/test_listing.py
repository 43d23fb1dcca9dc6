"""The news list filters its items, keeps the editors' order, and answers invalid filters with 404."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client

from news.listing.query import NewsQuery, list_page
from news.models import NewsItemPage
from news.partial_date import PartialDate
from news.rows import rows_of
from site_core.fields.pagination import ROWS_ON_A_PAGE
from site_core.taxonomy.models import Kind
from tests.committed import counted_as_committed
from tests.factories import (
    TERM_FACTORIES,
    NewsItemPageFactory,
    PlaceTermFactory,
    PublisherFactory,
    SiteTree,
    StrategyTermFactory,
)

pytestmark = pytest.mark.django_db
CLUSTERS = {"place": "places", "initiative": "initiatives", "strategy": "strategies", "component": "components"}


def found(**parameters: str) -> list[NewsItemPage]:
    return list(NewsQuery.from_parameters(parameters).items())


@pytest.mark.parametrize("kind", Kind.values)
def test_filter_by_each_kind_of_tag(kind: Kind, site_tree: SiteTree) -> None:
    term, other = TERM_FACTORIES[kind](), TERM_FACTORIES[kind]()
    tagged = NewsItemPageFactory(parent=site_tree.news, **{CLUSTERS[kind]: [term]})
    NewsItemPageFactory(parent=site_tree.news, **{CLUSTERS[kind]: [other]})
    NewsItemPageFactory(parent=site_tree.news)
    assert found(**{kind: term.slug}) == [tagged]


def test_filters_combine(site_tree: SiteTree) -> None:
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
        {"publisher": "nobody"},
        {"publisher": "no\0body"},
        {"publisher": "x" * 10_000},
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
def test_an_invalid_filter_is_not_found(parameters: dict[str, str], site_tree: SiteTree, client: Client) -> None:
    assert client.get("/news/", parameters).status_code == 404


def test_an_empty_filter_is_no_filter(site_tree: SiteTree) -> None:
    item = NewsItemPageFactory(parent=site_tree.news)
    assert found(place="", type="", publisher="", year="", q=" ") == [item]


def test_a_former_slug_redirects_to_the_current_one(site_tree: SiteTree, client: Client) -> None:
    term = PlaceTermFactory(name="Highpoint")
    term.slug = "high-point"
    term.save()
    moved = client.get("/news/", {"year": "2018", "place": "highpoint", "page": "2"})
    assert (moved.status_code, moved["Location"]) == (301, "/news/?place=high-point&year=2018&page=2")


@pytest.mark.parametrize(
    ("asked", "clean"),
    [
        ("place=&type=&year=", ""),
        ("place=&type=opinion&q=&publisher=", "?type=opinion"),
        ("type=opinion&page=", "?type=opinion"),
        ("q=++gun++violence+&page=2", "?q=gun+violence&page=2"),
        ("q=+", ""),
        ("page=", ""),
    ],
)
def test_what_the_form_sends_redirects_to_the_canonical_url(
    asked: str, clean: str, site_tree: SiteTree, client: Client
) -> None:
    response = client.get(f"/news/?{asked}")
    assert (response.status_code, response["Location"]) == (301, f"/news/{clean}")


def test_a_canonical_url_does_not_redirect(site_tree: SiteTree, client: Client) -> None:
    PlaceTermFactory(name="Boston")
    for asked in ("", "?q=gun+violence&place=boston", "?year=2018&utm_source=letter", "?q=%22it%27s%22"):
        assert client.get(f"/news/{asked}").status_code == 200


def test_the_slug_of_a_publisher_stays_when_its_name_changes(site_tree: SiteTree) -> None:
    gazette = PublisherFactory(name="Example Gazette")
    item = NewsItemPageFactory(parent=site_tree.news, publisher=gazette)
    NewsItemPageFactory(parent=site_tree.news, publisher=PublisherFactory(name="Example-Gazette"))
    NewsItemPageFactory(parent=site_tree.news, publisher=None)
    gazette.name = "Gazette of Example City"
    gazette.save()
    assert found(publisher="example-gazette") == [item]
    assert NewsQuery.from_parameters({"publisher": "example-gazette-2"}).names == ["Example-Gazette"]


def test_a_publisher_gets_a_slug_whatever_its_name() -> None:
    assert [PublisherFactory(name=name).slug for name in ("朝日新聞", "!", "?", "x" * 255)] == [
        "chaorixinwen",
        "publisher",
        "publisher-2",
        "x" * 249,
    ]


@pytest.fixture
def written_about(site_tree: SiteTree) -> NewsItemPage:
    """An item with a unique word in each searched field, beside another item."""
    NewsItemPageFactory(parent=site_tree.news, publisher=None)
    return NewsItemPageFactory(
        parent=site_tree.news,
        title="A lantern in the street",
        summary="An example of a summary with an orchard.",
        body=[("text", "<p>Somewhere in it is a harbor.</p>")],
        author="Pat Meadow",
        publisher=PublisherFactory(name="Granite Gazette", aliases="The Thistle"),
        places=[PlaceTermFactory(name="Marigold", aliases="Old Cobblestone")],
        strategies=[StrategyTermFactory(name="Bluebell Intervention")],
    )


FOUND_WORDS = (
    *("lantern", "ORCHARD", "harbor", "meadow", "granite", "thistle", "marigold", "cobblestone", "bluebell"),
    *("harbor lantern marigold", "  lantern — orchard ", "“lantern”", "street lantern"),
)
WORDS_OF_NO_ITEM = ("nothinglikeit", "lantern nothinglikeit", "…", "'", "%", "* NOT (")


def test_words_are_found_in_every_searched_field_and_no_others(written_about: NewsItemPage) -> None:
    assert {words: found(q=words) for words in FOUND_WORDS} == {words: [written_about] for words in FOUND_WORDS}
    assert {words: found(q=words) for words in WORDS_OF_NO_ITEM} == {words: [] for words in WORDS_OF_NO_ITEM}


def test_words_and_filters_combine(written_about: NewsItemPage, site_tree: SiteTree) -> None:
    other = NewsItemPageFactory(
        parent=site_tree.news, title="Another lantern", item_type="podcast", date=PartialDate(2019)
    )
    assert found(q="lantern") == [other, written_about], "The newest comes first."
    assert found(q="lantern", type="podcast") == [other]
    assert found(q="lantern", place="marigold") == [written_about]
    assert found(q="lantern", place="marigold", type="podcast") == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL matches inflections instead.")
def test_the_last_word_may_be_a_prefix(written_about: NewsItemPage) -> None:
    assert found(q="orchard lant") == [written_about]
    assert found(q="lant orchard") == []


def test_a_name_given_later_is_found(written_about: NewsItemPage) -> None:
    place, publisher = written_about.places.get(), written_about.publisher
    assert publisher
    place.aliases, publisher.aliases = "Buttercup", "Foxglove"
    place.save()
    publisher.save()
    assert found(q="buttercup") == found(q="foxglove") == [written_about]
    assert found(q="cobblestone") == found(q="thistle") == []


HOSTILE_WORDS = (
    *('"', "'", "a\0b", "x" * 10_000, "a " * 5_000, "AND OR NOT NEAR(", "title:x", "{body} : (", "-", "*", "a*b"),
    *("%s %d %%", "\\", "';--", "👩‍👩‍👧 🔥", "שלום عالم", "\u202egnitoohs", "<script>", "!", "a & | b", "(((", ":*"),
)


def test_hostile_words_never_err(written_about: NewsItemPage, client: Client) -> None:
    for words in HOSTILE_WORDS:
        response = client.get("/news/", {"q": words}, follow=True)
        assert response.status_code == 200, words[:20]
        assert len(response.request["QUERY_STRING"]) < 2_000, words[:20]
        assert "<script>" not in response.content.decode(), words[:20]


def test_the_filters_have_names_and_one_order(site_tree: SiteTree) -> None:
    place, strategy = PlaceTermFactory(name="Example City"), StrategyTermFactory(name="Example Intervention")
    query = NewsQuery.from_parameters(
        {"q": "gun violence", "year": "2018", "strategy": strategy.slug, "type": "case-study", "place": place.slug}
        | {"publisher": PublisherFactory(name="Example Gazette").slug}
    )
    assert query.names == [
        "Example City", "Example Intervention", "Case study", "Example Gazette", "2018", "“gun violence”"
    ]  # fmt: skip
    asked = {"place": place.slug, "strategy": strategy.slug, "type": "case-study", "publisher": "example-gazette"}
    assert query.query_string == urlencode(asked | {"year": "2018", "q": "gun violence"})


def test_each_choice_has_the_query_string_without_it(site_tree: SiteTree) -> None:
    place, gazette = PlaceTermFactory(name="Example City"), PublisherFactory(name="Example Gazette")
    asked = {"place": place.slug, "type": "opinion", "publisher": gazette.slug, "year": "2018", "q": "words"}
    choices = NewsQuery.from_parameters(asked).choices
    without = [{key: value for key, value in asked.items() if key != left_out} for left_out in asked]
    assert [choice.query_string_without for choice in choices] == [urlencode(others) for others in without]


def test_pages(site_tree: SiteTree) -> None:
    for _ in range(ROWS_ON_A_PAGE + 1):
        NewsItemPageFactory(parent=site_tree.news)
    query = NewsQuery()
    pages = [list_page(query, number) for number in ("", "1", "2")]
    assert [len(page.rows) for page in pages] == [ROWS_ON_A_PAGE, ROWS_ON_A_PAGE, 1]
    with pytest.raises(Http404):
        list_page(query, "3")


def test_the_tags_of_a_list_come_in_one_query(site_tree: SiteTree, django_assert_num_queries: Any) -> None:
    terms = {CLUSTERS[kind]: factory.create_batch(2) for kind, factory in TERM_FACTORIES.items()}
    for _ in range(5):
        NewsItemPageFactory(parent=site_tree.news, **terms)
    untagged = NewsItemPageFactory(parent=site_tree.news)
    items = list(NewsItemPage.objects.newest_first())
    with counted_as_committed():
        rows_of(items)
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
    with counted_as_committed():
        rows_of([])
        with django_assert_num_queries(0):
            assert rows_of([]) == []
