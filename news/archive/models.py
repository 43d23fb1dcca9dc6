"""ArchiveImport: the import of one file, with the state of each row, so that it goes on after any interruption.

Visitors see nothing of these tables.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from news.archive.comparison import Outcome, Verdict
from news.archive.dry_run import Report, says
from news.archive.mentions import Mention
from news.archive.reading.source import Record


class State(models.TextChoices):
    """How far an import is."""

    READING = "reading", "Reading the file"
    MATCHING = "matching", "Waiting for its columns to be matched"
    CHECKING = "checking", "Looking at the rows"
    READY = "ready", "Ready to import"
    IMPORTING = "importing", "Importing"
    PAUSED = "paused", "Paused"
    DONE = "done", "Imported"
    UNDOING = "undoing", "Taking it back"
    UNDONE = "undone", "Taken back"


# One import at a time adds to the site, and one is taken back.
WRITING = (State.IMPORTING, State.UNDOING)


class ArchiveImport(models.Model):
    """The import of a file."""

    file_name = models.CharField(max_length=255)
    # SHA-256 of the file, by which an import that was interrupted is found again.
    digest = models.CharField(max_length=64, db_index=True)
    form = models.CharField(max_length=60)
    guesses = models.JSONField(default=list, help_text="How the file was read, such as “separated by semicolons.”")
    columns = models.JSONField(default=list, help_text="The columns of the file, in their order.")
    matched = models.JSONField(default=dict, help_text="The column of each field.")
    unknown = models.JSONField(
        default=dict, help_text="The “tags” and “publishers” that are not on file, with the number of rows of each."
    )
    choices = models.JSONField(default=dict, help_text="What to do with each name that is not on file, by its key.")
    made = models.JSONField(default=list, help_text="The terms, publishers and other names that it has added.")
    as_live = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.READING)
    problem = models.TextField(blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="archive_imports"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state__in=WRITING), name="one_archive_import_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def how(self) -> str:
        return "published" if self.as_live else "drafts"

    def report(self) -> Report:
        """The counts of its rows by outcome, and the names that are not on file."""
        report = Report()
        for row in self.rows.exclude(outcome="").order_by("line", "pk").iterator(chunk_size=500):
            report.add(row.verdict)
        return report


class Progress(models.TextChoices):
    """What has become of a row."""

    WAITING = "waiting", "Not imported yet"
    ADDED = "added", "Added"
    LEFT_OUT = "left_out", "Left out"
    TAKEN_BACK = "taken_back", "Taken back"


class ArchiveRow(models.Model):
    """One row of a file: what it holds, what it is to the site, and what has become of it."""

    archive_import = models.ForeignKey(ArchiveImport, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.TextField(blank=True)
    mention = models.JSONField(null=True)
    # The date of the mention. The oldest is imported first, so that the feeds end with the newest.
    date = models.CharField(max_length=10, blank=True)
    progress = models.CharField(max_length=10, choices=Progress.choices, default=Progress.WAITING)
    # The item of the site that it has become, or that is the same. Not a foreign key: the item may be deleted.
    page_pk = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["archive_import", "progress", "outcome", "date"], name="archive_rows")
        ]

    def __str__(self) -> str:
        return f"Line {self.line}"

    @classmethod
    def of(cls, archive: ArchiveImport, record: Record) -> "ArchiveRow":
        return cls(
            archive_import=archive, line=record.line, cells=record.cells, note=record.note, problem=record.problem
        )

    @property
    def record(self) -> Record:
        return Record(self.line, self.cells, self.note, self.problem)

    @property
    def verdict(self) -> Verdict:
        mention = Mention(**self.mention) if self.mention else None
        reason = "" if self.outcome == Outcome.NEW else self.reason
        return Verdict(self.record, Outcome(self.outcome), mention, reason, self.page_pk)

    def take(self, verdict: Verdict) -> None:
        """Take over what a check has found."""
        self.outcome, self.reason, self.page_pk = verdict.outcome, says(verdict), verdict.page_pk
        stored: dict[str, Any] | None = verdict.mention.as_stored() if verdict.mention else None
        self.mention, self.date = stored, verdict.mention.date if verdict.mention else ""
