"""Users and scheduled objects for the tests of the schedule."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from home.models import TextPage
from site_core.accounts.models import User
from site_core.organization.models import Alert
from site_core.publishing.ledger.publications import Cause, Publication
from tests import factories

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at_the_admin(role: str, **fields: Any) -> tuple[Client, User]:
    """A logged-in client and its user."""
    person: User = factories.UserFactory(role=role, **fields)
    client = Client()
    client.force_login(person)
    return client, person


def in_whole_minutes(distance: timedelta) -> datetime:
    """A time this far in the future, without seconds, because the form has none."""
    return (timezone.now() + distance).replace(second=0, microsecond=0)


def scheduled_revision(obj: Any) -> Revision:
    """The only scheduled revision of an object."""
    revision: Revision = obj.revisions.get(approved_go_live_at__isnull=False)
    return revision


def change_url(event: str, number: int, action: str) -> str:
    return reverse("schedule_change", args=(event, number, action))


def at_answers(at: datetime, name: str = "at") -> dict[str, str]:
    """A datetime as the two fields of a form post it."""
    local = timezone.localtime(at)
    return {f"{name}_day": f"{local:%Y-%m-%d}", f"{name}_hour": f"{local:%H:%M}"}


def many(count: int, parent: Page | None = None, apart: timedelta = HOUR) -> None:
    """This many scheduled go-lives, each with an expiry, and as many done rows.

    They are of alerts; below a parent, of pages.
    """
    model = TextPage if parent else Alert
    titles = [f"Number {number}." for number in range(count)]
    made = (
        _pages(parent, titles) if parent else Alert.objects.bulk_create(Alert(text=one, live=False) for one in titles)
    )
    type_id = ContentType.objects.get_for_model(model).pk
    base_id = ContentType.objects.get_for_model(Page if parent else model).pk
    now = timezone.now()
    times = [now + HOUR + number * apart for number in range(count)]
    Revision.objects.bulk_create(
        Revision(
            content_type_id=type_id,
            base_content_type_id=base_id,
            object_id=str(obj.pk),
            object_str=title,
            created_at=now,
            approved_go_live_at=at,
            content={"expire_at": (at + DAY).isoformat()},
        )
        for obj, title, at in zip(made, titles, times, strict=True)
    )
    Publication.objects.bulk_create(
        Publication(
            # Both kinds on each page of the list.
            at=now - number * timedelta(seconds=1),
            model_label=model._meta.label,
            object_id=str(obj.pk),
            title=title,
            is_public=True,
            cause=Cause.PUBLISHED,
        )
        for number, (obj, title) in enumerate(zip(made, titles, strict=True))
    )


def _pages(parent: Page, titles: list[str]) -> list[Page]:
    """Rows of the page table only, without those of their type, which the schedule does not read."""
    last = parent.get_last_child()
    steps = Page._get_basepath(last.path if last else parent.path, parent.depth)
    first = Page._str2int(last.path[len(parent.path) :]) + 1 if last else 1
    type_id = ContentType.objects.get_for_model(TextPage).pk
    return Page.objects.bulk_create(
        Page(
            path=Page._get_path(steps, parent.depth + 1, first + number),
            depth=parent.depth + 1,
            title=title,
            draft_title=title,
            slug=f"number-{number}-{first}",
            url_path=f"{parent.url_path}number-{number}-{first}/",
            content_type_id=type_id,
            live=False,
            locale_id=parent.locale_id,
        )
        for number, title in enumerate(titles)
    )
