"""An email address, which is the login, changes by a link to the new one, and the old one is told."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from time_machine import TimeMachineFixture

from site_core.accounts.models import User
from tests.accounts.sign_in.people import SETTINGS, browser_at, mailed_link, signed_in
from tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NEW = "new@example.org"


def ask(person: User, email: str = NEW, password: str = PASSWORD) -> Any:
    return signed_in(person).post(SETTINGS, {"action": "email", "email": email, "password": password})


def email_of(person: User) -> str:
    return User.objects.get(pk=person.pk).email


def test_a_person_changes_their_own_with_the_password_and_the_link(mailoutbox: list[Any]) -> None:
    person = UserFactory(role="Author")
    old = person.email
    assert "not your password" in ask(person, password="wrong").content.decode()
    assert not mailoutbox
    assert ask(person, email=NEW.upper()).status_code == 302
    assert email_of(person) == old
    assert [message.to for message in mailoutbox] == [[NEW], [old]]
    assert "asked to change your email address to new@example.org" in mailoutbox[1].body

    link = mailed_link(0)
    assert browser_at().get(link).status_code == 200
    assert email_of(person) == old, "a mail scanner that opens the link changes nothing"
    assert browser_at().post(link)["Location"] == reverse("wagtailadmin_login")
    assert email_of(person) == NEW
    assert [old] in [message.to for message in mailoutbox[2:]]
    assert browser_at().post(link).status_code == 410, "the link works once"


def test_the_account_screen_alone_changes_nothing() -> None:
    person = UserFactory(role="Author")
    old = person.email
    posted = {"name_email-first_name": "Ex", "name_email-last_name": "Ample", "name_email-email": NEW}
    signed_in(person).post(reverse("wagtailadmin_account"), posted)
    assert email_of(person) == old


def test_the_link_expires_and_cannot_be_made_up(mailoutbox: list[Any], clock: TimeMachineFixture) -> None:
    person = UserFactory(role="Author")
    old = person.email
    ask(person)
    link = mailed_link(0)
    assert browser_at().post(link[:-3] + "AAA").status_code == 410
    assert browser_at().post(reverse("confirm_email")).status_code == 410
    clock.shift(60 * 60 * 24 * 4)
    assert browser_at().post(link).status_code == 410
    assert email_of(person) == old


def test_an_address_that_somebody_has_is_refused(mailoutbox: list[Any]) -> None:
    person, other = UserFactory(role="Author"), UserFactory(role="Author")
    assert "already has an account" in ask(person, email=other.email).content.decode()
    ask(person)
    other.email = NEW
    other.save()
    assert browser_at().post(mailed_link(0)).status_code == 410


class TestByAManagingEditor:
    def edit(self, editor: User, person: User) -> Any:
        fields = {"email": NEW, "first_name": "Ex", "last_name": "Renamed", "is_active": "on"}
        roles = [Group.objects.get(name="Author").pk]
        url = reverse("wagtailusers_users:edit", args=[person.pk])
        return signed_in(editor).post(url, {**fields, "groups": roles}, follow=True)

    def test_it_needs_the_link_too(self, mailoutbox: list[Any]) -> None:
        person = UserFactory(role="Author")
        old = person.email
        response = self.edit(UserFactory(role="Managing editor"), person)
        assert "changes once the link mailed to new@example.org is opened" in response.content.decode()
        person.refresh_from_db()
        assert (person.email, person.last_name) == (old, "Renamed")
        assert [message.to for message in mailoutbox] == [[NEW], [old]]
        browser_at().post(mailed_link(0))
        assert email_of(person) == NEW

    def test_their_own_changes_on_the_account_screen_only(self, mailoutbox: list[Any]) -> None:
        editor = UserFactory(role="Managing editor")
        old = editor.email
        self.edit(editor, editor)
        assert email_of(editor) == old
        assert not mailoutbox

    def test_somebody_without_a_password_goes_on_to_choose_one(self, mailoutbox: list[Any]) -> None:
        person = UserFactory(role="Author")
        person.set_unusable_password()
        person.save()
        self.edit(UserFactory(role="Managing editor"), person)
        client = browser_at()
        choose = client.post(mailed_link(0))["Location"]
        assert "Set your new password" in client.get(choose, follow=True).content.decode()
