"""“Fill in from the article” in the form of a press mention, with scripts and without."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from news.article.fill_in import TOO_MANY
from news.article.link_input import BUTTON
from news.models import NewsItemPage
from tests import factories
from tests.news.article.conftest import SITE
from tests.news.article.pages import HEADLINE, REFUSED, og, page, published
from tests.news.mention_form import add_item
from tests.outgoing.web import Reply, Web

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
STORY = f"http://{SITE}/og"


@pytest.fixture
def author(client: Client, site_tree: factories.SiteTree) -> Client:
    client.force_login(factories.UserFactory(role="Author"))
    return client


def read(author: Client, path: str, **typed: str) -> Any:
    cache.clear()
    return author.post(reverse("read_article"), {"link": f"http://{SITE}/{path}", "item_type": "news", **typed}).json()


def test_empty_boxes_are_filled_and_what_is_typed_stays(author: Client, reads_newspaper: Web) -> None:
    answer = read(author, "og-opinion")
    assert answer["fields"] == {
        "title": f"Opinion | {HEADLINE}",
        "publisher": "Example Gazette",
        "date": "April 3, 2018",
        "item_type": "opinion",
    }
    assert answer["says"] == "Filled in from the article: headline, publisher, date, type. Please check."
    kept = read(author, "og-opinion", title="Typed", publisher="Typed", date="2019", item_type="report")
    assert kept["fields"] == {}


def test_the_publisher_is_found_by_name_alias_or_domain(author: Client, reads_newspaper: Web) -> None:
    on_file = factories.PublisherFactory(name="The Gazette of Exampleburg", aliases="Example Gazette")
    assert read(author, "og")["fields"]["publisher"] == "The Gazette of Exampleburg"
    on_file.aliases, on_file.website = "", "https://www.gazette.example/"
    on_file.save()
    assert read(author, "shown")["fields"]["publisher"] == "The Gazette of Exampleburg"
    on_file.website = "https://zette.example/"
    on_file.save()
    assert "publisher" not in read(author, "shown")["fields"]


def test_tags_are_proposed_by_the_longest_name_and_never_applied(author: Client, reads_newspaper: Web) -> None:
    for name in ("York", "High Point", "Point", "Reading", "Exampleburg", "Newark"):
        factories.PlaceTermFactory(name=name)
    factories.PlaceTermFactory(name="Old Town", archived=True)
    factories.StrategyTermFactory(name="Group Violence Intervention", aliases="GVI")
    text = "New York and High Point read it; reading helps. Old Town. The gvi is no GVI in Newarks, but Newark’s is."
    reads_newspaper.pages[f"{SITE}/tags"] = page(og(title=HEADLINE) + published("2018"), f"<p>{text}</p>")
    answer = read(author, "tags", places="Exampleburg")
    assert answer["tags"] == {"places": ["High Point", "Newark"], "strategies": ["Group Violence Intervention"]}
    assert set(answer["fields"]) == {"title", "date"}


def test_each_page_that_is_not_read_says_why_and_the_form_stays(author: Client, reads_newspaper: Web) -> None:
    for path, (_, words) in REFUSED.items():
        answer = read(author, path)
        assert words in answer["says"], path
        assert answer["says"].endswith("Your form is as it was. Please type in what you know.")
        assert (answer["fields"], answer["tags"]) == ({}, {})
    assert "does not state a headline" in read(author, "none")["says"]
    reads_newspaper.pages["closed.example/robots.txt"] = Reply("User-agent: *\nDisallow: /", content_type="text/plain")
    cache.clear()
    closed = author.post(reverse("read_article"), {"link": "http://closed.example/a"}).json()
    assert "does not allow programs" in closed["says"]


def test_ten_pages_a_minute_are_read_for_one_person(author: Client, reads_newspaper: Web) -> None:
    says = [author.post(reverse("read_article"), {"link": f"http://{SITE}/og"}).json()["says"] for _ in range(11)]
    assert [each == TOO_MANY for each in says] == [False] * 10 + [True]
    author.force_login(factories.UserFactory(role="Author"))
    assert read(author, "og")["fields"]


def test_a_mention_on_file_is_named_with_a_link(author: Client, site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, title="On file", link=f"https://www.{SITE}/og")
    url = reverse("link_on_file")
    answer = author.get(url, {"link": f"{SITE}/og/?utm_source=mail"}).json()
    assert "“On file”" in answer["says"]
    assert author.get(answer["url"]).status_code == 200
    for nothing in ({"link": STORY, "page": item.pk}, {"link": "http://[x"}, {"link": "words"}, {}):
        assert author.get(url, nothing).json() == {}


def test_without_scripts_the_button_shows_the_form_filled_in(
    author: Client, site_tree: factories.SiteTree, reads_newspaper: Web
) -> None:
    factories.PlaceTermFactory(name="Exampleburg")
    typed = {"title": "", "slug": "", "date": "", "link": f"{STORY}?utm_source=mail", "summary": "Typed words."}
    response = add_item(author, site_tree, **typed, **{BUTTON: "yes"})
    form = BeautifulSoup(response.content, "html.parser")
    values = {name: form.select(f"[name={name}]")[0]["value"] for name in ("title", "publisher", "date", "link")}
    assert values == {"title": HEADLINE, "publisher": "Example Gazette", "date": "April 3, 2018", "link": STORY}
    shown = form.select("article-link")[0].get_text(" ", strip=True)
    assert "Filled in from the article: headline, publisher, date. Please check." in shown
    assert "What it says." in shown
    assert "Proposed places: Exampleburg" in shown
    assert "Typed words." in form.get_text()
    assert not form.select(".error-message")
    assert not NewsItemPage.objects.exists()


def test_a_failed_fetch_loses_nothing_and_the_item_is_saved(
    author: Client, site_tree: factories.SiteTree, reads_newspaper: Web
) -> None:
    link = f"http://{SITE}/forbidden"
    response = add_item(author, site_tree, link=link, title="Typed", **{BUTTON: "yes"})
    assert "error 403" in response.content.decode()
    assert 'value="Typed"' in response.content.decode()
    assert add_item(author, site_tree, link=link, title="Typed").status_code == 302
    assert NewsItemPage.objects.get().link == link


def test_an_item_that_is_edited_is_filled_in_as_well(
    author: Client, site_tree: factories.SiteTree, reads_newspaper: Web
) -> None:
    add_item(author, site_tree, title="Typed", link=STORY)
    item = NewsItemPage.objects.get()
    posted = {"link": STORY, "title": "Typed", "item_type": "news", "body-count": "0", BUTTON: "yes"}
    comments = {f"comments-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    response = author.post(reverse("wagtailadmin_pages:edit", args=[item.pk]), posted | comments)
    assert response.status_code == 200
    assert "Filled in from the article: publisher, date" in response.content.decode()
    item.refresh_from_db()
    assert item.get_latest_revision_as_object().publisher is None
