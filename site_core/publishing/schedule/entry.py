"""One row of the schedule: something that is going to happen to what the public sees, or that has happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.utils import quote
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.models import Page

from site_core.publishing import eastern
from site_core.publishing.ledger.publications import Cause

NOTHING_UNTIL_SCHEDULED = "This date will do nothing until an editor schedules it."
PASSED_UNSCHEDULED = "This date has passed and did nothing, because no editor scheduled it."


class Kind(models.TextChoices):
    """What happens to the object."""

    GO_LIVE = "go-live", "Goes live"
    EXPIRY = "expiry", "Is taken down"
    CHECK = "check", "Its check falls due"
    MOVE = "move", "Is moved or restricted"


class State(models.TextChoices):
    """Where it stands."""

    COMING = "coming", "Coming"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    UNSCHEDULED = "unscheduled", "Dated but not scheduled"


# The kind of every cause that the schedule tells of. What was found or edited was never a matter of time.
KIND_OF_CAUSE = {
    Cause.PUBLISHED: Kind.GO_LIVE,
    Cause.SCHEDULED: Kind.GO_LIVE,
    Cause.UNDONE: Kind.GO_LIVE,
    Cause.EXPIRED: Kind.EXPIRY,
    Cause.UNPUBLISHED: Kind.EXPIRY,
    Cause.DELETED: Kind.EXPIRY,
    Cause.OVERDUE: Kind.CHECK,
    Cause.MOVED: Kind.MOVE,
    Cause.RESTRICTED: Kind.MOVE,
}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What happens, to what, when, by whom.

    `event` and `number` name it in an address of the admin; `event` is "" where nothing can be changed.
    """

    at: datetime
    kind: Kind
    state: State
    says: str
    title: str
    model: Any
    object_id: str
    by: str = ""
    event: str = ""
    number: int = 0
    problem: str = ""
    receipt: Any = None
    exists: bool = True
    may_change: bool = False

    @property
    def type_name(self) -> str:
        return str(capfirst(self.model._meta.verbose_name))

    @property
    def edit_url(self) -> str:
        """Where it is edited, "" for what is gone."""
        if not self.exists:
            return ""
        if issubclass(self.model, Page):
            return reverse("wagtailadmin_pages:edit", args=(self.object_id,))
        return reverse(self.model.snippet_viewset.get_url_name("edit"), args=(quote(self.object_id),))

    @property
    def when(self) -> str:
        return eastern.written_out(self.at)

    @property
    def hour(self) -> str:
        return eastern.hour_written_out(self.at)

    @property
    def in_utc(self) -> str:
        return eastern.in_utc(self.at)

    @property
    def until(self) -> str:
        return eastern.until(self.at)

    @property
    def is_late(self) -> bool:
        return self.state in (State.COMING, State.FAILED) and self.at <= timezone.now()

    @property
    def warning(self) -> str:
        """What is wrong, as a sentence to be shown in red."""
        if self.state != State.UNSCHEDULED:
            return self.problem
        return NOTHING_UNTIL_SCHEDULED if self.at > timezone.now() else PASSED_UNSCHEDULED
