"""The picture of a person in the admin is taken or refused as every picture is."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.users.models import UserProfile

from tests import factories
from tests.media.sent_files import PLACE, REFUSED, TAKEN, Content, from_a_phone, uploaded

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.sweep]
ACCOUNT = {
    "name_email-first_name": "Ana",
    "name_email-last_name": "Reyes",
    "theme-theme": "dark",
    "theme-contrast": "system",
    "theme-density": "default",
}


@pytest.fixture
def person(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Author"))
    return client


def send(person: Client, content: bytes, name: str) -> str:
    """Returns the page that is shown again, "" if the picture was taken."""
    answer = person.post(reverse("wagtailadmin_account"), ACCOUNT | {"avatar-avatar": uploaded(content, name)})
    return "" if answer.status_code == 302 else answer.content.decode()


@pytest.mark.parametrize(("name", "content", "ending"), TAKEN, ids=[name for name, *_ in TAKEN])
def test_what_phones_and_programs_make_is_taken(person: Client, name: str, content: Content, ending: str) -> None:
    assert send(person, content(), name * 20) == ""
    avatar = UserProfile.objects.get().avatar
    with Image.open(avatar) as stored:
        assert max(stored.size) <= 400
    assert person.get(avatar.url).status_code == 200


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_everything_else_is_refused_in_words(person: Client, name: str, content: Content, reason: str) -> None:
    shown = send(person, content(), name)
    assert reason in shown
    assert 'value="Ana"' in shown
    assert not UserProfile.objects.get().avatar


def test_it_says_nothing_of_where_it_was_taken(person: Client) -> None:
    for content in (from_a_phone(), from_a_phone("PNG"), from_a_phone("WEBP")):
        assert send(person, content, f"{PLACE}.jpg") == ""
        avatar = UserProfile.objects.get().avatar
        stored = avatar.read()
        assert PLACE.encode() not in stored
        assert "Witness" not in avatar.name
        with Image.open(BytesIO(stored)) as picture:
            assert not picture.getexif()
            assert picture.width < picture.height


def test_it_can_be_taken_away_and_stays_otherwise(person: Client) -> None:
    send(person, from_a_phone(), "a.jpg")
    person.post(reverse("wagtailadmin_account"), ACCOUNT)
    assert UserProfile.objects.get().avatar
    person.post(reverse("wagtailadmin_account"), ACCOUNT | {"avatar-avatar-clear": "on"})
    assert not UserProfile.objects.get().avatar
