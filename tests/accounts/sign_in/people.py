"""People who sign in from somewhere."""

import re
from typing import Any

from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pyotp import TOTP

from site_core.accounts.models import SecondStep, User
from site_core.accounts.sign_in import second_step
from tests.factories import PASSWORD, UserFactory

HOME = reverse("wagtailadmin_home")
SETTINGS = "/admin/account/sign-in/"
PAGE_OF_SECOND_STEP = "/admin/login/second-step/"


def browser_at(address: str = "192.0.2.1", **headers: str) -> Client:
    """Somebody's browser at an address of the Internet."""
    return Client(headers=headers, REMOTE_ADDR=address)


def enter_password(client: Client, person: User, password: str = PASSWORD, **more: str) -> HttpResponse:
    posted = {"username": person.email, "password": password, **more}
    response: Any = client.post(reverse("wagtailadmin_login"), posted)
    return response


def signed_in(person: User, **client: str) -> Client:
    """A browser in which somebody has signed in, with every step that they have."""
    browser = browser_at(**client)
    enter_password(browser, person)
    if person.second_steps.exists():
        browser.post(PAGE_OF_SECOND_STEP, {"code": second_step.new_recovery_codes(person)[0]})
    assert is_in(browser)
    return browser


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def with_app(role: str = "Editor") -> tuple[User, TOTP]:
    """Somebody who has an authenticator app, and the app."""
    person = UserFactory(role=role)
    secret = second_step.new_app_secret()
    person.second_steps.create(kind=SecondStep.Kind.APP, name="Authenticator app", secret=secret)
    return person, TOTP(secret)


def mailed_link(number: int = -1) -> str:
    """The path of the link in a mail."""
    found = re.search(r"http://localhost(/\S+)", str(mail.outbox[number].body))
    assert found
    return found[1]
