"""URLs of the previous site redirect in one step to the pages that replace them, and never to a guess."""

from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from site_core.taxonomy.models import Term
from strategies.models import StrategyPage

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("loaded")]

GVI, DMI = "/strategies/group-violence-intervention/", "/strategies/drug-market-intervention/"
NOTHING, OURS = "404", "200"
# Each old URL, without its final slash, and the target of its redirect.
VECTORS = {
    # /our-work/strategy/<slug>: under its name, under a name its term also goes by
    "/our-work/strategy/group-violence-intervention": GVI,
    "/our-work/strategy/intimate-partner-violence-intervention": "/strategies/intimate-partner-violence-intervention/",
    "/our-work/strategy/drug-market-intervention": DMI,
    "/our-work/strategy/ceasefire": GVI,
    "/our-work/strategy/operation-ceasefire": GVI,
    "/our-work/strategy/no-such-strategy": NOTHING,
    "/our-work/strategy/group": NOTHING,
    "/our-work/strategy": NOTHING,
    # /our-work/innovation/<slug>
    "/our-work/innovation/custom-notifications": "/strategies/custom-notifications/",
    "/our-work/innovation/support-and-outreach": "/strategies/support-and-outreach/",
    "/our-work/innovation/reconciliation": NOTHING,
    "/our-work/innovation/social-network-analysis": NOTHING,
    # /our-work/all-guides
    "/our-work/all-guides": "/strategies/",
    # /impact/news and its pages of 25
    "/impact/news": "/news/",
    "/impact/news/P25": "/news/",
    "/impact/news/P575": "/news/",
    "/impact/news/P": NOTHING,
    "/impact/news/some-item": NOTHING,
    # /impact/international/<slug>
    "/impact/international/sweden": "/strategies/nnsc-international/",
    "/impact/international/oakland": "/places/oakland/",
    "/impact/international/bermuda": NOTHING,
    "/impact/international/ulster-county": NOTHING,
    # /guides/<slug>, /blog/<slug>/: no guide and no blog is held here
    "/guides/ipvi-issue-brief": NOTHING,
    "/blog/an-entry": NOTHING,
    # /strategies/<slug>/: ours
    "/strategies/group-violence-intervention": OURS,
    "/strategies/drug-market-intervention": OURS,
    "/strategies/no-such-strategy": NOTHING,
    # The URLs of figures have not changed.
    "/impact/boston-shootings": OURS,
}


@pytest.mark.parametrize(("old", "leads_to"), VECTORS.items())
def test_every_family_with_and_without_slash_and_query(client: Client, old: str, leads_to: str) -> None:
    for address in (f"{old}/", f"{old}/?utm_source=example", old, f"{old}?utm_source=example"):
        response = client.get(address)
        if leads_to == OURS and "/?" not in address and not address.endswith("/"):
            # Every address of ours is found without its slash as well: Django leads to the one with it.
            assert (response.status_code, response["Location"].partition("?")[0]) == (301, f"{old}/")
        elif leads_to in (NOTHING, OURS):
            status = 301 if response.status_code == 301 and response["Location"].startswith(f"{old}/") else 0
            found = client.get(response["Location"]) if status else response
            assert str(found.status_code) == leads_to, address
        else:
            assert (response.status_code, response["Location"]) == (301, leads_to), address
            assert client.get(leads_to).status_code == 200


def test_a_strategy_under_a_slug_it_had_before(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    page = StrategyPage.objects.get(slug="drug-market-intervention")
    page.slug = "dmi"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    Redirect.objects.filter(old_path__startswith="/our-work/").delete()
    for old in ("/our-work/strategy/drug-market-intervention", "/our-work/strategy/dmi", DMI.rstrip("/")):
        assert client.get(old)["Location"] == "/strategies/dmi/"


def test_a_strategy_under_a_slug_its_tag_had_before(client: Client) -> None:
    term = Term.objects.get(kind="strategy", slug="drug-market-intervention")
    for slug in ("formerly", "now"):
        term.slug = slug
        term.save()
    assert client.get("/our-work/strategy/formerly")["Location"] == DMI


def test_a_name_that_two_terms_go_by_is_a_guess(client: Client) -> None:
    component = Term.objects.get(kind="component", slug="custom-notifications")
    component.aliases = "Ceasefire"
    component.save()
    assert client.get("/our-work/strategy/ceasefire").status_code == 404


def test_what_is_not_public_is_not_led_to(client: Client) -> None:
    StrategyPage.objects.get(slug="custom-notifications").unpublish()
    Redirect.objects.filter(old_path="/our-work/innovation/custom-notifications").delete()
    assert client.get("/our-work/innovation/custom-notifications").status_code == 404
    Page.objects.get(slug="news").unpublish()
    assert client.get("/impact/news/P25").status_code == 404


def test_what_an_editor_entered_comes_first(client: Client) -> None:
    Redirect.objects.create(old_path="/our-work/strategy/ceasefire", redirect_link="/about/")
    Redirect.objects.create(old_path="/guides/ipvi-issue-brief", redirect_link="/about/")
    for old in ("/our-work/strategy/ceasefire", "/guides/ipvi-issue-brief"):
        assert client.get(old)["Location"] == "/about/"


@pytest.mark.parametrize("slug", ["a" * 3000, "%00", "..%2f..", "É", "(", "%F0%9F%99%82"])
def test_anything_may_be_asked_for(client: Client, slug: str) -> None:
    for family in ("our-work/strategy", "our-work/innovation", "impact/international", "impact/news", "guides"):
        assert client.get(f"/{family}/{slug}", follow=True).status_code == 404
