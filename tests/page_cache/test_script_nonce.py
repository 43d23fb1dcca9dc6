"""In the admin a browser runs the scripts of Wagtail, and none that somebody managed to write into a page."""

import re
from pathlib import Path
from typing import Any

import pytest
import wagtail
from bs4 import BeautifulSoup
from django.apps import apps
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import reverse

from impact.stats import ImpactStat
from site_core.page_cache.script_nonce import INLINE_SCRIPT, nonce_of
from tests import factories
from tests.page_cache.observatory import directives

WAGTAIL = Path(wagtail.__file__).parent


def inline_scripts(response: Any) -> list[Any]:
    """The scripts of a page that a browser would run. Templates hold more of them."""
    return BeautifulSoup(response.content, "html.parser").select("script:not([src], [type='application/json'])")


@pytest.mark.one_database
def test_every_inline_script_of_wagtail_is_written_as_the_loader_knows_it() -> None:
    folders = [Path(config.path) for config in apps.get_app_configs() if config.name.startswith("wagtail.")]
    templates = {file for folder in (WAGTAIL, *folders) for file in folder.glob("templates/**/*.html")}
    tags = {tag for file in templates for tag in re.findall(r"<script[^>]*>", file.read_text())}
    assert [tag for tag in tags if "src=" not in tag and not INLINE_SCRIPT.match(tag)] == []
    assert any(INLINE_SCRIPT.match(tag) for tag in tags)
    code = {
        file
        for folder in (WAGTAIL, *folders)
        for file in folder.rglob("*.py")
        if not {"test", "tests"} & {*file.parts}
    }
    assert {file for file in code if "</script>" in file.read_text()} == {WAGTAIL / "admin" / "widgets" / "chooser.py"}


@pytest.mark.django_db
def test_scripts_of_the_admin_have_the_nonce_of_the_session(client: Client, site_tree: factories.SiteTree) -> None:
    addresses = [
        reverse("wagtailsearchpromotions:add"),
        reverse(ImpactStat.snippet_viewset.get_url_name("edit"), args=[factories.ImpactStatFactory().pk]),
    ]
    nonces = set()
    for _ in range(2):
        client.force_login(factories.UserFactory(role="Editor"))
        for address in addresses:
            response = client.get(address)
            (nonce,) = {script.get("nonce") for script in inline_scripts(response)}
            assert directives(response)["script-src"] == ["'self'", f"'nonce-{nonce}'"]
            nonces.add(nonce)
    assert len(nonces) == 2


@pytest.mark.one_database
@pytest.mark.django_db
def test_what_was_typed_has_no_nonce(client: Client) -> None:
    client.force_login(factories.UserFactory())
    request = RequestFactory().get("/")
    request.session = client.session
    with nonce_of(request):
        typed = engines["django"].from_string("{{ typed|safe }}").render({"typed": "<script>alert()</script>"})
    assert typed == "<script>alert()</script>"
