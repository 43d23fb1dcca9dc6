"""Who has a second step needs it to get in, whichever way; from Editor up everybody needs one after ten days."""

import json
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestedCredentialData
from pyotp import TOTP
from time_machine import TimeMachineFixture

from site_core.accounts.demo_logins import create_first_logins
from site_core.accounts.models import SecondStep, User
from site_core.accounts.roles import Role
from site_core.accounts.sign_in import second_step
from tests.accounts.sign_in.people import (
    HOME,
    PAGE_OF_SECOND_STEP,
    SETTINGS,
    browser_at,
    enter_password,
    is_in,
    signed_in,
    with_app,
)
from tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# Answers of a browser that no browser gives: of another shape, cut off, nested without end.
_ANSWER: dict[str, Any] = {"id": "aWQ", "rawId": "aWQ", "type": "public-key"}
_RESPONSE = {"clientDataJSON": "e30", "signature": "aWQ"}
HOSTILE = [
    *("{}", "[]", "null", "nonsense", '"text"', "[" * 20, json.dumps({"id": 1})),
    json.dumps(_ANSWER | {"response": _RESPONSE}),
    json.dumps(_ANSWER | {"response": {**_RESPONSE, "authenticatorData": "aWQ"}}),
    json.dumps(_ANSWER | {"response": {**_RESPONSE, "authenticatorData": "Z" * 60}}),
]


class TestSigningIn:
    def test_the_password_alone_opens_nothing(self) -> None:
        person, _ = with_app()
        client = browser_at()
        assert enter_password(client, person)["Location"] == PAGE_OF_SECOND_STEP
        assert not is_in(client)
        for address in (HOME, "/_util/login/", reverse("wagtailadmin_account")):
            assert "/admin/login/" in client.get(address)["Location"]
        posted = {"username": person.email, "password": PASSWORD}
        assert client.post("/_util/login/", posted)["Location"].startswith("/admin/login/")
        assert not is_in(client)

    def test_a_code_of_the_app_opens_and_works_once(self) -> None:
        person, app = with_app()
        client = browser_at()
        enter_password(client, person, next="/admin/account/")
        code = app.now()
        assert client.post(PAGE_OF_SECOND_STEP, {"code": f"{code[:3]} {code[3:]}"})["Location"] == "/admin/account/"
        assert is_in(client)
        again = browser_at()
        enter_password(again, person)
        assert "it was used before" in again.post(PAGE_OF_SECOND_STEP, {"code": code}).content.decode()
        assert not is_in(again)

    def test_a_recovery_code_opens_and_works_once(self) -> None:
        person, _ = with_app()
        code = second_step.new_recovery_codes(person)[3]
        stored = person.second_steps.get(kind=SecondStep.Kind.CODES).secret
        assert code.replace("-", "") not in stored
        client = browser_at()
        enter_password(client, person)
        assert client.post(PAGE_OF_SECOND_STEP, {"code": code.upper()}).status_code == 302
        again = browser_at()
        enter_password(again, person)
        assert again.post(PAGE_OF_SECOND_STEP, {"code": code}).status_code == 200

    @pytest.mark.parametrize("credential", HOSTILE)
    def test_a_made_up_passkey_is_refused_in_words(self, credential: str) -> None:
        person, _ = with_app()
        key = ES256.from_cryptography_key(  # type: ignore[no-untyped-call]
            generate_private_key(SECP256R1()).public_key()
        )
        passkey = AttestedCredentialData.create(bytes(16), b"id", key)
        person.second_steps.create(kind=SecondStep.Kind.PASSKEY, name="Laptop", secret=websafe_encode(passkey))
        client = browser_at()
        enter_password(client, person)
        assert "challenge" in client.get(PAGE_OF_SECOND_STEP).content.decode()
        answer = client.post(PAGE_OF_SECOND_STEP, {"credential": credential})
        assert "That passkey was not accepted" in answer.content.decode()
        assert not is_in(client)

    def test_the_second_step_has_to_follow_within_ten_minutes(self, clock: TimeMachineFixture) -> None:
        person, app = with_app()
        client = browser_at()
        enter_password(client, person)
        clock.shift(601)
        assert client.post(PAGE_OF_SECOND_STEP, {"code": app.now()})["Location"] == "/admin/login/"
        assert not is_in(client)

    def test_a_password_that_changed_meanwhile_opens_nothing(self) -> None:
        person, app = with_app()
        client = browser_at()
        enter_password(client, person)
        person.set_password("another long password")
        person.save()
        assert client.post(PAGE_OF_SECOND_STEP, {"code": app.now()})["Location"] == "/admin/login/"

    def test_nobody_gets_to_the_second_step_without_the_first(self) -> None:
        with_app()
        assert browser_at().get(PAGE_OF_SECOND_STEP)["Location"] == "/admin/login/"

    def test_a_session_that_began_without_the_second_step_ends_at_the_door(self) -> None:
        """However it began: before the step was set up, or past the login page."""
        person, _ = with_app()
        client = Client()
        client.force_login(person)
        assert client.get(HOME)["Location"] == "/admin/login/?next=/admin/"
        assert "_auth_user_id" not in client.session


def test_the_logins_that_a_first_run_prints_open_the_admin() -> None:
    User.objects.all().delete()
    for login in create_first_logins():
        client = browser_at()
        assert enter_password(client, User.objects.get(email=login.email), login.password)["Location"] == HOME
        assert is_in(client)


