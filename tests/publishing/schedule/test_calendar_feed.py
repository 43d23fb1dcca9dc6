"""The calendar feed is valid, shows what its owner may see, and ends with the owner's access."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from site_core.accounts.models import User
from site_core.publishing.schedule import rescheduling
from site_core.publishing.schedule.calendar import CalendarFeed
from tests import factories
from tests.publishing.schedule.schedule_admin import DAY, at_the_admin, scheduled_revision

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TITLE = "Bring; a, friend \\ to “Über” " + "ß" * 150 + "."


@pytest.fixture
def owner(db: None) -> User:
    person: User = factories.UserFactory(role="Author")
    CalendarFeed.objects.create(user=person, key="secret")
    return person


def feed(key: str = "secret") -> Any:
    return Client().get(reverse("calendar_feed", args=(key,)))


def unfolded(calendar: bytes) -> list[str]:
    assert calendar.endswith(b"\r\n")
    return calendar.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_the_calendar_follows_the_standard(owner: User) -> None:
    factories.AlertFactory(text=TITLE, go_live_at=datetime(2027, 1, 7, 14, tzinfo=UTC))
    response = feed()
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    assert b"\n" not in response.content.replace(b"\r\n", b"")

    lines = unfolded(response.content)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[1] == "VERSION:2.0"
    assert lines[-1] == "END:VCALENDAR"
    assert "DTSTART:20270107T140000Z" in lines
    assert [line[:8] for line in lines].count("DTSTAMP:") == 1
    [summary] = [line for line in lines if line.startswith("SUMMARY:")]
    escaped = TITLE.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert summary == f"SUMMARY:{escaped} goes live"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1


def test_every_event_has_an_identifier_of_its_own_that_stays_when_it_is_moved(
    owner: User, site_tree: factories.SiteTree
) -> None:
    now = timezone.now()
    alert = factories.AlertFactory(go_live_at=now + DAY, expire_at=now + 5 * DAY)
    factories.AlertFactory(expire_at=now + DAY)
    factories.NewsItemPageFactory(parent=site_tree.news, scheduled=True)

    def identifiers() -> list[str]:
        return sorted(line for line in unfolded(feed().content) if line.startswith("UID:"))

    before = identifiers()
    assert len(before) == len(set(before)) == 4
    rescheduling.move_go_live(scheduled_revision(alert), now + 2 * DAY, factories.UserFactory(role="Editor"))
    assert identifiers() == before


def test_with_nothing_scheduled_it_is_empty(owner: User) -> None:
    assert b"VEVENT" not in feed().content


def test_only_what_its_owner_may_see_is_in_it(owner: User, site_tree: factories.SiteTree) -> None:
    factories.NewsItemPageFactory(parent=site_tree.news, title="Planned page", scheduled=True)
    assert b"Planned page" in feed().content
    group = Group.objects.create(name="Admin only")
    group.permissions.add(*Group.objects.get(name="Author").permissions.filter(codename="access_admin"))
    owner.groups.set([group])
    response = feed()
    assert response.status_code == 200
    assert b"Planned page" not in response.content


def test_no_one_finds_it_without_the_secret(owner: User) -> None:
    assert feed("guess").status_code == 404
    assert feed("SECRET").status_code == 404


@pytest.mark.parametrize("gone", ["inactive", "no role", "deleted"])
def test_it_is_gone_when_its_owner_is(owner: User, gone: str) -> None:
    if gone == "inactive":
        owner.is_active = False
        owner.save()
    elif gone == "no role":
        owner.groups.clear()
    else:
        owner.delete()
    assert feed().status_code == 404


def test_a_new_url_invalidates_the_old_one(db: None) -> None:
    client, person = at_the_admin("Author")
    client.post(reverse("schedule_new_url"))
    first = CalendarFeed.objects.get(user=person).key
    client.post(reverse("schedule_new_url"))
    second = CalendarFeed.objects.get(user=person).key
    assert feed(first).status_code == 404
    assert feed(second).status_code == 200
    assert second in client.get(reverse("schedule")).content.decode()


def test_nothing_is_written_through_it(owner: User) -> None:
    assert Client().post(reverse("calendar_feed", args=("secret",))).status_code == 405
