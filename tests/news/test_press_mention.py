"""Adding a press mention in the admin, on one screen."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from news.models import NewsItemPage, Publisher
from news.partial_date import PartialDate
from tests import factories
from tests.news.mention_form import add_item, errors_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def author(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Author"))
    return client


def test_the_admin_homepage_links_to_the_form(author: Client, site_tree: factories.SiteTree) -> None:
    page = author.get(reverse("wagtailadmin_home")).content.decode()
    assert "New press mention" in page
    assert reverse("wagtailadmin_pages:add", args=["news", "newsitempage", site_tree.news.pk]) in page


def test_every_field_of_the_form_is_stored(author: Client, site_tree: factories.SiteTree) -> None:
    factories.PublisherFactory(name="Example Gazette", aliases="The Gazette\nGazette")
    factories.PlaceTermFactory(name="High Example", aliases="HE")
    response = add_item(
        author,
        site_tree,
        link="https://Example.org/a?utm_source=mail&id=7#top",
        publisher="the gazette",
        places="he",
    )
    assert response.status_code == 302
    item = NewsItemPage.objects.get().get_latest_revision_as_object()
    assert item.link == "https://example.org/a?id=7"
    assert item.publisher.name == "Example Gazette"
    assert item.date == PartialDate(2018, 4)
    assert [place.name for place in item.places.all()] == ["High Example"]


def test_an_unknown_publisher_is_named_and_the_nearest_suggested(
    author: Client, site_tree: factories.SiteTree
) -> None:
    factories.PublisherFactory(name="Example Gazette")
    errors = errors_of(add_item(author, site_tree, publisher="Exmple Gazette", **{"action-submit": "yes"}))
    assert errors["publisher"] == ["“Exmple Gazette” is not a publisher on file. Did you mean “Example Gazette”?"]


@pytest.mark.parametrize(
    "link",
    ["example", "javascript:alert(1)", "ftp://example.org/a", "https://", "http://[x", "https://ex℀mple.org/"],
)
def test_a_link_that_is_no_whole_web_address_is_refused(
    author: Client, site_tree: factories.SiteTree, link: str
) -> None:
    response = add_item(author, site_tree, link=link)
    assert errors_of(response)["link"] == [
        "Write the whole address with https:// in front, such as https://example.org/page."
    ]
    assert link in response.content.decode()


@pytest.mark.parametrize(
    ("date", "sentence"),
    [
        ("last April", "is not a date. Use the most precise date you have"),
        ("April 31, 2018", "There is no April 31, 2018"),
        ("13/2018", "There is no month 13"),
        ("20188", "is not a date"),
    ],
)
def test_an_invalid_date_is_refused(author: Client, site_tree: factories.SiteTree, date: str, sentence: str) -> None:
    response = add_item(author, site_tree, date=date)
    assert sentence in errors_of(response)["date"][0]
    assert date in response.content.decode()


def test_an_unknown_tag_is_named_and_nothing_typed_is_lost(author: Client, site_tree: factories.SiteTree) -> None:
    factories.PlaceTermFactory(name="Exampleburg")
    typed = {"places": "Exampleburg, Nowhere", "summary": "What was typed.", "action-submit": "yes"}
    response = add_item(author, site_tree, **typed)
    assert "“Nowhere” is not a place on file." in errors_of(response)["places"][0]
    page = response.content.decode()
    assert "Nowhere" in page
    assert "What was typed." in page


@pytest.mark.parametrize("typed", ["北京", "Київ’s plan", "!!!"])
def test_a_headline_without_latin_letters_gets_an_address(
    author: Client, site_tree: factories.SiteTree, typed: str
) -> None:
    assert add_item(author, site_tree, title=typed, slug="").status_code == 302
    item = NewsItemPage.objects.get()
    assert item.slug
    item.save_revision().publish()
    assert author.get(item.url).status_code == 200


def test_a_headline_is_one_clean_line_and_can_be_exported(author: Client, site_tree: factories.SiteTree) -> None:
    response = add_item(author, site_tree, title="A\vheadline\r\nin\x07 parts\x00")
    assert response.status_code == 302
    assert NewsItemPage.objects.get().title == "A headline in parts"
    author.force_login(factories.UserFactory(role="Administrator"))
    exported = author.get(reverse("wagtailadmin_reports:aging_pages"), {"export": "xlsx"})
    assert exported.status_code == 200
    assert b"".join(exported).startswith(b"PK")


def test_a_publisher_is_found_in_another_spelling(author: Client, site_tree: factories.SiteTree) -> None:
    publisher = factories.PublisherFactory(name="L’Express de São Paulo", aliases="The Express’s")
    for typed in ("L'Express de\u00a0Sa\u0303o Paulo", "the express's"):
        NewsItemPage.objects.all().delete()
        assert add_item(author, site_tree, publisher=typed).status_code == 302
        assert NewsItemPage.objects.get().publisher == publisher
    with pytest.raises(ValidationError, match="already has that name"):
        Publisher(name="L'EXPRESS de Sa\u0303o Paulo").full_clean()


def test_another_paper_may_run_the_same_headline(author: Client, site_tree: factories.SiteTree) -> None:
    factories.NewsItemPageFactory(
        parent=site_tree.news, title="A Headline", publisher=factories.PublisherFactory(name="Example Gazette")
    )
    factories.PublisherFactory(name="Example Herald")
    response = add_item(author, site_tree, title="A Headline", slug="another", publisher="Example Herald")
    assert response.status_code == 302


def test_a_long_headline_is_stored_in_full(author: Client, site_tree: factories.SiteTree) -> None:
    headline = "Long " * 50 + "ended"
    assert len(headline) == 255
    assert add_item(author, site_tree, title=headline, slug="long").status_code == 302
    assert NewsItemPage.objects.get().get_latest_revision_as_object().title == headline


def test_two_versions_with_different_dates_can_be_compared(client: Client, site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, date=PartialDate(2018, 4))
    item.date = PartialDate(2019, 5, 7)
    item.save_revision()
    client.force_login(factories.UserFactory(role="Editor"))
    compared = reverse("wagtailadmin_pages:revisions_compare", args=[item.pk, "live", "latest"])
    assert "May 7, 2019" in client.get(compared).content.decode()