class TestRequirement:
    @pytest.mark.parametrize("role", Role.values)
    def test_from_editor_up_it_is_required_after_ten_days(self, role: str, clock: TimeMachineFixture) -> None:
        person = UserFactory(role=role)
        assert is_in(signed_in(person))
        clock.shift(timedelta(days=11))
        client = browser_at()
        enter_password(client, person)
        home = client.get(HOME)
        if role == Role.AUTHOR:
            assert home.status_code == 200
            return
        assert home["Location"] == SETTINGS
        assert "Your role needs two-step sign-in" in client.get(SETTINGS).content.decode()
        assert client.post(reverse("wagtailadmin_account")).status_code == 403

    def test_the_time_of_grace_is_said_at_the_first_sign_in(self) -> None:
        client = signed_in(UserFactory(role="Editor"))
        assert "requires two-step sign-in" in browser_text(client, SETTINGS)

    def test_the_setting_can_require_it_of_nobody(self, clock: TimeMachineFixture, settings: object) -> None:
        settings.SECOND_STEP_REQUIRED_FROM = ""  # type: ignore[attr-defined]
        person = UserFactory(role="Administrator")
        signed_in(person)
        clock.shift(timedelta(days=11))
        assert is_in(signed_in(person))

    def test_a_promotion_begins_the_time_of_grace(self, clock: TimeMachineFixture) -> None:
        person = UserFactory(role="Author")
        signed_in(person)
        clock.shift(timedelta(days=50))
        person.groups.set([UserFactory(role="Editor").groups.get()])
        assert is_in(signed_in(person))
        person.refresh_from_db()
        assert person.second_step_due_at - timezone.now() > settings.SECOND_STEP_GRACE - timedelta(minutes=1)


def browser_text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


class TestSettingUp:
    def add_app(self, client: Client, password: str = PASSWORD, code: str | None = None) -> str:
        client.get(SETTINGS)
        code = code or TOTP(client.session["app_secret"]).now()
        posted = {"action": "app", "code": code, "password": password}
        return client.post(SETTINGS, posted).content.decode()

    def test_an_app_is_added_with_the_password_and_a_code(self) -> None:
        person = UserFactory(role="Editor")
        client = signed_in(person)
        assert "not your password" in self.add_app(client, password="wrong")
        assert "That code is wrong" in self.add_app(client, code="000000")
        assert not person.second_steps.exists()
        shown = self.add_app(client)
        assert "Recovery codes" in shown
        assert {step.kind for step in person.second_steps.all()} == {"app", "codes"}
        assert is_in(client), "it counts as taken where it was set up"

    def test_whoever_is_signed_in_elsewhere_has_to_take_it(self) -> None:
        person = UserFactory(role="Editor")
        elsewhere, client = signed_in(person), signed_in(person)
        self.add_app(client)
        assert not is_in(elsewhere)

    def test_the_last_step_takes_the_recovery_codes_with_it(self) -> None:
        person, _ = with_app()
        client = signed_in(person)
        app = person.second_steps.get(kind="app")
        client.post(SETTINGS, {"action": "remove", "step": app.pk, "password": PASSWORD})
        assert not person.second_steps.exists()

    def test_nobody_removes_the_step_of_somebody_else(self) -> None:
        other, _ = with_app()
        client = signed_in(UserFactory(role="Author"))
        posted = {"action": "remove", "step": other.second_steps.get().pk, "password": PASSWORD}
        assert client.post(SETTINGS, posted).status_code == 422
        assert other.second_steps.exists()

    def test_new_recovery_codes_end_the_earlier_ones(self) -> None:
        person, _ = with_app()
        client = signed_in(person)
        earlier = person.second_steps.get(kind="codes").secret
        client.post(SETTINGS, {"action": "codes", "password": PASSWORD})
        assert person.second_steps.get(kind="codes").secret != earlier


class TestReset:
    def url(self, person: object) -> str:
        return reverse("reset_second_step", args=[person.pk])  # type: ignore[attr-defined]

    def test_an_administrator_resets_somebody_elses_steps(self, mailoutbox: list[object]) -> None:
        person, _ = with_app()
        at_work = signed_in(person)
        administrator = UserFactory(role="Administrator")
        client = signed_in(administrator)
        assert self.url(person) in client.get(reverse("wagtailusers_users:index")).content.decode()
        assert client.get(self.url(person)).status_code == 200
        assert person.second_steps.exists()
        client.post(self.url(person))
        assert not person.second_steps.exists()
        assert not is_in(at_work)
        assert mailoutbox[-1].to == [person.email]  # type: ignore[attr-defined]
        assert is_in(signed_in(person))

    @pytest.mark.parametrize("role", ["Author", "Editor", "Managing editor"])
    def test_nobody_else_does(self, role: str) -> None:
        person, _ = with_app("Author")
        client = signed_in(UserFactory(role=role))
        assert client.post(self.url(person)).status_code == 403
        assert person.second_steps.exists()

    def test_nor_does_an_administrator_reset_their_own_or_those_of_a_superuser(self) -> None:
        administrator, _ = with_app("Administrator")
        superuser, _ = with_app("Author")
        superuser.is_superuser = True
        superuser.save()
        client = signed_in(administrator)
        assert client.post(self.url(administrator)).status_code == 403
        assert client.post(self.url(superuser)).status_code == 403


def test_the_code_to_scan_is_dark_on_light_in_the_dark_too() -> None:
    page = signed_in(UserFactory(role="Editor")).get(SETTINGS)
    assert '<path fill="#fff"' in page.context["qr_code"]
    assert 'stroke="#000"' in page.context["qr_code"]
