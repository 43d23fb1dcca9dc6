"""Names that are not on file: a draft keeps them, whoever may adds them in place, and publishing waits for them."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from news.models import NewsItemPage, Publisher
from site_core.taxonomy.models import PlaceTerm, Term
from tests import factories
from tests.news.mention_form import add_item, errors_of, mention_form

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROLES = ("Author", "Editor", "Managing editor", "Administrator")
MAKES_TERMS = ("Managing editor", "Administrator")
PLACES, PUBLISHERS = "/admin/terms/place/names/", "/admin/publishers/names/"


def of_role(role: str) -> Client:
    client = Client()
    client.force_login(factories.UserFactory(role=role))
    return client


@pytest.fixture
def author() -> Client:
    return of_role("Author")


def home_of(role: str) -> str:
    return of_role(role).get(reverse("wagtailadmin_home")).content.decode()


def draft() -> Any:
    return NewsItemPage.objects.get().get_latest_revision_as_object()


def edit_url() -> str:
    return reverse("wagtailadmin_pages:edit", args=[NewsItemPage.objects.get().pk])


def names(item: Any) -> list[str]:
    return [place.name for place in item.places.all()]


@pytest.mark.parametrize("role", ROLES)
def test_a_draft_keeps_names_that_are_not_on_file_and_shows_them_again(
    role: str, site_tree: factories.SiteTree
) -> None:
    factories.PlaceTermFactory(name="Exampleburg")
    writer = of_role(role)
    response = add_item(writer, site_tree, publisher="Example Courant", places='Exampleburg, "Example, Dayton"')
    assert response.status_code == 302
    assert names(draft()) == ["Exampleburg"]
    assert draft().asked_for == {"publisher": ["Example Courant"], "places": ["Example, Dayton"]}
    form = writer.get(edit_url()).context["form"]
    assert form["publisher"].value() == "Example Courant"
    assert "Example Courant" in str(form["publisher"])
    assert "Example, Dayton" in str(form["places"])
    assert not Publisher.objects.exists()
    assert Term.objects.count() == 1


def test_autosave_keeps_them(author: Client, site_tree: factories.SiteTree) -> None:
    add_item(author, site_tree)
    typed = mention_form(publisher="Example Courant", places="Dayton")
    answer = author.post(edit_url(), typed, headers={"accept": "application/json"})
    assert answer.status_code == 200, answer.content
    assert answer.json()["success"]
    assert draft().asked_for == {"publisher": ["Example Courant"], "places": ["Dayton"]}


def test_a_draft_of_a_public_item_keeps_them_beside_what_is_public(
    author: Client, site_tree: factories.SiteTree
) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, publisher=factories.PublisherFactory(name="Gazette"))
    assert author.post(edit_url(), mention_form(publisher="Example Courant", places="Dayton")).status_code == 302
    item.refresh_from_db()
    assert item.publisher.name == "Gazette"
    assert item.asked_for == {}
    assert draft().asked_for["places"] == ["Dayton"]


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_publishing_and_review_ask_at_the_box(action: str, site_tree: factories.SiteTree) -> None:
    factories.PublisherFactory(name="Example Gazette")
    response = add_item(of_role("Editor"), site_tree, publisher="Exmple Gazette", places="Dayton", **{action: "yes"})
    errors = errors_of(response)
    assert errors["publisher"] == ["“Exmple Gazette” is not a publisher on file. Did you mean “Example Gazette”?"]
    assert errors["places"] == ["“Dayton” is not a place on file. A managing editor can add it under Places and tags."]
    assert 'value="Exmple Gazette"' in response.content.decode()
    assert not NewsItemPage.objects.exists()


def test_no_other_way_publishes_a_draft_with_them(author: Client, site_tree: factories.SiteTree) -> None:
    add_item(author, site_tree, publisher="Example Courant", places="Dayton")
    editor = factories.UserFactory(role="Editor")
    revision = NewsItemPage.objects.get().latest_revision
    with pytest.raises(ValidationError) as refused:
        revision.publish(user=editor)
    assert set(refused.value.message_dict) == {"publisher", "places"}
    factories.PlaceTermFactory(name="Dayton")
    with pytest.raises(ValidationError, match="“Dayton” is on file now"):
        revision.publish(user=editor)


def test_a_name_that_is_on_file_by_now_is_chosen_with_the_next_save(
    author: Client, site_tree: factories.SiteTree
) -> None:
    add_item(author, site_tree, publisher="Example Courant", places="Dayton")
    factories.PlaceTermFactory(name="Dayton")
    publisher = factories.PublisherFactory(name="Example Courant")
    author.post(edit_url(), mention_form(publisher="Example Courant", places="Dayton"))
    assert names(draft()) == ["Dayton"]
    assert draft().publisher == publisher
    assert draft().asked_for == {}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_what_it_can_do_about_a_name(role: str) -> None:
    factories.PlaceTermFactory(name="Boston")
    makes_terms = role in MAKES_TERMS
    (bostn,) = of_role(role).get(PLACES, {"typed": "boston, Bostn"}).json()["unknown"]
    assert bostn["nearest"] == "Boston"
    assert bostn["add"] == ("Add “Bostn”" if makes_terms else "")
    assert ("asked for" in bostn["says"]) is not makes_terms
    (courant,) = of_role(role).get(PUBLISHERS, {"typed": "Hartford Courant"}).json()["unknown"]
    assert courant["add"] == "Add “Hartford Courant”"


@pytest.mark.parametrize("role", ROLES)
def test_each_role_adds_what_it_may(role: str) -> None:
    answer = of_role(role).post(PUBLISHERS, {"name": " Hartford  Courant "})
    assert answer.json() == {"name": "Hartford Courant"}
    assert Publisher.objects.get().name == "Hartford Courant"
    answer = of_role(role).post(PLACES, {"name": "Dayton"})
    assert answer.status_code == (200 if role in MAKES_TERMS else 403)
    assert PlaceTerm.objects.filter(name="Dayton").exists() is (role in MAKES_TERMS)


@pytest.mark.parametrize(
    "typed", ["BOGOTÁ", "Bogota", " bogotá\u00a0", "Santa Fe de Bogota\u0301", "santa fe de bogota"]
)
def test_what_is_on_file_in_another_spelling_is_found_and_not_made(typed: str) -> None:
    factories.PlaceTermFactory(name="Bogotá", aliases="Santa Fe de Bogotá")
    manager = of_role("Managing editor")
    assert manager.get(PLACES, {"typed": typed}).json()["unknown"] == []
    assert manager.post(PLACES, {"name": typed}).json() == {"name": "Bogotá"}
    assert PlaceTerm.objects.count() == 1


def test_a_name_that_cannot_be_added_is_refused_in_a_sentence() -> None:
    manager = of_role("Managing editor")
    for name in ("", "x" * 300, "\x00"):
        answer = manager.post(PLACES, {"name": name})
        assert answer.status_code == 400
        assert answer.json()["refused"]
    assert manager.post("/admin/terms/person/names/", {"name": "Example"}).status_code == 404


def test_what_is_added_in_place_has_its_maker_in_its_history() -> None:
    manager = of_role("Managing editor")
    manager.post(PLACES, {"name": "Dayton"})
    place = PlaceTerm.objects.get()
    history = manager.get(reverse("wagtailsnippets_taxonomy_placeterm:history", args=[place.pk])).content.decode()
    assert "Created" in history


@pytest.mark.parametrize(("role", "offer"), [("Author", "Ask for “York”"), ("Managing editor", "Add “York”")])
def test_the_list_below_a_tag_box_offers_a_name_that_is_not_on_file(role: str, offer: str) -> None:
    factories.PlaceTermFactory(name="New York")
    writer, url = of_role(role), reverse("term_suggestions", args=["place"])
    *on_file, last = writer.get(url, {"term": "York"}).json()
    assert on_file == ["New York"]
    assert (last["label"], last["value"]) == (offer, "York")
    assert writer.get(url, {"term": "new y"}).json() == ["New York"]


def test_who_may_add_tags_sees_on_the_home_page_what_drafts_ask_for(
    author: Client, site_tree: factories.SiteTree
) -> None:
    factories.PlaceTermFactory(name="Boston")
    add_item(author, site_tree, places="Bostn, Dayton")
    home = {role: home_of(role) for role in ROLES}
    for role in ROLES:
        assert ("Tags that drafts ask for" in home[role]) is (role in MAKES_TERMS)
    assert "Dayton" in home["Managing editor"]
    assert "Place, perhaps “Boston,” in “Example headline”" in home["Managing editor"]
    factories.PlaceTermFactory(name="Dayton", aliases="Bostn")
    assert (
        "Tags that drafts ask for" not in of_role("Managing editor").get(reverse("wagtailadmin_home")).content.decode()
    )
