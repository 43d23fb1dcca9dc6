"""A thousand wrong passwords are refused, from one network or from many, and nobody else is locked out by them."""

from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from time_machine import TimeMachineFixture

from site_core.accounts.models import User
from site_core.accounts.networks import network_of
from site_core.accounts.sign_in import throttle
from site_core.accounts.sign_in.login_views import LimitedLoginForm
from tests.accounts.sign_in.people import (
    PAGE_OF_SECOND_STEP,
    browser_at,
    enter_password,
    mailed_link,
    signed_in,
    with_app,
)
from tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LIMITS = settings.SIGN_IN_LIMITS["password"]
HERE, NETWORK = (LIMITS[name][0] for name in ("account_and_network", "network"))


@pytest.fixture
def person() -> User:
    user: User = UserFactory(role="Author")
    return user


def lets_in(person: User, address: str, password: str = PASSWORD) -> bool:
    """Whether the form of the login page takes this password, sent from this address."""
    request = RequestFactory().post(reverse("wagtailadmin_login"), REMOTE_ADDR=address)
    return bool(LimitedLoginForm(request, data={"username": person.email, "password": password}).is_valid())


def address(number: int) -> str:
    return f"198.51.{number // 250}.{number % 250 + 1}"


def test_a_thousand_wrong_passwords_from_one_network_are_refused_there_alone(person: User) -> None:
    other = UserFactory(role="Author")
    assert not any(lets_in(person, "192.0.2.1", f"wrong {number}") for number in range(1000))
    assert not lets_in(person, "192.0.2.1"), "the right one is refused, too"
    assert lets_in(person, "192.0.2.2"), "the person is not locked out elsewhere"
    assert lets_in(other, "192.0.2.1"), "nor are their colleagues in the same network"


@pytest.mark.sweep
def test_a_thousand_wrong_passwords_from_as_many_networks_are_refused_and_the_person_gets_in(person: User) -> None:
    other = UserFactory(role="Author")
    assert not any(lets_in(person, address(number), f"wrong {number}") for number in range(1000))
    assert not any(lets_in(person, address(number)) for number in range(1000)), "none of them has a second attempt"
    assert lets_in(person, "192.0.2.2")
    assert lets_in(other, address(1))


def test_one_password_tried_on_a_thousand_accounts_is_refused(person: User) -> None:
    names = [User(email=f"somebody{number}@example.org") for number in range(1000)]
    assert not any(lets_in(one, "192.0.2.1", "a common password") for one in names)
    assert not lets_in(person, "192.0.2.1")
    assert lets_in(person, "192.0.2.2")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared_cache")
        assert cursor.fetchone()[0] < 3 * NETWORK, "what is refused leaves no counters"


def test_the_page_says_so_and_for_how_long(person: User, clock: TimeMachineFixture) -> None:
    client = browser_at()
    answers = [enter_password(client, person, "wrong") for _ in range(HERE + 1)]
    assert [answer.status_code for answer in answers] == [200] * HERE + [429]
    assert "Too many attempts. Wait 15 minutes, then try again." in answers[-1].content.decode()
    clock.shift(LIMITS["account_and_network"][1] + 1)
    assert enter_password(client, person).status_code == 302


def test_right_passwords_are_never_too_many(person: User) -> None:
    assert all(lets_in(person, "192.0.2.1") for _ in range(NETWORK + 1))
    for _ in range(NETWORK - 1):
        assert not lets_in(person, "192.0.2.1", "a slip")
        assert lets_in(person, "192.0.2.1")


@pytest.mark.parametrize("written", ["2001:db8:1:2::1", "2001:db8:1:2:ffff::1"])
def test_a_network_is_an_address_or_what_a_household_has_of_them(written: str) -> None:
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=written)) == "2001:db8:1:2::/64"
    assert network_of(RequestFactory().get("/", REMOTE_ADDR="::ffff:192.0.2.1")) == "192.0.2.1"
    assert network_of(RequestFactory().get("/", REMOTE_ADDR="made up")) == ""


def test_a_visitor_cannot_make_up_an_address(person: User) -> None:
    for number in range(HERE):
        made_up = {"x-real-ip": address(number), "x-forwarded-for": address(number)}
        enter_password(browser_at("192.0.2.1", **made_up), person, "wrong")
    assert enter_password(browser_at("192.0.2.1", **{"x-real-ip": "203.0.113.9"}), person).status_code == 429


def test_codes_are_limited() -> None:
    person, app = with_app()
    client = browser_at()
    enter_password(client, person)
    answers = [client.post(PAGE_OF_SECOND_STEP, {"code": "000000"}).status_code for _ in range(HERE + 1)]
    assert answers == [200] * HERE + [429]
    assert client.post(PAGE_OF_SECOND_STEP, {"code": app.now()}).status_code == 429
    elsewhere = browser_at("192.0.2.2")
    enter_password(elsewhere, person)
    assert elsewhere.post(PAGE_OF_SECOND_STEP, {"code": app.now()}).status_code == 302


def test_requests_for_a_link_are_limited(person: User, mailoutbox: list[Any]) -> None:
    most = settings.SIGN_IN_LIMITS["reset"]["account_and_network"][0]
    url = reverse("wagtailadmin_password_reset")
    answers = [browser_at().post(url, {"email": person.email}) for _ in range(most + 1)]
    assert [answer.status_code for answer in answers] == [302] * most + [429]
    assert "Too many attempts. Wait 60 minutes" in answers[-1].content.decode()
    assert len(mailoutbox) == most
    assert browser_at("192.0.2.2").post(url, {"email": person.email}).status_code == 302


def test_made_up_links_are_limited_and_real_ones_are_not(person: User) -> None:
    browser_at().post(reverse("wagtailadmin_password_reset"), {"email": person.email})
    real = mailed_link()
    most = settings.SIGN_IN_LIMITS["link"]["account_and_network"][0]
    uid = real.split("/")[-3]
    made_up = reverse("wagtailadmin_password_reset_confirm", args=[uid, "aaaaaa-aaaaaaaaaaaaaaaa"])
    assert [browser_at().get(made_up).status_code for _ in range(most + 1)] == [200] * most + [429]
    assert all(browser_at("192.0.2.2").get(real).status_code == 302 for _ in range(most + 1))


def test_guesses_on_the_account_screen_are_limited(person: User) -> None:
    client = signed_in(person)
    new = "four unrelated umbrellas sing"
    fields = {"password-old_password": "wrong", "password-new_password1": new, "password-new_password2": new}
    pages = [client.post(reverse("wagtailadmin_account"), fields).content.decode() for _ in range(HERE + 1)]
    assert ["Too many attempts" in page for page in pages] == [False] * HERE + [True]


def test_invitations_are_limited(mailoutbox: list[Any]) -> None:
    most = settings.SIGN_IN_LIMITS["invitation"]["account_and_network"][0]
    managing_editor = UserFactory(role="Managing editor")
    client = signed_in(managing_editor)
    role = managing_editor.groups.get().pk
    for number in range(most + 1):
        invited = {"email": f"new{number}@example.org", "first_name": "New", "last_name": "Person", "groups": [role]}
        answer = client.post(reverse("wagtailusers_users:add"), invited)
    assert "Too many attempts" in answer.content.decode()
    assert len(mailoutbox) == most


def test_attempts_at_once_cannot_all_be_within_the_limit(person: User) -> None:
    """An attempt is counted before it is known to be wrong."""
    for _ in range(HERE):
        throttle.require_attempt("password", person.email, "192.0.2.1")
    with pytest.raises(ValidationError):
        throttle.require_attempt("password", person.email, "192.0.2.1")
