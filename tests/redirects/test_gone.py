"""A withdrawn URL answers with status 410, and costs other requests nothing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from site_core.redirects.gone import WithdrawnURL
from tests import factories

pytestmark = pytest.mark.django_db


def withdraw(typed: str) -> WithdrawnURL:
    withdrawn = WithdrawnURL(path=typed, note="Somebody asked for it.")
    withdrawn.full_clean()
    withdrawn.save()
    return withdrawn


@pytest.mark.parametrize(
    "typed", ["/news/an-item/", "news/an-item", "https://example.org/news/an-item/?a=b", " /news/an%2Ditem "]
)
def test_it_is_gone_however_it_was_typed_and_requested(
    site_tree: factories.SiteTree, client: Client, typed: str
) -> None:
    withdraw(typed)
    for url in ("/news/an-item/", "/news/an-item", "/news/an-item/?utm_source=example"):
        response = client.get(url)
        assert response.status_code == 410
        page = response.content.decode()
        assert "This page was taken down" in page
        assert "noindex" in page
        assert "Somebody asked" not in page
    assert client.get("/news/another-item/").status_code == 404


@pytest.mark.parametrize("typed", ["", "/", "https://example.org", "http://[", "   "])
def test_a_url_without_a_path_is_refused(typed: str) -> None:
    with pytest.raises(Exception, match="path"):
        withdraw(typed)


def test_a_live_page_at_the_url_is_shown(site_tree: factories.SiteTree, client: Client) -> None:
    withdraw(site_tree.about.url)
    assert client.get(site_tree.about.url).status_code == 200
    site_tree.about.unpublish()
    assert client.get(site_tree.about.url).status_code == 410


def test_it_comes_before_a_redirect(site_tree: factories.SiteTree, client: Client) -> None:
    Redirect.objects.create(old_path="/news/an-item", redirect_link="/about/")
    withdraw("/news/an-item/")
    assert client.get("/news/an-item/").status_code == 410


def test_a_request_for_a_page_does_not_look_for_withdrawn_urls(site_tree: factories.SiteTree, client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get("/about/")
    table = WithdrawnURL._meta.db_table
    assert not [query for query in queries if table in query["sql"]]


@pytest.mark.parametrize("path", ["/%00/", "/[a/", "/" + "a" * 5000 + "/", "/É/"])
def test_odd_paths_are_not_found(site_tree: factories.SiteTree, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_form_says_that_a_live_page_stays(client: Client) -> None:
    client.force_login(factories.UserFactory(role="Managing editor"))
    form = client.get(reverse("wagtailsnippets_redirects_withdrawnurl:add")).content.decode()
    assert "visitors still see that page" in form
    assert reverse("wagtailsnippets_redirects_withdrawnurl:list") in client.get("/admin/").content.decode()
