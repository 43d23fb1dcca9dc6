"""Somebody at the desk, and things that are scheduled, for the tests of the schedule."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from site_core.models import User
from tests import factories

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at_the_desk(role: str, **fields: Any) -> tuple[Client, User]:
    """A client that is logged in, and whose it is."""
    person: User = factories.UserFactory(role=role, **fields)
    client = Client()
    client.force_login(person)
    return client, person


def in_whole_minutes(distance: timedelta) -> datetime:
    """A moment that far ahead that the form can hold: it knows no seconds."""
    return (timezone.now() + distance).replace(second=0, microsecond=0)


def scheduled_revision(thing: Any) -> Revision:
    """What is scheduled of an object: one revision, never two."""
    revision: Revision = thing.revisions.get(approved_go_live_at__isnull=False)
    return revision


def change_address(event: str, number: int, action: str) -> str:
    return reverse("schedule_change", args=(event, number, action))


def moment_answers(moment: datetime, name: str = "moment") -> dict[str, str]:
    """A moment as the two fields of a form send it."""
    local = timezone.localtime(moment)
    return {f"{name}_day": f"{local:%Y-%m-%d}", f"{name}_hour": f"{local:%H:%M}"}
