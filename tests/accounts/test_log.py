"""What people do to accounts, roles and rules leaves a row, which Administrators find in a report."""

import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from pyotp import TOTP
from wagtail.models import ModelLogEntry

from site_core.accounts.log import details_of
from site_core.accounts.models import User
from site_core.accounts.sign_in import second_step
from site_core.publishing.approval_rules import ApprovalRules
from tests.accounts.sign_in.people import (
    PAGE_OF_SECOND_STEP,
    SETTINGS,
    browser_at,
    enter_password,
    mailed_link,
    signed_in,
    with_app,
)
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

REPORT = reverse("account_log")


def rows(action: str) -> list[ModelLogEntry]:
    return list(ModelLogEntry.objects.filter(action=f"accounts.{action}").order_by("pk"))


def row(action: str) -> ModelLogEntry:
    """The only row of an action."""
    (entry,) = rows(action)
    return entry


def administrator() -> Client:
    client = Client()
    client.force_login(UserFactory(role="Administrator", first_name="Ada", last_name="Admin"))
    return client


class TestSigningIn:
    def test_a_sign_in_and_its_end_leave_a_row_with_the_network(self) -> None:
        person = UserFactory(role="Author")
        client = signed_in(person, address="192.0.2.7")
        client.post(reverse("wagtailadmin_logout"))
        for entry in (row("sign_in"), row("sign_out")):
            assert (entry.user, entry.object_id, entry.data["network"]) == (person, str(person.pk), "192.0.2.7")

    def test_the_second_step_is_in_the_row(self) -> None:
        person, app = with_app()
        client = browser_at()
        enter_password(client, person)
        assert not rows("sign_in")
        client.post(PAGE_OF_SECOND_STEP, {"code": "000000"})
        client.post(PAGE_OF_SECOND_STEP, {"code": app.now()})
        assert row("second_step_failed").object_id == str(person.pk)
        assert row("sign_in").data["second_step"] == "app"

    def test_a_wrong_password_leaves_a_row_of_the_account_without_the_password(self) -> None:
        person = UserFactory(role="Author")
        enter_password(browser_at("192.0.2.7"), person, "a wrong password")
        entry = row("sign_in_failed")
        assert (entry.object_id, entry.user, entry.data) == (str(person.pk), None, {"network": "192.0.2.7"})

    def test_what_is_typed_in_place_of_an_account_is_not_kept(self) -> None:
        enter_password(browser_at(), User(email="my secret password"), "x")
        assert row("sign_in_failed").label == "No such account"
        assert "secret" not in str(list(ModelLogEntry.objects.values()))

    def test_a_reset_leaves_rows_and_a_notice(self, mailoutbox: list[Any]) -> None:
        person = UserFactory(role="Author")
        client = browser_at()
        client.post(reverse("wagtailadmin_password_reset"), {"email": person.email})
        form: Any = client.get(mailed_link(), follow=True)
        new = "four unrelated umbrellas sing"
        client.post(form.request["PATH_INFO"], {"new_password1": new, "new_password2": new})
        assert row("reset_requested").object_id == str(person.pk)
        assert row("password_changed").user == person
        assert "Your password was changed." in mailoutbox[-1].body

    def test_second_steps_leave_rows(self) -> None:
        person = UserFactory(role="Editor")
        client = signed_in(person)
        client.get(SETTINGS)
        code = TOTP(client.session["app_secret"]).now()
        client.post(SETTINGS, {"action": "app", "code": code, "password": PASSWORD})
        client.post(SETTINGS, {"action": "end"})
        app = person.second_steps.get(kind="app")
        client.post(SETTINGS, {"action": "remove", "step": app.pk, "password": PASSWORD})
        for action in ("second_step_added", "recovery_codes_made", "sessions_ended", "second_step_removed"):
            assert row(action).user == person, action
        person.second_steps.create(kind="app", name="App", secret=second_step.new_app_secret())
        administrator().post(reverse("reset_second_step", args=[person.pk]))
        assert str(row("second_step_reset").user) == "Ada Admin"

    def test_a_change_of_the_email_address_leaves_rows(self, mailoutbox: list[Any]) -> None:
        person = UserFactory(role="Author")
        old = person.email
        signed_in(person).post(SETTINGS, {"action": "email", "email": "new@example.org", "password": PASSWORD})
        browser_at().post(mailed_link(0))
        assert row("email_change_requested").data["new"] == "new@example.org"
        assert row("email_changed").data | {"network": ""} == {"old": old, "new": "new@example.org", "network": ""}


def edit(client: Client, person: User, *roles: str, **changes: str) -> None:
    fields = {"email": person.email, "first_name": person.first_name, "last_name": person.last_name}
    groups = [Group.objects.get(name=role).pk for role in roles]
    url = reverse("wagtailusers_users:edit", args=[person.pk])
    assert client.post(url, {**fields, "is_active": "on", "groups": groups, **changes}).status_code == 302


def in_bulk(client: Client, action: str, *people: User, **fields: object) -> None:
    ids = "&".join(f"id={person.pk}" for person in people)
    url = reverse("wagtail_bulk_action", args=("accounts", "user", action)) + f"?{ids}"
    assert client.post(url, fields).status_code == 302


