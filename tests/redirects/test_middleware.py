"""An old address redirects however it is spelled."""

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from tests import factories

pytestmark = pytest.mark.django_db
TARGET = "https://example.org/new/"


def redirected(client: Client, url: str) -> str:
    return str(client.get(url).headers.get("Location", ""))


@pytest.mark.parametrize(
    ("old_path", "requested"),
    [
        ("/old", "/old/?utm_source=letter&fbclid=1"),
        ("/old", "/OLD/"),
        ("/Old-Page.PDF", "/old-page.pdf"),
        ("/old page", "/old%20page/"),
        ("/old", "/old%20"),
        ("/old", "/old/%20?utm_medium=email"),
        ("/old?id=3", "/old?utm_source=x&id=3"),
        ("/old?b=2&a=1", "/old/?a=1&b=2&gclid=x"),
        ("/información", "/informaci%C3%B3n/"),
        ("/информация", "/%D0%B8%D0%BD%D1%84%D0%BE%D1%80%D0%BC%D0%B0%D1%86%D0%B8%D1%8F"),
    ],
)
def test_it_redirects(site_tree: factories.SiteTree, client: Client, old_path: str, requested: str) -> None:
    Redirect.add_redirect(old_path, TARGET)
    assert redirected(client, requested) == TARGET


def test_the_closest_old_address_is_preferred(site_tree: factories.SiteTree, client: Client) -> None:
    Redirect.add_redirect("/old", f"{TARGET}plain")
    Redirect.add_redirect("/OLD", f"{TARGET}capitals")
    Redirect.add_redirect("/old?id=3", f"{TARGET}query")
    assert redirected(client, "/old") == f"{TARGET}plain"
    assert redirected(client, "/OLD/") == f"{TARGET}capitals"
    assert redirected(client, "/old?id=3&utm_source=x") == f"{TARGET}query"


@pytest.mark.parametrize("requested", ["/another/", "/old/below/", "/%00old/", "/[old/", "/old%2Fbelow/"])
def test_another_address_is_not_found(site_tree: factories.SiteTree, client: Client, requested: str) -> None:
    Redirect.add_redirect("/old", TARGET)
    assert client.get(requested).status_code == 404
