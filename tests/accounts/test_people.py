"""Inviting and managing people: who may manage which accounts, and how people get a password."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse

from site_core.accounts.models import User
from site_core.accounts.roles import EXPLANATIONS, Role
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PASSWORD = "a long enough pass phrase"


def person_with(role: Role | None, email: str, **fields: Any) -> User:
    """A user with this role, or with none."""
    person = User.objects.create_user(email, PASSWORD, first_name="Jo", last_name="Smith", **fields)
    if role:
        person.groups.add(Group.objects.get(name=role))
    return person


def logged_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def fields_of(*roles: Role, **changes: Any) -> dict[str, Any]:
    """The form data of a person with these roles."""
    return {
        "email": "new@example.org",
        "first_name": "New",
        "last_name": "Person",
        "groups": [Group.objects.get(name=role).pk for role in roles],
        "is_active": "on",
        **changes,
    }


def messages_in(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


@pytest.fixture
def managing_editor() -> User:
    return person_with(Role.MANAGING_EDITOR, "managing@example.org")


@pytest.fixture
def administrator() -> User:
    return person_with(Role.ADMINISTRATOR, "administrator@example.org")


@pytest.fixture
def superuser() -> User:
    return person_with(None, "superuser@example.org", is_superuser=True)


@pytest.fixture
def author() -> User:
    return person_with(Role.AUTHOR, "author@example.org")


def bulk_url(action: str, *people: User) -> str:
    ids = "&".join(f"id={person.pk}" for person in people)
    return reverse("wagtail_bulk_action", args=("accounts", "user", action)) + f"?{ids}"


class TestInvitation:
    def invite(self, inviter: User, **changes: Any) -> Any:
        return logged_in(inviter).post(
            reverse("wagtailusers_users:add"), fields_of(Role.AUTHOR, **changes), follow=True
        )

    def test_the_form_asks_for_no_password(self, managing_editor: User) -> None:
        form = logged_in(managing_editor).get(reverse("wagtailusers_users:add")).context["form"]
        assert list(form.fields) == ["email", "first_name", "last_name", "groups"]

    def test_the_person_gets_a_link_and_chooses_a_password(self, managing_editor: User) -> None:
        response = self.invite(managing_editor, email="New@Example.org")
        assert "An invitation has been sent to new@example.org." in messages_in(response)
        assert not User.objects.get(email="new@example.org").has_usable_password()

        invitation = mail.outbox[0]
        assert invitation.to == ["new@example.org"]
        assert invitation.subject == "Your login for the NNSC website"
        assert "Jo Smith has given you a login" in invitation.body
        link = re.search(r"http://localhost(/admin/password_reset/confirm/\S+)", str(invitation.body))
        assert link
        self.choose_password(link[1])

    @staticmethod
    def choose_password(link: str) -> None:
        client = Client()
        form = client.get(link, follow=True)
        response = client.post(form.request["PATH_INFO"], {"new_password1": PASSWORD, "new_password2": PASSWORD})
        assert response["Location"] == reverse("wagtailadmin_password_reset_complete")
        login = client.post(reverse("wagtailadmin_login"), {"username": "NEW@example.org", "password": PASSWORD})
        assert login["Location"] == reverse("wagtailadmin_home")
        assert "Invalid" in client.get(link, follow=True).content.decode(), "a link works once"

    def test_an_expired_link_can_be_replaced(self, managing_editor: User) -> None:
        self.invite(managing_editor)
        mail.outbox.clear()
        Client().post(reverse("wagtailadmin_password_reset"), {"email": "NEW@example.org"})
        link = re.search(r"http://localhost(/admin/password_reset/confirm/\S+)", str(mail.outbox[0].body))
        assert link
        self.choose_password(link[1])

    def test_nobody_inactive_gets_a_link(self, author: User) -> None:
        User.objects.update(is_active=False)
        Client().post(reverse("wagtailadmin_password_reset"), {"email": author.email})
        assert not mail.outbox

    def test_an_e_mail_address_in_another_case_is_the_same(self, managing_editor: User, author: User) -> None:
        response = self.invite(managing_editor, email="AUTHOR@example.org")
        assert response.context["form"].errors == {
            "email": ["Somebody with this email address already has an account. Change that account instead."]
        }
        assert response.context["form"]["first_name"].value() == "New"

    def test_a_role_is_needed(self, managing_editor: User) -> None:
        response = self.invite(managing_editor, groups=[])
        assert list(response.context["form"].errors) == ["groups"]

    def test_a_mail_that_cannot_be_sent_is_reported(
        self, managing_editor: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse_mail(*args: Any) -> None:
            raise ConnectionRefusedError

        monkeypatch.setattr(EmailBackend, "send_messages", refuse_mail)
        response = self.invite(managing_editor)
        assert "could not be sent" in messages_in(response)
        assert User.objects.filter(email="new@example.org").exists()


class TestRank:
    """A managing editor's rank ends below an Administrator's, and an Administrator's below a superuser's."""

    @pytest.mark.parametrize("above", ["administrator", "superuser"])
    def test_a_managing_editor_cannot_touch_those_above(
        self, managing_editor: User, above: str, request: pytest.FixtureRequest
    ) -> None:
        self.cannot_touch(managing_editor, request.getfixturevalue(above))

    def test_an_administrator_cannot_touch_a_superuser(self, administrator: User, superuser: User) -> None:
        self.cannot_touch(administrator, superuser)

    @staticmethod
    def cannot_touch(user: User, above: User) -> None:
        client = logged_in(user)
        edit = reverse("wagtailusers_users:edit", args=(above.pk,))
        author_role = Group.objects.get(name=Role.AUTHOR).pk
        for url, fields in [
            (edit, fields_of(Role.AUTHOR, email="taken@example.org")),
            (reverse("wagtailusers_users:delete", args=(above.pk,)), {}),
            (bulk_url("delete", user, above), {}),
            (bulk_url("assign_role", user, above), {"role": author_role}),
            (bulk_url("set_active_state", user, above), {"mark_as_active": "False"}),
        ]:
            assert client.get(url).status_code == 403, url
            assert client.post(url, fields).status_code == 403, url
        before = list(above.groups.all())
        above.refresh_from_db()
        assert above.is_active
        assert above.email != "taken@example.org"
        assert list(above.groups.all()) == before
        assert edit not in client.get(reverse("wagtailusers_users:index")).content.decode()

    def test_a_managing_editor_assigns_roles_up_to_their_own(self, managing_editor: User, author: User) -> None:
        client = logged_in(managing_editor)
        url = reverse("wagtailusers_users:edit", args=(author.pk,))
        client.post(url, fields_of(Role.EDITOR, Role.MANAGING_EDITOR))
        assert {group.name for group in author.groups.all()} == {Role.EDITOR, Role.MANAGING_EDITOR}

        response = client.post(url, fields_of(Role.ADMINISTRATOR))
        assert list(response.context["form"].errors) == ["groups"]
        client.post(url, fields_of(Role.AUTHOR, is_superuser="on"))
        author.refresh_from_db()
        assert not author.is_superuser

    def test_a_managing_editor_assigns_no_higher_role_in_bulk(self, managing_editor: User, author: User) -> None:
        client = logged_in(managing_editor)
        higher = Group.objects.get(name=Role.ADMINISTRATOR)
        response = client.post(bulk_url("assign_role", author, managing_editor), {"role": higher.pk})
        assert list(response.context["form"].errors) == ["role"]
        assert not higher.user_set.exists()
        client.post(bulk_url("assign_role", author), {"role": Group.objects.get(name=Role.EDITOR).pk})
        assert author.groups.filter(name=Role.EDITOR).exists()

    def test_groups_that_the_editor_may_not_assign_stay(self, managing_editor: User, author: User) -> None:
        author.groups.add(Group.objects.create(name="Interns"))
        logged_in(managing_editor).post(reverse("wagtailusers_users:edit", args=(author.pk,)), fields_of(Role.EDITOR))
        assert {group.name for group in author.groups.all()} == {Role.EDITOR, "Interns"}

    def test_an_administrator_manages_administrators_but_makes_no_superuser(self, administrator: User) -> None:
        other = person_with(Role.ADMINISTRATOR, "other@example.org")
        client = logged_in(administrator)
        client.post(
            reverse("wagtailusers_users:edit", args=(other.pk,)), fields_of(Role.ADMINISTRATOR, is_superuser="on")
        )
        other.refresh_from_db()
        assert other.first_name == "New"
        assert not other.is_superuser

    def test_a_superuser_makes_a_superuser(self, superuser: User, author: User) -> None:
        logged_in(superuser).post(reverse("wagtailusers_users:edit", args=(author.pk,)), fields_of(is_superuser="on"))
        author.refresh_from_db()
        assert author.is_superuser
        assert not author.groups.exists()

    @pytest.mark.parametrize("name", ["add", "index", "edit", "delete"])
    def test_authors_manage_nobody(self, author: User, name: str) -> None:
        other = person_with(Role.AUTHOR, "other@example.org")
        url = reverse(f"wagtailusers_users:{name}", args=(other.pk,) if name in ("edit", "delete") else ())
        assert logged_in(author).post(url, fields_of(Role.AUTHOR)).status_code in (302, 405)
        other.refresh_from_db()
        assert other.email == "other@example.org"
        assert User.objects.count() == 2


class TestOwnAccess:
    @pytest.mark.parametrize("who", ["managing_editor", "administrator", "superuser"])
    def test_nobody_locks_themselves_out(self, who: str, request: pytest.FixtureRequest) -> None:
        person = request.getfixturevalue(who)
        groups, is_superuser = list(person.groups.all()), person.is_superuser
        client = logged_in(person)
        client.post(
            reverse("wagtailusers_users:edit", args=(person.pk,)),
            {"email": "renamed@example.org", "first_name": "Renamed", "last_name": "Smith", "groups": []},
        )
        client.post(reverse("wagtailusers_users:delete", args=(person.pk,)))
        client.post(bulk_url("delete", person))
        client.post(bulk_url("set_active_state", person), {"mark_as_active": "False"})
        person.refresh_from_db()
        assert person.first_name == "Renamed"
        assert person.is_active
        assert list(person.groups.all()) == groups
        assert person.is_superuser == is_superuser

    def test_the_login_ignores_case(self, author: User) -> None:
        fields = {"username": "Author@Example.ORG", "password": PASSWORD}
        assert Client().post(reverse("wagtailadmin_login"), fields)["Location"] == reverse("wagtailadmin_home")


def test_the_list_of_people_shows_their_roles(client: Client) -> None:
    factories.UserFactory(role="Author")
    client.force_login(factories.UserFactory(role="Managing editor"))
    page = client.get(reverse("wagtailusers_users:index")).content.decode()
    assert "Author" in page
    assert "Managing editor" in page
    assert "Access level" not in page


def test_every_role_is_explained_where_it_is_chosen() -> None:
    client = logged_in(person_with(Role.ADMINISTRATOR, "administrator@example.org"))
    person = person_with(Role.AUTHOR, "author@example.org")
    role_form = reverse("wagtail_bulk_action", args=["accounts", "user", "assign_role"]) + f"?id={person.pk}"
    add, edit = reverse("wagtailusers_users:add"), reverse("wagtailusers_users:edit", args=[person.pk])
    for url in (add, edit, role_form):
        html = client.get(url).content.decode()
        assert [role for role in Role if f"{role}: {EXPLANATIONS[role]}" not in html] == [], url
