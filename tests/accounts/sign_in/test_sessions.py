"""Where somebody is signed in, and when that ends."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import TimeMachineFixture
from wagtail.admin.models import EditingSession

from site_core.accounts.models import Session, User
from site_core.accounts.sessions import device_of
from site_core.chores.running import do_due
from tests.accounts.sign_in.people import HOME, SETTINGS, is_in, signed_in
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


@pytest.fixture
def person() -> User:
    user: User = UserFactory(role="Author")
    return user


def rows(client: Client) -> list[str]:
    """The places that the screen lists."""
    page = BeautifulSoup(client.get(SETTINGS).content, "html.parser")
    return [" ".join(row.stripped_strings) for row in page.select("table.listing tbody tr")]


def test_a_session_ends_after_twelve_hours_without_a_request(person: User, clock: TimeMachineFixture) -> None:
    client = signed_in(person)
    for _ in range(3):
        clock.shift(timedelta(hours=11))
        assert is_in(client)
    clock.shift(timedelta(hours=12, minutes=6))
    assert not is_in(client)


def test_a_session_ends_after_two_weeks_in_any_case(person: User, clock: TimeMachineFixture) -> None:
    client = signed_in(person)
    for _ in range(14 * 24 // 8 - 1):
        clock.shift(timedelta(hours=8))
        assert is_in(client)
    clock.shift(timedelta(hours=9))
    assert not is_in(client)


def test_an_edit_screen_that_nobody_touches_keeps_no_session(person: User, clock: TimeMachineFixture) -> None:
    client = signed_in(person)
    editing = EditingSession.objects.create(user=person, content_type_id=1, object_id="1", last_seen_at=timezone.now())
    release = reverse("wagtailadmin_editing_sessions:release", args=[editing.pk])
    for _ in range(5):
        clock.shift(timedelta(hours=3))
        client.post(release)
    assert not is_in(client)


def test_the_screen_lists_where_a_person_is_signed_in(person: User) -> None:
    here = signed_in(person, address="192.0.2.1", **{"user-agent": FIREFOX})
    signed_in(person, address="192.0.2.2", **{"user-agent": SAFARI})
    signed_in(UserFactory(role="Author"), address="192.0.2.3")
    listed = rows(here)
    assert len(listed) == 2
    assert listed[0].startswith("Firefox on Windows 192.0.2.1")
    assert listed[0].endswith("This one")
    assert listed[1].startswith("Safari on iPhone 192.0.2.2")


def test_one_session_is_ended_or_all_others(person: User) -> None:
    here, second, third = (signed_in(person, address=f"192.0.2.{number}") for number in (1, 2, 3))
    somebody_else = signed_in(UserFactory(role="Author"))
    page = BeautifulSoup(here.get(SETTINGS).content, "html.parser")
    keys = [button["value"] for button in page.select("button[name=session]")]
    assert len(keys) == 2
    assert str(second.session.session_key) not in str(page)
    here.post(SETTINGS, {"action": "end", "session": str(keys[0])})
    assert sorted([is_in(second), is_in(third)]) == [False, True]
    here.post(SETTINGS, {"action": "end"})
    assert [is_in(client) for client in (here, second, third)] == [True, False, False]
    assert is_in(somebody_else)


def test_nobody_ends_the_session_of_somebody_else(person: User) -> None:
    theirs = signed_in(person)
    other = signed_in(UserFactory(role="Author"))
    other.post(SETTINGS, {"action": "end", "session": str(theirs.session.session_key)})
    other.post(SETTINGS, {"action": "end"})
    assert is_in(theirs)


def test_a_new_password_ends_the_sessions_elsewhere(person: User) -> None:
    here, elsewhere = signed_in(person), signed_in(person)
    password = "four unrelated umbrellas sing"
    fields = {"name_email-first_name": "Ex", "name_email-last_name": "Ample", "theme-theme": "system"}
    fields |= {"theme-contrast": "system", "theme-density": "default", "theme-keyboard_shortcuts": "on"}
    fields |= {"password-old_password": "a long example password"}
    fields |= {"password-new_password1": password, "password-new_password2": password}
    assert here.post(reverse("wagtailadmin_account"), fields).status_code == 302
    assert [is_in(here), is_in(elsewhere)] == [True, False]


def test_expired_sessions_are_cleared_by_the_publishing_process_and_by_the_command(
    person: User, clock: TimeMachineFixture, one_clock: None
) -> None:
    signed_in(person)
    clock.shift(timedelta(hours=13))
    kept = signed_in(person).session.session_key
    call_command("clearsessions")
    assert [session.session_key for session in Session.objects.all()] == [kept]
    clock.shift(timedelta(hours=13))
    do_due()
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("agent", "named"),
    [
        (FIREFOX, "Firefox on Windows"),
        (SAFARI, "Safari on iPhone"),
        (CHROME, "Chrome on Linux"),
        (f"{CHROME} Edg/140.0", "Edge on Linux"),
        ("curl/8.0", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_device_is_named_in_words(agent: str, named: str) -> None:
    assert device_of(agent) == named


def test_somebody_who_only_looks_at_the_site_has_no_session(client: Client) -> None:
    client.get(HOME)
    assert not Session.objects.filter(user__isnull=False).exists()
