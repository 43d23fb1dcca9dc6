"""Reminders of checks by email: two weeks before, on the day, and a week after, then to Managing editors as well.

Each person gets at most one email a day, with all that is due. What was missed while the site was down is told when it
is back, and nothing twice.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.utils import timezone

from site_core.accounts.roles import Role
from site_core.fields.dates import day_in_words
from site_core.publishing.events import reviewed_models
from site_core.publishing.notices.mails import SENDING, account_url
from site_core.publishing.notices.recipients import wanting_mail
from site_core.publishing.notices.sent import SentNotice, note_sent
from site_core.publishing.runner.failure_mail import mail_to, send

# The hour of the day, Eastern, from which on people are told.
FROM_HOUR = 7
AHEAD, LATE = timedelta(days=14), timedelta(days=7)
KIND = SentNotice.Kind.CHECK


class Stage(models.TextChoices):
    """How near the day of a check is."""

    AHEAD = "ahead", "Due soon"
    DUE = "due", "Due"
    LATE = "late", "Overdue for a week or more"


def stage_of(due: date, today: date) -> Stage | None:
    """None more than two weeks before the day."""
    if today < due - AHEAD:
        return None
    if today < due:
        return Stage.AHEAD
    return Stage.DUE if today < due + LATE else Stage.LATE


@dataclass(frozen=True)
class Reminder:
    """A check that somebody is reminded of."""

    obj: Any
    stage: Stage

    @property
    def key(self) -> str:
        return f"{self.obj._meta.label}:{self.obj.pk}:{self.obj.next_due.isoformat()}:{self.stage}"

    @property
    def title(self) -> str:
        return self.obj.live_revision.object_str if self.obj.live_revision else str(self.obj)

    @property
    def due(self) -> str:
        return day_in_words(self.obj.next_due)

    @property
    def owner(self) -> AbstractUser | None:
        owner: AbstractUser | None = self.obj.owner
        return owner

    @property
    def url(self) -> str:
        return f"{settings.WAGTAILADMIN_BASE_URL}{self.obj.check_url}"


def remind(now: datetime | None = None) -> None:
    """Send what is to be sent by now. Called every hour."""
    at = timezone.localtime(now)
    if at.hour < FROM_HOUR:
        return
    today = at.date()
    told_today = set(SentNotice.objects.filter(kind=KIND, sent_on=today).values_list("user", flat=True))
    for person, reminders in _by_person(today).items():
        if person.pk not in told_today and (untold := _untold(person, reminders)):
            _tell(person, untold, today)


def _by_person(today: date) -> dict[AbstractUser, list[Reminder]]:
    """Whom every check of these days concerns. An object without an owner who gets mail concerns Managing editors."""
    wanting = {person.pk: person for person in wanting_mail("check_due")}
    managing = list(wanting_mail("check_due").filter(groups__name=Role.MANAGING_EDITOR))
    concerned: dict[AbstractUser, list[Reminder]] = defaultdict(list)
    for reminder in _reminders(today):
        owner = wanting.get(reminder.obj.owner_id)
        owners = [owner] if owner else []
        others = managing if reminder.stage == Stage.LATE or not owner else []
        for person in dict.fromkeys([*owners, *others]):
            concerned[person].append(reminder)
    return concerned


def _reminders(today: date) -> Iterator[Reminder]:
    for model in reviewed_models():
        due = model._base_manager.filter(live=True, next_due__lte=today + AHEAD)
        for obj in due.select_related("live_revision", "owner").order_by("next_due", "pk"):
            if obj.needs_checks and (stage := stage_of(obj.next_due, today)):
                yield Reminder(obj, stage)


def _untold(person: AbstractUser, reminders: list[Reminder]) -> list[Reminder]:
    told = SentNotice.objects.filter(user=person.pk, kind=KIND, key__in=[one.key for one in reminders])
    keys = set(told.values_list("key", flat=True))
    return [one for one in reminders if one.key not in keys]


def _tell(person: AbstractUser, reminders: list[Reminder], today: date) -> None:
    mail = _mail(person, reminders)
    with transaction.atomic():
        note_sent(person.pk, KIND, [one.key for one in reminders], today)
        transaction.on_commit(partial(SENDING.submit, send, [mail]))


def _mail(person: AbstractUser, reminders: list[Reminder]) -> EmailMessage:
    stages: list[tuple[str, list[Reminder]]] = [
        (str(stage.label), [one for one in reminders if one.stage == stage])
        for stage in (Stage.LATE, Stage.DUE, Stage.AHEAD)
    ]
    first = reminders[0].title
    subject = f"Check due: {first}" if len(reminders) == 1 else f"{len(reminders)} checks due: {first}, and more"
    context: dict[str, object] = {"stages": [one for one in stages if one[1]], "account_url": account_url()}
    return mail_to(person, subject, "publishing/mail/checks_due.txt", context)
