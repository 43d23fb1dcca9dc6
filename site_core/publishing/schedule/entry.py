"""One entry of the schedule: a change of what the public sees, in the future or in the past."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.utils import quote
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.models import DraftStateMixin, Page

from site_core.publishing import eastern
from site_core.publishing.ledger.publications import Cause
from site_core.publishing.ledger.receipts import Receipt

NOTHING_UNTIL_SCHEDULED = "This date isn’t scheduled yet. It takes effect once an editor schedules it."
PASSED_UNSCHEDULED = "This date has passed without effect, because no editor scheduled it."


class Kind(models.TextChoices):
    """What happens to the object."""

    GO_LIVE = "go-live", "Goes live"
    EXPIRY = "expiry", "Comes down"
    CHECK = "check", "Check comes due"
    MOVE = "move", "Is moved or restricted"


class State(models.TextChoices):
    """The state of an entry."""

    COMING = "coming", "Coming"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    UNSCHEDULED = "unscheduled", "Not scheduled yet"


# The kind of each cause that the schedule shows.
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
    """What happens to which object, when, and who scheduled it.

    `event` and `event_pk` identify it in the URL that changes it. `event` is "" if nothing can be changed.
    """

    at: datetime
    kind: Kind
    state: State
    # What happens, as the end of a sentence after the title.
    event_label: str
    title: str
    model: type[DraftStateMixin]
    object_id: str
    by: str = ""
    event: str = ""
    event_pk: int = 0
    problem: str = ""
    receipt: Receipt | None = None
    exists: bool = True
    may_change: bool = False

    @property
    def type_name(self) -> str:
        return str(capfirst(self.model._meta.verbose_name))

    @property
    def edit_url(self) -> str:
        """The edit view of the object, "" if it is deleted."""
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
        """What is wrong, as a sentence shown in red."""
        if self.state != State.UNSCHEDULED:
            return self.problem
        return NOTHING_UNTIL_SCHEDULED if self.at > timezone.now() else PASSED_UNSCHEDULED
