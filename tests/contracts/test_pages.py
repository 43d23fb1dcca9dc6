"""One rule set for every page type and every address a visitor can open."""

import json
from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import reverse

from site_core.pages.base import SitePage
from tests.committed import queries_of
from tests.contracts.rules import QUERY_BUDGETS, VIEW_QUERY_BUDGETS, broken_page_rules, our_page_types
from tests.contracts.stock import StockedSite

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]

PAGE_TYPES = [model.__name__ for model in our_page_types()]
ADDRESSES = [*PAGE_TYPES, *VIEW_QUERY_BUDGETS]


def one(page: BeautifulSoup, selector: str) -> Tag:
    """The only element that a selector finds."""
    (element,) = page.select(selector)
    return element


@pytest.mark.parametrize("page_type", our_page_types(), ids=PAGE_TYPES)
def test_every_page_type_has_a_template_a_budget_and_previews(page_type: Any) -> None:
    assert broken_page_rules(page_type) == []


def test_a_new_page_type_that_lacks_them_is_named() -> None:
    class UnfinishedPage(SitePage):
        template = "home/unfinished_page.html"
        card_template = "components/unfinished_card.html"
        preview_modes = [("", "Page")]

        class Meta:
            abstract = True
            app_label = "home"

    assert broken_page_rules(UnfinishedPage) == [
        "UnfinishedPage has no template home/unfinished_page.html.",
        "UnfinishedPage has no card template components/unfinished_card.html.",
        "UnfinishedPage has no query budget.",
        "UnfinishedPage has no preview as card, social.",
    ]


def test_the_stocked_site_has_every_page_type(site: StockedSite) -> None:
    assert sorted(site.pages) == sorted(PAGE_TYPES)


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_live_page_is_served_with_one_heading_and_its_landmarks(
    client: Client, site: StockedSite, name: str
) -> None:
    response = client.get(site.addresses[name])
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    assert one(page, "html")["lang"] == "en-US"
    assert len(page.find_all("h1")) == 1
    main = one(page, "main")
    assert page.find("a", href=f"#{main['id']}"), "There is no skip link."
    assert one(page, "meta[name=description]")["content"]
    if not page.select("meta[name=robots][content=noindex]"):
        assert str(one(page, "link[rel=canonical]")["href"]).startswith("http")
    levels = [int(heading.name[1]) for heading in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    skipped = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
    assert not skipped, f"Heading levels are skipped: {levels}"
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids)), "An id is used twice."


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_public_page_sets_no_cookie_and_calls_nobody_else(client: Client, site: StockedSite, name: str) -> None:
    response = client.get(site.addresses[name])
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    page = BeautifulSoup(response.content, "html.parser")
    scripts = page.find_all("script", type=lambda kind: kind != "application/ld+json")
    assert all(script.has_attr("defer") and script.has_attr("src") for script in scripts), (
        "A script holds the page up."
    )
    loaded = [tag["src"] for tag in page.select("img[src], iframe[src], script[src]")]
    loaded += [tag["href"] for tag in page.select("link[rel=stylesheet]")]
    assert all(str(address).startswith("/") for address in loaded), loaded


@pytest.mark.parametrize("name", ADDRESSES)
def test_machine_readable_claims_parse(client: Client, site: StockedSite, name: str) -> None:
    page = BeautifulSoup(client.get(site.addresses[name]).content, "html.parser")
    for script in page.find_all("script", type="application/ld+json"):
        json.loads(script.get_text())


def test_each_page_keeps_its_query_budget_however_much_is_on_file(client: Client, site: StockedSite) -> None:
    few = {name: queries_of(client, site.addresses[name]) for name in ADDRESSES}
    site.add_news(15)
    site.add_figures(3)
    many = {name: queries_of(client, site.addresses[name]) for name in ADDRESSES}
    budgets = QUERY_BUDGETS | VIEW_QUERY_BUDGETS
    assert {name: (number, budgets[name]) for name, number in many.items() if number > budgets[name]} == {}
    assert {name: (few[name], number) for name, number in many.items() if number > few[name]} == {}


def test_a_filter_of_the_news_list_costs_one_query_for_its_tag(client: Client, site: StockedSite) -> None:
    news = site.addresses["NewsIndexPage"]
    terms = (site.place, site.strategy, site.initiative, site.component)
    costs = {term.kind: queries_of(client, f"{news}?{term.kind}={term.slug}") for term in terms}
    assert set(costs.values()) == {queries_of(client, news) + 1}, costs


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_every_preview_of_a_page_renders_and_an_unknown_one_is_refused(site: StockedSite, name: str) -> None:
    page = site.page(name)
    for mode, label in page.preview_modes:
        response = page.make_preview_request(preview_mode=mode)
        assert response.status_code == 200, label
        assert len(BeautifulSoup(response.content, "html.parser").find_all("h1")) == 1, label
    assert page.make_preview_request(preview_mode="no such preview").status_code == 404


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_a_draft_is_previewed_and_not_public(client: Client, site: StockedSite, name: str) -> None:
    page = site.page(name)
    page.title = "A title nobody published"
    page.save_revision()
    draft = page.get_latest_revision_as_object()
    assert b"A title nobody published" in draft.make_preview_request(preview_mode="card").content
    assert b"A title nobody published" not in client.get(site.addresses[name]).content


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_two_revisions_of_a_page_compare_field_by_field(editor_client: Client, site: StockedSite, name: str) -> None:
    page = site.page(name)
    first = page.latest_revision
    page.title, page.summary = "A changed title", "A changed summary."
    second = page.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])
    response = editor_client.get(address)
    assert response.status_code == 200
    assert "Summary" in response.content.decode()


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_the_editing_screen_opens(editor_client: Client, site: StockedSite, name: str) -> None:
    page = site.page(name)
    response = editor_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    assert "Eastern Time" in response.content.decode()
