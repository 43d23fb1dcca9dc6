"""The rounds of a review before the present one: what was decided, by whom, and the notes."""

from dataclasses import dataclass

from wagtail.models import Revision, TaskState

from site_core.publishing.eastern import written_out
from site_core.publishing.types import Draftable

# The most rounds on the screen.
SHOWN = 20
_DECIDED = {
    TaskState.STATUS_APPROVED: "Approved",
    TaskState.STATUS_REJECTED: "Sent back",
    TaskState.STATUS_CANCELLED: "Taken back from review",
}


@dataclass(frozen=True)
class Round:
    """One round that is over."""

    state: TaskState

    @property
    def what(self) -> str:
        """“Sent back by Ana Reyes on Thu., Jan. 7, 2027, 9:00 a.m. ET”."""
        by = f" by {self.state.finished_by}" if self.state.finished_by else ""
        on = f" on {written_out(self.state.finished_at)}" if self.state.finished_at else ""
        return f"{_DECIDED.get(self.state.status, self.state.get_status_display())}{by}{on}"


def earlier_rounds(state: TaskState, obj: Draftable) -> list[Round]:
    """The rounds of the object before this one, the newest first, those of earlier reviews included."""
    states = TaskState.objects.for_instance(obj).filter(pk__lt=state.pk, finished_at__isnull=False)
    newest = states.select_related("finished_by", "revision").order_by("-pk")
    return [Round(one) for one in newest[:SHOWN]]


def last_sent_back(rounds: list[Round], live: Revision | None) -> TaskState | None:
    """The newest round that was sent back, unless something was approved or went live after it."""
    for earlier in rounds:
        if earlier.state.status == TaskState.STATUS_APPROVED:
            return None
        if earlier.state.status == TaskState.STATUS_REJECTED:
            is_older = live is not None and live.created_at > earlier.state.finished_at
            return None if is_older else earlier.state
    return None
