"""The labels that figures carry, each with what it means, for the page that explains them."""

from dataclasses import dataclass

from django.utils.text import slugify

from impact.evidence import Status


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
        "We held the figure against a study, and the study reports the same.",
    ),
    Label(
        Status.TO_CHECK,
        "Source recorded, not yet checked",
        "A study is on record, and nobody has yet held the figure against it.",
    ),
    Label(
        Status.OVERDUE,
        "Check overdue since (month year)",
        "The figure was to be checked again by then, and nobody has done so.",
    ),
    Label(
        Status.DIFFERS,
        "Differs from the study we found, which reports (its figure)",
        "The study we found measured it otherwise. We print what it reports beside our figure.",
    ),
    Label(
        Status.CONFLICTS,
        "Source not confirmed. A study reports (its figure)",
        "A study speaks against the figure. We print what it reports beside our figure.",
    ),
    Label(
        Status.NOT_RECORDED,
        "Source not yet recorded",
        "We know of no study to hold the figure against.",
    ),
)
