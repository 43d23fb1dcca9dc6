"""The search of the admin finds objects of every kind, screens and help, each only for those who may see it."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.snippets.models import get_snippet_models

from site_core.admin.finder.kinds import registered_kinds
from site_core.admin.finder.model_kinds import ModelKind
from site_core.publishing.trash.trashing import move_to_trash
from site_core.redirects.models import WithdrawnURL
from site_core.taxonomy.models import PlaceTerm
from tests import factories

pytestmark = pytest.mark.django_db

ODD = [
    "\x00",
    '"',
    "'",
    "%",
    "_",
    "*",
    "\\",
    "(",
    "a OR b",
    "<script>alert(1)</script>",
    "😀",
    "ﷺ",
    "nan",
    "1e9",
    "٣٦",
    "a" * 9999,
]


@pytest.fixture
def client_of() -> Callable[[str], Client]:
    def log_in(role: str) -> Client:
        client = Client()
        client.force_login(factories.UserFactory(role=role))
        return client

    return log_in


def found(client: Client, words: str) -> dict[str, list[tuple[str, str]]]:
    """The title and URL of each result, by the heading of its group."""
    answer = client.get(reverse("find"), {"q": words})
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    return {
        section.h2.text: [(link.text, str(link["href"])) for link in section.select("a")]
        for section in page.select("main section[aria-labelledby^=found]")
        if section.h2
    }


def titles(client: Client, words: str) -> dict[str, list[str]]:
    return {label: [title for title, _ in results] for label, results in found(client, words).items()}


@pytest.fixture
def stock(site_tree: factories.SiteTree) -> dict[str, Any]:
    place = factories.PlaceTermFactory(name="Oakland", aliases="The Town")
    return {
        "item": factories.NewsItemPageFactory(parent=site_tree.news, title="Fewer shootings in Oakland"),
        "place": place,
        "stat": factories.ImpactStatFactory(place=place, outcome="gun homicide", value_low="31.5", value_high=None),
        "publisher": factories.PublisherFactory(name="Oakland Tribune"),
        "study": factories.StudyFactory(short_name="Oakland 2019"),
        "person": factories.UserFactory(role="Author", first_name="Ada", last_name="Oakland"),
    }


def test_one_search_finds_every_kind_with_the_screen_on_which_it_is_changed(
    stock: dict[str, Any], client_of: Callable[[str], Client]
) -> None:
    results = found(client_of("Managing editor"), "oakland")
    urls = {label: [url for _, url in links] for label, links in results.items()}
    assert reverse("wagtailadmin_pages:edit", args=[stock["item"].pk]) in urls["Pages"]
    for label, kind in (("Impact stats", "stat"), ("Publishers", "publisher"), ("Studies", "study")):
        viewset = stock[kind].snippet_viewset
        assert urls[label] == [reverse(viewset.get_url_name("edit"), args=[stock[kind].pk])]
    assert urls["Places and tags"] == [
        reverse(PlaceTerm.snippet_viewset.get_url_name("edit"), args=[stock["place"].pk])
    ]
    assert urls["People"] == [reverse("wagtailusers_users:edit", args=[stock["person"].pk])]


def test_the_kind_with_the_closest_title_comes_first(
    stock: dict[str, Any], client_of: Callable[[str], Client]
) -> None:
    assert next(iter(titles(client_of("Author"), "Oakland"))) == "Places and tags"
    assert next(iter(titles(client_of("Author"), "fewer shoot"))) == "Pages"


@pytest.mark.parametrize("words", ["31.5%", "31.5", "gun oakland", "homicide the town"])
def test_a_stat_is_found_by_its_number_its_words_and_other_names_of_its_place(
    stock: dict[str, Any], client_of: Callable[[str], Client], words: str
) -> None:
    assert titles(client_of("Author"), words)["Impact stats"] == [str(stock["stat"])]


def test_screens_settings_and_help_are_found_by_those_who_have_them(
    site_tree: factories.SiteTree, client_of: Callable[[str], Client]
) -> None:
    assert "Approval rules" in titles(client_of("Managing editor"), "approval")["Screens and settings"]
    assert "Screens and settings" not in titles(client_of("Author"), "approval")
    help_links = found(client_of("Author"), "four tag boxes")["Help"]
    assert help_links[0][1] == reverse("handbook_page", args=["press-mention"]) + "#the-four-tag-boxes"


def test_nobody_reads_the_title_of_what_they_may_not_see(
    stock: dict[str, Any], client_of: Callable[[str], Client]
) -> None:
    factories.UserFactory(role="Administrator", first_name="Grace", last_name="Oakland")
    assert "People" not in titles(client_of("Author"), "oakland")
    assert titles(client_of("Managing editor"), "oakland")["People"] == [str(stock["person"])]
    assert len(titles(client_of("Administrator"), "oakland")["People"]) == 2
    move_to_trash(stock["item"], None)
    for role in ("Author", "Administrator"):
        assert "Pages" not in titles(client_of(role), "fewer shootings")
    assert Client().get(reverse("find"), {"q": "oakland"}).status_code == 302
    assert Client().get(reverse("find_results"), {"q": "oakland"}).status_code == 302


def test_who_may_not_change_a_term_or_publisher_is_led_to_the_list_with_it(
    stock: dict[str, Any], client_of: Callable[[str], Client]
) -> None:
    author = client_of("Author")
    results = found(author, "oakland")
    for label in ("Places and tags", "Publishers", "Studies"):
        (link,) = results[label]
        answer = author.get(link[1])
        assert answer.status_code == 200
        assert link[0] in answer.content.decode()


def test_every_snippet_is_found() -> None:
    found_models = {model for kind in registered_kinds() if isinstance(kind, ModelKind) for model in kind.models}
    # Whether a URL is gone for good is looked up in its own list.
    assert set(get_snippet_models()) - {WithdrawnURL} <= found_models


def test_letters_without_accents_find_names_with_them(
    site_tree: factories.SiteTree, client_of: Callable[[str], Client]
) -> None:
    factories.PlaceTermFactory(name="Malmö")
    for words in ("malmo", "Malmö", "MALMO"):
        assert titles(client_of("Author"), words)["Places and tags"] == ["Malmö"]


@pytest.mark.parametrize("words", ODD)
@pytest.mark.parametrize("url_name", ["find", "find_results"])
def test_any_words_are_answered(
    stock: dict[str, Any], client_of: Callable[[str], Client], url_name: str, words: str
) -> None:
    answer = client_of("Administrator").get(reverse(url_name), {"q": words})
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


def test_an_empty_search_shows_what_the_person_worked_on_the_newest_first(
    stock: dict[str, Any], site_tree: factories.SiteTree
) -> None:
    author = factories.UserFactory(role="Managing editor")
    client = Client()
    client.force_login(author)
    assert found(client, "") == {}
    stock["item"].save_revision(user=author, log_action=True)
    place = PlaceTerm.objects.get(pk=stock["place"].pk)
    edit = reverse(PlaceTerm.snippet_viewset.get_url_name("edit"), args=[place.pk])
    assert client.post(edit, {"name": "Oakland", "slug": "oakland", "aliases": "The Town"}).status_code == 302
    assert titles(client, " ") == {"What you worked on last": ["Oakland", "Fewer shootings in Oakland"]}
    other = Client()
    other.force_login(factories.UserFactory(role="Managing editor"))
    assert found(other, "") == {}
    move_to_trash(stock["item"], None)
    assert titles(client, "") == {"What you worked on last": ["Oakland"]}


def test_the_queries_of_a_search_do_not_grow_with_what_it_finds(
    stock: dict[str, Any], site_tree: factories.SiteTree
) -> None:
    editor = factories.UserFactory(role="Managing editor")
    client = Client()
    client.force_login(editor)

    def queries(words: str, most: int = 30) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("find_results"), {"q": words})
        assert len(captured) <= most, "\n".join(query["sql"] for query in captured)
        return len(captured)

    stock["item"].save_revision(user=editor, log_action=True)
    queries("oakland")
    few, few_recent = queries("oakland"), queries("")
    for number in range(8):
        factories.NewsItemPageFactory(parent=site_tree.news, title=f"Oakland {number}").save_revision(
            user=editor, log_action=True
        )
        place = factories.PlaceTermFactory(name=f"Oakland {number}")
        factories.ImpactStatFactory(place=place)
        factories.PublisherFactory(name=f"Oakland Post {number}")
        factories.StudyFactory(short_name=f"Oakland {number}")
        factories.UserFactory(role="Author", last_name=f"Oakland {number}")
    queries("oakland", few)
    queries("", few_recent)
    limited = {len(results) for results in found(client, "oakland").values()}
    assert max(limited) == 6
