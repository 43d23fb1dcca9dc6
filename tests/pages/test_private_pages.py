"""A private page opens for its readers, tells others nothing, and is stored nowhere."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from site_core.accounts.roles import Role
from tests import factories
from tests.page_cache.trials.asking import Counting, ask, in_this_transaction, store_in

pytestmark = pytest.mark.django_db

SECRET, TITLE = "open sesame", "What only some may read"


@pytest.fixture
def page(site_tree: factories.SiteTree) -> Any:
    return factories.TextPageFactory(parent=site_tree.home, title=TITLE, slug="private")


def restricted(page: Page, kind: str, *roles: Role) -> PageViewRestriction:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password=SECRET)
    restriction.groups.set(Group.objects.filter(name__in=roles))
    return restriction


def door_of(client: Client, url: str) -> Any:
    """What a visitor without the right sees, which tells nothing of the page and is stored nowhere."""
    response = client.get(url, follow=True)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert TITLE not in response.content.decode()
    assert "An invented page" not in response.content.decode()
    return response


def is_shown(response: Any) -> bool:
    """Whether the page is shown, as to nobody else: such a response is stored nowhere."""
    if TITLE not in response.content.decode():
        return False
    assert "no-store" in response["Cache-Control"]
    return True


def test_the_password_opens_the_page_and_those_below_it(client: Client, page: Any) -> None:
    restricted(page, PageViewRestriction.PASSWORD)
    below = factories.TextPageFactory(parent=page)
    action = door_of(client, page.url).context["action_url"]
    wrong = client.post(action, {"password": "a guess", "return_url": page.url})
    assert "not correct" in wrong.content.decode()
    assert not is_shown(client.get(page.url))
    assert is_shown(client.post(action, {"password": SECRET, "return_url": page.url}, follow=True))
    assert client.get(below.url).status_code == 200
    assert door_of(Client(), page.url)


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.GROUPS])
def test_who_has_an_account_signs_in_and_reads_on(client: Client, page: Any, kind: str) -> None:
    restricted(page, kind, Role.EDITOR)
    author, editor = factories.UserFactory(role="Author"), factories.UserFactory(role="Editor")
    signing_in = reverse("wagtailadmin_login")
    door = door_of(client, page.url)
    assert door.redirect_chain[-1] == (f"{signing_in}?next={page.url}", 302)
    posted = {"password": factories.PASSWORD, "next": door.context["next"]}
    by_author = client.post(signing_in, {**posted, "username": author.email}, follow=True)
    assert is_shown(by_author) == (kind == PageViewRestriction.LOGIN)
    assert is_shown(client.post(signing_in, {**posted, "username": editor.email.upper()}, follow=True))


def test_who_was_deactivated_does_not_enter(client: Client, page: Any) -> None:
    restricted(page, PageViewRestriction.LOGIN)
    former = factories.UserFactory(role="Administrator")
    client.force_login(former)
    assert is_shown(client.get(page.url))
    type(former).objects.update(is_active=False)
    assert door_of(client, page.url)
    posted = {"username": former.email, "password": factories.PASSWORD, "next": page.url}
    assert not is_shown(client.post(reverse("wagtailcore_login"), posted, follow=True))


def test_a_door_to_another_site_leads_to_the_admin(client: Client, site_tree: factories.SiteTree) -> None:
    person = factories.UserFactory(role="Author")
    door = client.get(reverse("wagtailcore_login"), {"next": "https://example.org/elsewhere"})["Location"]
    posted = {"username": person.email, "password": factories.PASSWORD, "next": "https://example.org/elsewhere"}
    assert client.post(door, posted)["Location"] == reverse("wagtailadmin_home")


def test_the_address_of_the_password_form_tells_nothing_of_any_page(client: Client, page: Any) -> None:
    restriction = restricted(page, PageViewRestriction.PASSWORD)
    draft = factories.TextPageFactory(parent=page, title=TITLE, draft=True)
    for pk in (page.pk, draft.pk, Page.get_first_root_node().pk):
        door_of(client, reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, pk]))


def test_a_document_in_a_collection_with_a_password_can_be_opened(client: Client, site_tree: Any) -> None:
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="password", password=SECRET)
    document = factories.SiteDocumentFactory(collection=private)
    door = door_of(client, document.url)
    opened: Any = client.post(
        door.context["action_url"], {"password": SECRET, "return_url": document.url}, follow=True
    )
    assert b"".join(opened.streaming_content) == b"An example."


@pytest.mark.parametrize("kind", [PageViewRestriction.PASSWORD, PageViewRestriction.LOGIN])
def test_no_door_is_kept_by_the_page_store(page: Any, tmp_path: Path, kind: str) -> None:
    restriction = restricted(page, kind)
    form = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
    django_site = Counting()
    store = store_in(tmp_path, django_site)
    doors = [page.url, form, reverse("wagtailcore_login")]
    with in_this_transaction():
        for door in doors * 2:
            ask(store, door)
    assert django_site.renders == 2 * len(doors)
