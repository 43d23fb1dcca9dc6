"""What every page tells search engines and other sites: true, whole, and nothing that it does not tell people."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from site_core.organization.models import OrganizationSettings
from tests.contracts.claims import graph_of, not_said, types_in
from tests.contracts.rules import VIEW_QUERY_BUDGETS, our_page_types
from tests.contracts.stock import StockedSite

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# The search is not for search engines.
ADDRESSES = [
    name for name in (*(model.__name__ for model in our_page_types()), *VIEW_QUERY_BUDGETS) if name != "search"
]
EXPECTED = {
    "HomePage": {"NGO"},
    "StrategyPage": {"WebPage", "Thing", "BreadcrumbList"},
    "NewsItemPage": {"WebPage", "NewsArticle", "Organization", "BreadcrumbList"},
    "ImpactPage": {"Dataset", "DataDownload", "BreadcrumbList"},
    "figure": {"WebPage", "Observation", "StatisticalVariable", "Place", "BreadcrumbList"},
    "place": {"WebPage", "Place", "BreadcrumbList"},
}
SOCIAL = ("type", "site_name", "title", "description", "url", "image", "image:alt")


def page_at(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def meta(page: BeautifulSoup, selector: str) -> str:
    (element,) = page.select(selector)
    return str(element["content"])


@pytest.fixture(autouse=True)
def organization(site: StockedSite) -> None:
    """Everything that the footer may say."""
    organization = OrganizationSettings.load()
    organization.parent = "Example College"
    organization.address = "1 Example Street\nExample City"
    organization.email, organization.phone = "office@example.org", "212-555-0100"
    organization.social_links = [("link", {"name": "Example", "url": "https://social.example.org/us"})]
    organization.save()


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_claim_stands_in_the_pages_text(client: Client, site: StockedSite, name: str) -> None:
    page = page_at(client, site.addresses[name])
    graph = graph_of(page)
    assert EXPECTED.get(name, {"BreadcrumbList"}) <= types_in(graph)
    assert not_said(page) == []
    main = graph[0]
    canonical = str(page.select("link[rel=canonical]")[0]["href"])
    assert main["url"] == canonical
    ways = [one for one in graph if one["@type"] == "BreadcrumbList"]
    assert len(ways) == (0 if name == "HomePage" else 1)
    assert all(way["itemListElement"][-1]["item"] == canonical for way in ways)


@pytest.mark.parametrize("name", ADDRESSES)
def test_title_description_canonical_and_shared_link(client: Client, site: StockedSite, name: str) -> None:
    address = site.addresses[name]
    page = page_at(client, f"{address}?utm_source=example&fbclid=1")
    ours = OrganizationSettings.load().name
    assert page.title
    title = page.title.get_text(strip=True)
    assert title == title.strip(" |")
    assert title.endswith(ours)
    assert "…" not in title
    assert len(meta(page, "meta[name=description]")) > 20
    (canonical,) = page.select("link[rel=canonical]")
    assert canonical["href"] == f"http://localhost{address}"
    shared = {name: meta(page, f'meta[property="og:{name}"]') for name in SOCIAL}
    assert all(shared.values())
    assert shared["url"] == canonical["href"]
    assert shared["title"] in title or name in ("figure", "HomePage")
    assert client.get(urlsplit(shared["image"]).path)["Content-Type"] == "image/png"
    assert meta(page, "meta[name='twitter:card']") == "summary_large_image"


def test_no_two_pages_have_one_title(client: Client, site: StockedSite) -> None:
    titles = [str(page_at(client, site.addresses[name]).title) for name in ADDRESSES]
    assert len(set(titles)) == len(titles)


def test_a_filtered_list_is_known_by_its_own_address(client: Client, site: StockedSite) -> None:
    asked = f"place={site.place.slug}&page=2"
    page = page_at(client, f"/news/?utm_source=example&page=2&place={site.place.slug}")
    wanted = f"http://localhost/news/?{asked}"
    assert page.select("link[rel=canonical]")[0]["href"] == wanted
    assert meta(page, 'meta[property="og:url"]') == wanted
    assert meta(page, 'meta[property="og:title"]') == f"News: {site.place.name}"
    assert graph_of(page)[0]["url"] == wanted
    assert not_said(page) == []


def test_a_preview_claims_nothing(site: StockedSite) -> None:
    for page in site.pages.values():
        response: Any = page.make_preview_request()
        assert graph_of(BeautifulSoup(response.content, "html.parser")) == []
