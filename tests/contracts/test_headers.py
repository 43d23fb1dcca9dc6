"""What every page tells the browser, held against every page type and against the admin."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from site_core.page_cache.headers import ADMIN, BROKEN, PUBLIC
from tests import factories
from tests.contracts.stock import StockedSite
from tests.page_cache.observatory import directives, score

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HOST = "example.org"
A_PLUS = 100


@pytest.fixture
def visitor(settings: Any) -> Client:
    """Somebody who comes over https, as visitors of a public machine do."""
    settings.ALLOWED_HOSTS = [HOST]
    settings.SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    return Client(headers={"host": HOST})


def sources(policy: dict[str, str]) -> dict[str, list[str]]:
    return {name: written.split() for name, written in policy.items()}


def test_every_public_page_and_the_sign_in_are_an_a_plus(site: StockedSite, visitor: Client) -> None:
    addresses = [*site.addresses.values(), "/no-such-page/", reverse("wagtailadmin_login")]
    scores = {address: score(visitor.get(address, secure=True), HOST) for address in addresses}
    assert {address: points for address, points in scores.items() if points < A_PLUS} == {}


def test_a_public_page_loads_what_is_ours_and_is_kept_as_long_as_it_is_true(site: StockedSite, client: Client) -> None:
    for address in [*site.addresses.values(), "/no-such-page/"]:
        response = client.get(address)
        assert directives(response) == sources(PUBLIC), address
        is_search = address == site.addresses["search"]
        kept = "private, no-store" if is_search else "public, max-age=0, must-revalidate"
        assert response["Cache-Control"] == kept, address
        assert response["Cross-Origin-Resource-Policy"] == "same-origin", address
        assert "camera=()" in response["Permissions-Policy"], address


def test_no_page_holds_a_script_or_a_style_of_its_own(site: StockedSite, client: Client) -> None:
    for address in [*site.addresses.values(), reverse("stat_embed", args=[site.stat.slug])]:
        page = BeautifulSoup(client.get(address).content, "html.parser")
        assert page.select("style, [style], [onclick], [onload]") == [], address
        assert page.select("script:not([src]):not([type='application/ld+json'])") == [], address


def test_the_embedded_figure_alone_may_stand_in_any_frame(site: StockedSite, client: Client) -> None:
    response = client.get(reverse("stat_embed", args=[site.stat.slug]))
    assert directives(response) == sources(PUBLIC | {"frame-ancestors": "*"})
    assert "X-Frame-Options" not in response
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not response.cookies


def test_the_admin_has_a_policy_of_its_own_and_is_never_kept(site: StockedSite, client: Client) -> None:
    assert directives(client.get(reverse("wagtailadmin_login"))) == sources(PUBLIC)
    client.force_login(factories.UserFactory(role="Editor"))
    news = reverse("wagtailadmin_pages:edit", args=[site.pages["NewsItemPage"].pk])
    for address in (reverse("wagtailadmin_home"), news):
        response = client.get(address)
        policy = directives(response)
        # tests/page_cache/test_script_nonce.py looks at the nonce.
        assert policy["script-src"].pop().startswith("'nonce-"), address
        assert policy == sources(ADMIN), address
        assert "no-store" in response["Cache-Control"], address


def test_what_somebody_who_is_signed_in_sees_is_kept_nowhere(site: StockedSite, client: Client) -> None:
    client.force_login(factories.UserFactory(role="Editor"))
    response = client.get("/")
    assert response["Cache-Control"] == "private, no-store"
    assert directives(response) == sources(PUBLIC)


def test_the_page_of_last_resort_may_use_the_style_in_it(site: StockedSite, client: Client, monkeypatch: Any) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("An example of a failure")

    monkeypatch.setattr(type(site.pages["HomePage"]), "get_context", fail)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert directives(response) == sources(BROKEN)
    assert response.get("Cache-Control") is None


def test_a_picture_keeps_the_policy_it_is_served_with(site: StockedSite, client: Client) -> None:
    client.force_login(factories.UserFactory(role="Author"))
    picture = factories.SiteImageFactory().get_rendition("max-165x165")
    assert "sandbox" in client.get(picture.url)["Content-Security-Policy"]


def test_audit_takes_points_away_for_each_thing_that_is_missing(site: StockedSite, visitor: Client) -> None:
    whole = score(visitor.get("/", secure=True), HOST)
    for name in ("Content-Security-Policy", "Strict-Transport-Security", "X-Content-Type-Options", "Referrer-Policy"):
        response = visitor.get("/", secure=True)
        del response[name]
        assert score(response, HOST) < whole, name
    response = visitor.get("/", secure=True)
    response["Content-Security-Policy"] = "default-src 'self' 'unsafe-inline'"
    assert score(response, HOST) < A_PLUS
