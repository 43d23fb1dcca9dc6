"""What an import of a file would do. Stores nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from news.archive.comparison import Outcome, Verdict
from news.archive.reading.source import NO_ROWS, ArchiveError
from site_core.fields.text import comparable

# Rows that the report has one by one. The counts are of all.
MOST_LISTED = 1_000


@dataclass
class Report:
    """The counts of a file's rows, what is not on file each once with how often it stands there, and the rows."""

    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    unknown_tags: dict[str, int] = field(default_factory=dict)
    unknown_publishers: dict[str, int] = field(default_factory=dict)
    rows: dict[Outcome, list[dict[str, Any]]] = field(default_factory=lambda: {outcome: [] for outcome in Outcome})
    # How many of the new ones were added, and how many of these are drafts; None if nothing was to be added.
    added: int | None = None
    drafts: int | None = None
    # The first spelling of each name, by its comparable form.
    _tag_spellings: dict[str, str] = field(default_factory=dict)
    _publisher_spellings: dict[str, str] = field(default_factory=dict)

    def add(self, verdict: Verdict) -> None:
        self.counts[verdict.outcome] += 1
        mention = verdict.mention
        if verdict.outcome is Outcome.NEW and mention:
            for name, _ in mention.unknown_tags:
                _count(self.unknown_tags, self._tag_spellings, name)
            if name := mention.unknown_publisher:
                _count(self.unknown_publishers, self._publisher_spellings, name)
        said = says(verdict)
        if said and len(self.rows[verdict.outcome]) < MOST_LISTED:
            row: dict[str, Any] = {
                "line": verdict.record.line,
                "title": mention.title if mention else "",
                "reason": said,
            }
            self.rows[verdict.outcome].append(row)

    def require_rows(self) -> None:
        """Raises ArchiveError if the file has none."""
        if not any(self.counts.values()):
            raise ArchiveError(NO_ROWS)

    @property
    def as_json(self) -> dict[str, Any]:
        counts: dict[str, Any] = {str(outcome): count for outcome, count in self.counts.items()}
        stored = {} if self.added is None else {"added": self.added, "drafts": self.drafts}
        return (
            counts
            | stored
            | {
                "unknown_tags": list(self.unknown_tags),
                "unknown_publishers": list(self.unknown_publishers),
                "rows": {str(outcome): rows for outcome, rows in self.rows.items()},
            }
        )

    @property
    def lines(self) -> list[str]:
        """The report for people, a line for each count, name and row."""
        lines = [f"{outcome.label}: {count:,}" for outcome, count in self.counts.items()]
        if self.added is not None:
            lines.append(f"Added: {self.added:,}, {self.drafts:,} of them as drafts.")
        for what, names in (("tags", self.unknown_tags), ("publishers", self.unknown_publishers)):
            if names:
                listed = ", ".join(f"“{name}” ({count:,})" for name, count in names.items())
                lines.append(f"Not on file, {what}: {listed}")
        for outcome, rows in self.rows.items():
            lines += [f"Line {row['line']:,}, {outcome.label.lower()}: {row['reason']}" for row in rows]
        return lines


def says(verdict: Verdict) -> str:
    """Why a row is not new, or what is to be known of one that is."""
    if verdict.reason or not verdict.mention:
        return verdict.reason
    mention = verdict.mention
    unknown = [f"There is no publisher “{mention.unknown_publisher}.”"] if mention.unknown_publisher else []
    unknown += [f"There is no tag “{name}.”" for name, _ in mention.unknown_tags]
    return " ".join([*unknown, *mention.notes])


def _count(counts: dict[str, int], spellings: dict[str, str], name: str) -> None:
    name = spellings.setdefault(comparable(name), name)
    counts[name] = counts.get(name, 0) + 1


def report_on(verdicts: Iterable[Verdict]) -> Report:
    report = Report()
    for verdict in verdicts:
        report.add(verdict)
    return report
