"""A form that was opened before somebody else saved puts nothing back, of whatever kind the row is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail import hooks
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.test.utils.form_data import nested_form_data, streamfield

from site_core.organization.models import OrganizationSettings
from site_core.publishing.approval_rules import ApprovalRules
from tests import factories
from tests.publishing.admin_forms import edit_url, filled_in, filled_in_from

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
# What a script adds to the form of the organization.
BLOCKS = nested_form_data({"social_links": streamfield([]), "footer_links": streamfield([])})


def setting_url(setting: Any) -> str:
    return reverse("wagtailsettings:edit", args=[setting._meta.app_label, setting._meta.model_name, setting.pk])


def organization() -> OrganizationSettings:
    return OrganizationSettings.load()


def rules() -> ApprovalRules:
    return ApprovalRules.load()


# What is edited, its URL, the field that one person changes, and the field that the other does.
KINDS: dict[str, tuple[Callable[[], Any], Callable[[Any], str], str, str]] = {
    "publisher": (factories.PublisherFactory, edit_url, "name", "name"),
    "study": (factories.StudyFactory, edit_url, "title", "design"),
    "place": (factories.PlaceTermFactory, edit_url, "name", "region"),
    "component": (factories.ComponentTermFactory, edit_url, "name", "name"),
    "withdrawn URL": (factories.WithdrawnAddressFactory, edit_url, "note", "path"),
    "organization": (organization, setting_url, "parent", "address"),
    "redirect": (
        lambda: Redirect.add_redirect("/old", "https://example.org/"),
        lambda redirect: reverse("wagtailredirects:edit", args=[redirect.pk]),
        "redirect_link",
        "old_path",
    ),
    "person": (
        lambda: factories.UserFactory(role="Author", first_name="Ann", last_name="Smith"),
        lambda person: reverse("wagtailusers_users:edit", args=[person.pk]),
        "first_name",
        "last_name",
    ),
    "picture": (
        factories.SiteImageFactory,
        lambda image: reverse("wagtailimages:edit", args=[image.pk]),
        "description",
        "credit",
    ),
    "document": (
        factories.SiteDocumentFactory,
        lambda document: reverse("wagtaildocs:edit", args=[document.pk]),
        "title",
        "publisher",
    ),
}
VALUES = {"redirect_link": "https://example.org/changed/", "old_path": "/changed"}


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Administrator", is_superuser=True))
    return client


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_save_is_shown_what_the_first_has_changed(editor: Client, kind: str, site_tree: Any) -> None:
    make, url_of, mine, theirs = KINDS[kind]
    row = make()
    url = url_of(row)
    form = filled_in(editor, url, **BLOCKS, **{mine: VALUES.get(mine, "My words")})
    changed = VALUES.get(theirs, "Her words")
    type(row).objects.filter(pk=row.pk).update(**{theirs: changed})

    response = editor.post(url, form)

    assert response.status_code == 200
    text = response.content.decode()
    assert "Nothing is saved yet. While you were editing, this was changed elsewhere" in text
    assert f"is now “{changed}”" in text
    row = type(row).objects.get(pk=row.pk)
    assert getattr(row, theirs) == changed
    assert mine == theirs or getattr(row, mine) != form[mine]
    shown = filled_in_from(text, **BLOCKS)
    assert shown[mine].strip() == form[mine]
    # Who has seen it may save.
    assert editor.post(url, shown).status_code == 302
    assert getattr(type(row).objects.get(pk=row.pk), mine) == form[mine]


def test_what_is_saved_while_the_request_is_on_its_way_stays(editor: Client) -> None:
    """After the view has read the row, before it has locked it."""
    study = factories.StudyFactory(title="Title")
    form = filled_in(editor, edit_url(study), design="My words")

    def save_elsewhere(*args: object) -> None:
        type(study).objects.filter(pk=study.pk).update(title="Her words")

    with hooks.register_temporarily("before_edit_snippet", save_elsewhere):
        response = editor.post(edit_url(study), form)
    assert "is now “Her words”" in response.content.decode()
    assert type(study).objects.get(pk=study.pk).title == "Her words"


@pytest.mark.parametrize("kind", KINDS)
def test_a_save_that_puts_nothing_back_asks_nothing(editor: Client, kind: str, site_tree: Any) -> None:
    make, url_of, mine, _ = KINDS[kind]
    row = make()
    form = filled_in(editor, url_of(row), **BLOCKS, **{mine: VALUES.get(mine, "My words")})
    assert editor.post(url_of(row), form).status_code == 302
    # Sent twice, as by a double click.
    assert editor.post(url_of(row), form).status_code == 302


@pytest.mark.parametrize("sent", ["", "[]", "{", "null", '{"name": 5}', "\x00"])
def test_what_no_form_has_sent_fails_on_no_screen(editor: Client, sent: str) -> None:
    url = edit_url(factories.PublisherFactory())
    assert editor.post(url, filled_in(editor, url, opened_with=sent)).status_code in (200, 302)


def test_a_role_that_somebody_gave_meanwhile_stays(editor: Client) -> None:
    person = factories.UserFactory(role="Author", first_name="Ann", last_name="Smith")
    url = reverse("wagtailusers_users:edit", args=[person.pk])
    form = filled_in(editor, url, first_name="Anna")
    person.groups.set(Group.objects.filter(name="Editor"))
    assert "Roles is now “Editor”" in editor.post(url, form).content.decode()
    assert [group.name for group in person.groups.all()] == ["Editor"]


def test_the_rules_of_approving_are_compared_too(editor: Client) -> None:
    form = filled_in(editor, setting_url(rules()))
    ApprovalRules.objects.update(managing_editors_need_another=True)
    assert "changed elsewhere" in editor.post(setting_url(rules()), form).content.decode()
    assert ApprovalRules.objects.get().managing_editors_need_another


def test_a_promoted_result_that_somebody_added_stays(editor: Client, site_tree: Any) -> None:
    first = factories.SearchPromotionFactory()
    url = reverse("wagtailsearchpromotions:edit", args=[first.query_id])
    form = filled_in(editor, url, **{"editors_picks-0-DELETE": "1"})
    SearchPromotion.objects.create(query=first.query, external_link_url="https://example.org/", external_link_text="x")
    assert "The list is now “" in editor.post(url, form).content.decode()
    assert first.query.editors_picks.count() == 2


def test_an_administrator_leaves_alone_what_the_person_changes_in_this_very_moment(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading the row and saving it."""
    person = factories.UserFactory(role="Author", first_name="Ann")
    url = reverse("wagtailusers_users:edit", args=[person.pk])
    form = filled_in(editor, url, first_name="Anna")
    stock = type(person).full_clean

    def change_password(self: Any, *args: Any, **kwargs: Any) -> None:
        stock(self, *args, **kwargs)
        type(person).objects.filter(pk=person.pk).update(password="changed", last_name="Changed")

    monkeypatch.setattr(type(person), "full_clean", change_password)
    assert editor.post(url, form).status_code == 302
    person.refresh_from_db()
    assert (person.first_name, person.last_name, person.password) == ("Anna", "Changed", "changed")
