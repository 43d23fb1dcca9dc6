"""JSON-LD: a mention is cited, a stat names its population, and no text breaks out of the block."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from impact.models import Evidence
from impact.status import Relation
from news.item_types import ItemType
from news.partial_date import PartialDate
from news.structured_data import CITED_AS
from site_core.seo.structured_data import data_block
from tests import factories
from tests.contracts.claims import graph_of, not_said, types_in
from tests.factories import SiteTree

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ODD = "A </script><script>alert(1)</script> & <b>sign</b> ]]> \u2028 “quoted”"


def page_at(client: Client, url: str) -> BeautifulSoup:
    page = BeautifulSoup(client.get(url).content, "html.parser")
    assert not_said(page) == []
    return page


def claims_at(client: Client, url: str) -> dict[str, Any]:
    """The claims of the page about itself."""
    return graph_of(page_at(client, url))[0]


@pytest.mark.parametrize(
    ("item_type", "cited_as"),
    [
        ("news", "NewsArticle"),
        ("opinion", "OpinionNewsArticle"),
        ("podcast", "PodcastEpisode"),
        ("report", "Report"),
        ("case-study", "Article"),
    ],
)
def test_a_mention_is_a_page_of_the_site_that_cites_an_external_article(
    item_type: str, cited_as: str, site_tree: SiteTree, client: Client
) -> None:
    item = factories.NewsItemPageFactory(
        parent=site_tree.news,
        item_type=item_type,
        date=PartialDate(2018, 4),
        link="https://example.org/story",
        publisher=factories.PublisherFactory(name="Example Gazette"),
        author="Jo Sample",
    )
    page = claims_at(client, item.url)
    assert (page["@type"], page["publisher"]["@type"]) == ("WebPage", "NGO")
    assert "datePublished" not in page
    assert page["citation"] == {
        "@type": cited_as,
        "name": item.title,
        "author": {"@type": "Person", "name": "Jo Sample"},
        "publisher": {"@type": "Organization", "name": "Example Gazette"},
        "datePublished": "2018-04",
        "url": "https://example.org/story",
    }


def test_every_type_of_news_has_a_type_of_citation() -> None:
    assert set(CITED_AS) == set(ItemType.values)


def test_our_own_news_cites_nothing(site_tree: SiteTree, client: Client) -> None:
    item = factories.NewsItemPageFactory(
        parent=site_tree.news, item_type="announcement", publisher=None, date=PartialDate(2018)
    )
    page = claims_at(client, item.url)
    assert "citation" not in page
    assert page["datePublished"] == "2018"
    assert "NewsArticle" not in types_in(page)


def stat_with(relation: Relation, reports: str = "12.5%", **fields: Any) -> Any:
    study = factories.StudyFactory(title="An invented study", year=2001)
    return factories.ImpactStatFactory(evidence=[Evidence(study=study, relation=relation, reports=reports)], **fields)


def test_a_stat_is_an_observation_with_place_population_and_status(site_tree: SiteTree, client: Client) -> None:
    stat = stat_with(Relation.SUPPORTS)
    page = claims_at(client, stat.get_absolute_url())
    seen = page["mainEntity"]
    assert (seen["@type"], seen["value"], seen["unitText"], seen["unitCode"]) == ("Observation", 12.5, "percent", "P1")
    assert seen["variableMeasured"]["name"] == "reduction in example incidents among example groups"
    assert seen["observationAbout"] == {"@type": "Place", "name": stat.place.name}
    assert seen["description"] == "Same as the published study"
    (cited,) = page["citation"]
    assert (cited["@type"], cited["name"], cited["datePublished"]) == ("ScholarlyArticle", "An invented study", "2001")


def test_a_range_has_two_ends_and_an_unrecorded_population_is_named_as_such(
    site_tree: SiteTree, client: Client
) -> None:
    stat = factories.ImpactStatFactory(value_low=44, value_high=56, population="", unit="points", direction="increase")
    seen = claims_at(client, stat.get_absolute_url())["mainEntity"]
    assert (seen["minValue"], seen["maxValue"], "value" in seen) == (44, 56, False)
    assert "unitCode" not in seen
    assert seen["variableMeasured"]["name"].endswith(", population not recorded")


@pytest.mark.parametrize(
    ("relation", "reports"),
    [(Relation.DIFFERS, "31%"), (Relation.CONFLICTS, "5%"), (Relation.UNCHECKED, ""), (Relation.SUPPORTS, "")],
)
def test_only_a_study_that_supports_the_stat_is_cited(
    relation: Relation, reports: str, site_tree: SiteTree, client: Client
) -> None:
    assert "citation" not in claims_at(client, stat_with(relation, reports).get_absolute_url())


def test_a_withdrawn_stat_is_no_observation(site_tree: SiteTree, client: Client) -> None:
    stat = stat_with(
        Relation.SUPPORTS, correction="withdrawn", correction_text="Counted twice.", corrected_on="2027-04-03"
    )
    claims = claims_at(client, stat.get_absolute_url())
    assert "Observation" not in types_in(claims)
    assert "Counted twice." in claims["description"]


def test_the_data_files_are_offered_if_there_are_stats(site_tree: SiteTree, client: Client) -> None:
    assert "mainEntity" not in claims_at(client, "/impact/")
    factories.ImpactStatFactory()
    files = claims_at(client, "/impact/")["mainEntity"]["distribution"]
    assert {file["encodingFormat"]: client.get(file["contentUrl"]).status_code for file in files} == {
        "CSV": 200,
        "JSON": 200,
    }


def test_breadcrumbs_lead_over_the_menu_and_over_no_page_that_is_not_shown(
    site_tree: SiteTree, client: Client
) -> None:
    below = factories.TextPageFactory(parent=factories.TextPageFactory(parent=site_tree.about))

    def trail() -> list[str]:
        (found,) = [one for one in graph_of(page_at(client, below.url)) if one["@type"] == "BreadcrumbList"]
        return [step["item"].removeprefix("http://localhost") for step in found["itemListElement"]]

    assert trail() == ["/", "/about/", below.url]
    site_tree.about.show_in_menus = False
    site_tree.about.save_revision().publish()
    assert trail() == ["/", below.url]


def test_no_text_ends_the_block(site_tree: SiteTree, client: Client) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, title=ODD, summary=ODD)
    response = client.get(item.url)
    assert b"<script>alert" not in response.content
    assert claims_at(client, item.url)["name"] == ODD
    block = str(data_block([{"name": ODD}]))
    assert block.count("<") == block.count(">") == 2
    assert "\u2028" not in block


def test_a_page_that_is_not_found_has_no_claims(site_tree: SiteTree, client: Client) -> None:
    assert graph_of(BeautifulSoup(client.get("/nothing/").content, "html.parser")) == []