class TestChanges:
    def test_an_invitation_leaves_a_row(self) -> None:
        fields = {"email": "new@example.org", "first_name": "New", "last_name": "Person"}
        fields["groups"] = str(Group.objects.get(name="Author").pk)
        administrator().post(reverse("wagtailusers_users:add"), fields)
        assert row("invited").label == row("created").label == "New Person"

    def test_an_edit_of_a_person_leaves_what_changed(self) -> None:
        person = UserFactory(role="Author", first_name="Jo", last_name="Smith")
        edit(administrator(), person, "Author", first_name="Joanna")
        entry = row("changed")
        assert (str(entry.user), details_of(entry)) == ("Ada Admin", "first name: Jo → Joanna")

    def test_a_change_of_roles_leaves_what_was_added_and_removed(self) -> None:
        person = UserFactory(role="Author")
        edit(administrator(), person, "Editor")
        assert [entry.data for entry in rows("roles_changed")] == [{"remove": "Author"}, {"add": "Editor"}]

    def test_bulk_actions_leave_a_row_for_each_person(self) -> None:
        people = [UserFactory(role="Author") for _ in range(3)]
        client = administrator()
        in_bulk(client, "assign_role", *people, role=Group.objects.get(name="Editor").pk)
        in_bulk(client, "set_active_state", *people, mark_as_active="False")
        in_bulk(client, "delete", *people)
        ids = [str(person.pk) for person in people]
        for action in ("roles_changed", "changed", "deleted"):
            assert sorted(entry.object_id for entry in rows(action)) == sorted(ids), action
        assert {details_of(entry) for entry in rows("changed")} == {"is active: True → False"}

    def test_a_change_of_the_rules_leaves_what_changed(self) -> None:
        rules = ApprovalRules.load()
        url = reverse("wagtailsettings:edit", args=["publishing", "approvalrules", rules.pk])
        administrator().post(url, {"managing_editors_need_another": "on"})
        changed = {"editors need another": "True → False", "managing editors need another": "False → True"}
        entry = next(entry for entry in rows("changed") if entry.label == "Approval rules")
        assert details_of(entry) == "; ".join(f"{name}: {change}" for name, change in changed.items())

    def test_a_change_of_what_a_role_may_do_leaves_a_row(self) -> None:
        group = Group.objects.create(name="Interns")
        permission = Permission.objects.get(codename="access_admin")
        client = administrator()
        url = reverse("wagtailusers_groups:edit", args=[group.pk])
        form: Any = client.get(url)
        managed: dict[str, str] = {}
        for formset in [form.context["form"], *form.context["permission_panels"]]:
            if hasattr(formset, "management_form"):
                managed |= {f"{formset.prefix}-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
                managed |= {f"{formset.prefix}-MIN_NUM_FORMS": "0", f"{formset.prefix}-MAX_NUM_FORMS": "1000"}
        assert client.post(url, {"name": "Interns", "permissions": [permission.pk], **managed}).status_code == 302
        entry = row("permissions_changed")
        assert entry.label == "Interns"
        assert "Can use the admin" in entry.data["add"]

    def test_what_no_person_did_leaves_none(self) -> None:
        person = UserFactory(role="Author")
        person.first_name = "Changed by a command"
        person.save()
        assert not rows("changed")
        assert not rows("roles_changed")

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_an_export_leaves_a_row(self, kind: str) -> None:
        administrator().get(reverse("wagtailusers_users:index"))
        administrator().get(reverse("wagtailadmin_reports:aging_pages"), {"export": kind})
        entry = row("export")
        assert str(entry.user) == "Ada Admin"
        assert f".{kind}" in entry.data["file"]
        assert entry.data["path"] == reverse("wagtailadmin_reports:aging_pages")


class TestReport:
    def test_administrators_see_who_did_what_from_where(self) -> None:
        person = UserFactory(role="Author", first_name="Grace", last_name="Hopper")
        enter_password(browser_at("192.0.2.7"), person, "wrong")
        page = administrator().get(REPORT).content.decode()
        for words in ("Wrong password", "Grace Hopper", "192.0.2.7", "Ada Admin", "Signed in"):
            assert words in page

    def test_it_is_filtered_by_action_person_and_day(self) -> None:
        enter_password(browser_at(), UserFactory(role="Author", first_name="Grace"), "wrong")
        client = administrator()

        def shown(**query: str) -> list[str]:
            response: Any = client.get(REPORT, query)
            return [entry.action for entry in response.context["object_list"]]

        assert shown(action="accounts.sign_in_failed") == ["accounts.sign_in_failed"]
        assert shown(label="Grace") == ["accounts.sign_in_failed"]
        assert shown(user=str(User.objects.get(first_name="Ada").pk)) == ["accounts.sign_in"]
        assert shown(timestamp_from="2000-01-01", timestamp_to="2000-01-02") == []

    def test_it_is_a_csv_file_too(self) -> None:
        enter_password(browser_at("192.0.2.7"), UserFactory(role="Author", first_name="=Grace"), "wrong")
        response: Any = administrator().get(REPORT, {"export": "csv", "action": "accounts.sign_in_failed"})
        lines = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
        assert lines[0] == ["When (UTC)", "Who", "What", "About", "Details", "From"]
        assert lines[1][2] == "Wrong password"
        assert lines[1][3].startswith("'=Grace")
        assert lines[1][5] == "192.0.2.7"

    @pytest.mark.parametrize("role", ["Author", "Editor", "Managing editor"])
    def test_nobody_else_sees_it(self, role: str) -> None:
        client = Client()
        client.force_login(UserFactory(role=role))
        assert client.get(REPORT)["Location"] == reverse("wagtailadmin_home")
        assert "Sign-ins and accounts" not in client.get(reverse("wagtailadmin_home")).content.decode()
