"""A page is found by its path at the same cost at any depth. All else is routed as Wagtail does."""

from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from wagtail.url_routing import RouteResult

from home.models import TextPage
from tests import factories
from tests.committed import counted_as_committed, queries_of
from tests.factories import SiteTree

pytestmark = pytest.mark.django_db


def test_depth_costs_no_query(client: Client, site_tree: SiteTree) -> None:
    page = site_tree.about
    costs = [queries_of(client, page.url)]
    for _ in range(3):
        page = factories.TextPageFactory(parent=page)
        costs.append(queries_of(client, page.url))
    assert len(set(costs)) == 1


def test_a_page_below_one_that_is_not_live_is_found_and_a_draft_is_not(client: Client, site_tree: SiteTree) -> None:
    above = factories.TextPageFactory(parent=site_tree.about)
    page = factories.TextPageFactory(parent=above)
    draft = factories.TextPageFactory(parent=above, draft=True)
    above.unpublish()
    found = [client.get(url).status_code for url in (page.url, draft.url, above.url)]
    assert found == [200, 404, 404]


def test_only_the_full_path_leads_to_a_page(client: Client, site_tree: SiteTree) -> None:
    page = factories.TextPageFactory(parent=site_tree.about, slug="deep")
    for url in ("/deep/", f"{page.url}deep/", f"/news{page.url}"):
        assert client.get(url).status_code == 404
    assert client.get(page.url).status_code == 200


def test_a_page_type_may_route_what_lies_below_it(
    client: Client, site_tree: SiteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def route(self: Any, request: Any, path_components: list[str]) -> RouteResult:
        if path_components in ([], ["part"]):
            return RouteResult(self)
        raise Http404

    monkeypatch.setattr(TextPage, "route", route)
    page = factories.TextPageFactory(parent=site_tree.home, title="In parts")
    for url in (page.url, f"{page.url}part/"):
        assert "In parts" in client.get(url).content.decode()
    assert client.get(f"{page.url}other/").status_code == 404


def test_a_page_becomes_private_after_it_is_memoized_that_none_is(client: Client, site_tree: SiteTree) -> None:
    page = factories.TextPageFactory(parent=site_tree.about)
    assert queries_of(client, page.url)
    page.view_restrictions.create(restriction_type="login")
    with counted_as_committed():
        response = client.get(page.url)
    assert response.status_code == 302
