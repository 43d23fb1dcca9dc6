"""The labels that figures carry, each with what it means, for the page that explains them."""

from dataclasses import dataclass

from django.utils.text import slugify

from impact.status import Status


@dataclass(frozen=True)
class Label:
    """A status as the public reads it beside a figure."""

    status: Status
    words: str
    meaning: str

    @property
    def status_class(self) -> str:
        return f"status-{slugify(self.status)}"


LABELS = (
    Label(
        Status.MATCHES,
        "Matches its source",
        "A study on record reports this figure.",
    ),
    Label(
        Status.TO_CHECK,
        "Source recorded, not yet checked",
        "A study is on record for the figure. Nobody has entered whether the two agree.",
    ),
    Label(
        Status.OVERDUE,
        "Check overdue since (month year)",
        "A new check was due then, and none has been entered since.",
    ),
    Label(
        Status.DIFFERS,
        "Differs from the study we found, which reports (its figure)",
        "A study we found reports a different figure. What it reports stands beside ours.",
    ),
    Label(
        Status.CONFLICTS,
        "Source not confirmed. A study reports (its figure)",
        "A study conflicts with the figure. What it reports stands beside ours.",
    ),
    Label(
        Status.NOT_RECORDED,
        "Source not yet recorded",
        "No study is on record for the figure.",
    ),
)
