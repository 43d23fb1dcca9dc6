"""The pattern page shows every component and every block, so that none is made without an example."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.db import connection
from django.template import Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.text import slugify

from home.patterns import PatternsMenuItem
from impact.status import Status
from site_core.page_cache.invalidation import generation
from tests import factories, page_contexts
from tests.committed import counted_as_committed
from tests.contracts.rules import our_blocks
from tests.contracts.stock import StockedSite

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.contracts.pattern_urls"), pytest.mark.one_database]

TEMPLATES = Path(settings.BASE_DIR, "templates")
# What cannot be seen beside other objects: the button lies fixed over the page, the rest stands in its head.
NOT_SHOWN = {
    "components/leave_page.html",
    "components/shared_link.html",
    "components/feed_alternates.html",
    "components/change_alternates.html",
}
# Two of them ask whether the person who looks needs a second step to sign in.
QUERY_BUDGET = 22
# What a process prints of a site that is started with other settings.
URL_AND_MENU_ITEMS = """
from django.urls import reverse
from wagtail.admin.menu import reports_menu
print(reverse("patterns"), *(item.name for item in reports_menu.registered_menu_items))
"""


@pytest.fixture
def address() -> str:
    return reverse("patterns")


@pytest.fixture
def author() -> Client:
    client = Client()
    client.force_login(factories.UserFactory(role="Author"))
    return client


def shown_by(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    return response


@pytest.fixture
def all_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Responses know the templates that others include, too."""
    monkeypatch.setattr(Template, "_render", page_contexts.render_each)


def templates_of(response: Any) -> set[str]:
    """The templates that something was rendered with, each however deep within others."""
    return {str(template.name) for template in response.templates}


def sections_of(response: Any) -> list[Tag]:
    return BeautifulSoup(response.content, "html.parser").select("main > section")


@pytest.mark.usefixtures("all_templates")
def test_every_component_has_an_example(author: Client, address: str) -> None:
    components = {str(file.relative_to(TEMPLATES)) for file in (TEMPLATES / "components").rglob("*.html")}
    # What another test made the process remember is rendered here, too.
    generation.increment()
    assert components - templates_of(shown_by(author, address)) == NOT_SHOWN


@pytest.mark.usefixtures("all_templates")
def test_every_block_has_an_example(author: Client, address: str) -> None:
    blocks = {str(block.meta.template) for block in our_blocks().values()}
    assert blocks - templates_of(shown_by(author, address)) == set()


def test_every_example_shows_something(author: Client, address: str) -> None:
    sections = sections_of(shown_by(author, address))
    assert len(sections) > len({block.meta.template for block in our_blocks().values()})
    for section in sections:
        assert section.select(".example"), f"{section['id']} has no example."
        for example in section.select(".example"):
            label = example.select_one(":scope > .label")
            if label:
                label.extract()
            assert example.get_text(strip=True) or example.select("svg, img"), (
                f"An example of {section['id']} is empty."
            )


def test_figures_are_shown_in_every_status(author: Client, address: str) -> None:
    page = BeautifulSoup(shown_by(author, address).content, "html.parser")
    missing = [status for status in Status if not page.select(f".numeral.status-{slugify(status)}")]
    assert missing == []


def test_a_page_of_examples_is_one_page(author: Client, address: str, site: StockedSite) -> None:
    page = BeautifulSoup(shown_by(author, address).content, "html.parser")
    assert [heading.get_text() for heading in page.find_all("h1")] == ["Patterns"]
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids)), "An id is used twice."
    links = [str(link["href"])[1:] for link in page.select("main nav[aria-label=Patterns] a")]
    assert links == [section["id"] for section in page.select("main > section")]
    assert page.select("meta[name=robots][content=noindex]")


def test_it_reads_little_and_writes_nothing_however_much_is_on_file(
    author: Client, address: str, site: StockedSite
) -> None:
    few = statements_for(author, address)
    site.add_news(3)
    site.add_figures(3)
    many = statements_for(author, address)
    assert len(many) == len(few) <= QUERY_BUDGET
    assert [statement for statement in many if not statement.startswith("SELECT")] == []


def statements_for(client: Client, address: str) -> list[str]:
    """The SQL of a request with warm caches."""
    # What a first visit makes, such as the row of a setting, is there before anything is counted. It makes that anew,
    # whatever the process remembers of another test.
    generation.increment()
    client.get(address)
    with counted_as_committed():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            shown_by(client, address)
    return [query["sql"] for query in queries]


@pytest.mark.urls("site_core.urls")
def test_a_public_site_does_not_have_it(author: Client) -> None:
    assert author.get("/admin/patterns/").status_code == 404
    assert "/admin/patterns/" not in author.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize(("role", "is_shown"), [("Editor", False), ("Administrator", True)])
def test_the_menu_of_an_editor_does_not_have_it(rf: RequestFactory, role: str, is_shown: bool) -> None:
    request = rf.get("/")
    request.user = factories.UserFactory(role=role)
    assert PatternsMenuItem().is_shown(request) is is_shown


def test_a_site_in_development_has_it_in_the_admin(tmp_path: Path) -> None:
    started = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", URL_AND_MENU_ITEMS],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "site_core.settings.development", "STATE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    url, *menu_items = started.stdout.split()
    assert url == "/admin/patterns/", started.stderr
    assert "patterns" in menu_items
