"""The handbook inside the admin: its pages, pictures and links, its search, and the page about each screen."""

import re
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse

from site_core.admin.handbook.pages import handbook, pictures
from site_core.admin.handbook.screens import registered_help
from site_core.admin.handbook.search import find_sections
from site_core.taxonomy.models import PlaceTerm
from tests import factories
from tests.contracts.admin_urls import admin_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FOLDER = settings.BASE_DIR / "docs" / "editors"


@pytest.fixture
def author() -> Client:
    return client_of("Author")


def client_of(role: str) -> Client:
    client = Client()
    client.force_login(factories.UserFactory(role=role))
    return client


def read(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def article(client: Client, url: str) -> BeautifulSoup:
    found = read(client, url).article
    assert found
    return BeautifulSoup(str(found), "html.parser")


def test_every_page_of_the_folder_is_there_and_reachable_from_the_first(author: Client) -> None:
    assert {f"{name}.md" for name in handbook()} == {file.name for file in FOLDER.glob("*.md")}
    first = article(author, reverse("handbook"))
    linked = {urlsplit(str(link["href"])).path for link in first.select("a[href]")}
    for page in list(handbook().values())[1:]:
        assert page.url in linked, f"The first page of the handbook does not link to {page.name}.md."
        shown = read(author, page.url)
        assert [link.text for link in shown.select("nav [aria-current=page]")] == [page.title]


def test_every_link_anchor_and_picture_of_the_handbook_resolves(author: Client) -> None:
    anchors = {page.url: {section.anchor for section in page.rendered.sections} for page in handbook().values()}
    for page in handbook().values():
        inside = article(author, page.url)
        for link in inside.select("a[href]"):
            path, anchor = urlsplit(str(link["href"])).path or page.url, urlsplit(str(link["href"])).fragment
            assert path in anchors, f"{page.name}.md: {link['href']}"
            assert not anchor or anchor in anchors[path], f"{page.name}.md: {link['href']}"
        for picture in inside.select("img"):
            assert resolve(str(picture["src"])).kwargs["name"] in pictures(), f"{page.name}.md: {picture['src']}"
            assert picture["alt"]
        assert len({heading["id"] for heading in inside.select("h1, h2, h3")}) == len(inside.select("h1, h2, h3"))


def test_a_picture_is_sent_to_people_who_are_signed_in_and_nothing_else_is_sent(author: Client) -> None:
    url = reverse("handbook_picture", args=["home.png"])
    response = author.get(url)
    assert response["Content-Type"] == "image/png"
    assert response.getvalue() == (FOLDER / "pictures" / "home.png").read_bytes()
    assert Client().get(url).status_code == 302
    assert Client().get(reverse("handbook")).status_code == 302
    for name in ("..%2FREADME.md", "../README.md", "..%2f..%2f..%2fmanage.py", "home.png%00", "nothing.png"):
        assert author.get(f"/admin/handbook/pictures/{name}", follow=True).status_code == 404, name
    assert author.get("/admin/handbook/architecture/").status_code == 404


def test_a_page_is_marked_up_and_shows_what_it_does_not_mark_up_as_text(author: Client) -> None:
    inside = article(author, reverse("handbook_page", args=["press-mention"]))
    assert inside.h1
    assert inside.h1.text == "A press mention"
    assert inside.select_one("h2#the-four-tag-boxes")
    assert not inside.find_all(string=re.compile(r"\]\("))
    contents = read(author, reverse("handbook_page", args=["press-mention"])).select("nav a[href^='#']")
    assert "#the-four-tag-boxes" in [link["href"] for link in contents]


def test_the_search_finds_sections_by_begun_words_the_heading_first(author: Client) -> None:
    found = find_sections("tag box")
    assert found[0].url == reverse("handbook_page", args=["press-mention"]) + "#the-four-tag-boxes"
    shown = article(author, f"{reverse('handbook')}?q=DECORATION")
    assert "Pictures and documents" in shown.text
    assert "decoration" in shown.text.casefold()
    nothing = article(author, f"{reverse('handbook')}?q=xylophone").text
    assert "Nothing in the handbook has “xylophone”" in nothing


@pytest.mark.parametrize(
    "words", ["", "  ", "\x00", '"', "%", "<script>alert(1)</script>", "é", "(", "😀", "a" * 5000]
)
def test_the_search_takes_any_words(author: Client, words: str) -> None:
    response = author.get(reverse("handbook"), {"q": words})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def help_link(client: Client, url: str) -> str:
    """Where “Help with this screen” in the sidebar of a screen leads."""
    props = read(client, url).select_one("#wagtail-sidebar-props")
    assert props
    found = re.search(r'"(/admin/handbook/for/\?screen=[^"]+)"', props.text)
    assert found
    return found[1]


def test_help_leads_from_each_screen_to_the_page_about_it(site_tree: factories.SiteTree) -> None:
    manager = client_of("Managing editor")
    item = factories.NewsItemPageFactory(parent=site_tree.news)
    strategy = factories.StrategyPageFactory(parent=site_tree.strategies)
    screens = {
        reverse("wagtailadmin_home"): "",
        reverse("wagtailadmin_pages:add", args=["news", "newsitempage", site_tree.news.pk]): "press-mention",
        reverse("wagtailadmin_pages:edit", args=[item.pk]): "press-mention",
        reverse("wagtailadmin_pages:history", args=[item.pk]): "undo-and-trash",
        reverse("wagtailadmin_pages:edit", args=[strategy.pk]): "where-a-strategy-is-used",
        reverse("wagtailsnippets_impact_impactstat:list"): "impact-stats",
        reverse(PlaceTerm.snippet_viewset.get_url_name("add")): "tagging-and-finding",
        reverse("wagtailimages:index"): "pictures",
        reverse("wagtaildocs:add"): "pictures",
        reverse("schedule_week"): "schedule",
        reverse("trash"): "undo-and-trash",
        reverse("wagtailusers_users:index"): "people",
        reverse("wagtailredirects:index"): "redirects",
        reverse("wagtailadmin_account"): "signing-in",
    }
    for url, name in screens.items():
        answer = manager.get(help_link(manager, url))
        expected = reverse("handbook_page", args=[name]) if name else reverse("handbook")
        assert (answer.status_code, answer["Location"]) == (302, expected), url


@pytest.mark.parametrize(
    "screen", ["", "/", "//", "https://example.org/", "/admin/pages/99999999999/edit/", "\x00", "é"]
)
def test_help_with_an_unknown_screen_is_the_first_page(author: Client, screen: str) -> None:
    assert author.get(reverse("help_for_screen"), {"screen": screen})["Location"] == reverse("handbook")


def test_every_screen_with_help_exists_and_every_page_is_there() -> None:
    assert set(registered_help().values()) <= set(handbook())
    names = {one.full_name for one in admin_addresses()}
    # Found by the first part of their path.
    parts = {"account", "images", "documents"}
    known = names | {one.namespace for one in admin_addresses()} | parts
    models = {name for name in registered_help() if "." in name}
    for name in models:
        apps.get_model(name)
    assert set(registered_help()) - models - known == set()
