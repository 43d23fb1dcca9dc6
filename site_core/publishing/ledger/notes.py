"""Change notes: what readers were told of a change. The rows of the ledger hold them, and nothing else does.

An edit without a note is silent: nobody is told, and “Last updated” stays as it was.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from site_core.publishing.ledger.publications import Cause, Publication

# Only what somebody published, at once or for later, tells readers something. An undo, a move and a check that fell
# due change what is public, too, but its note was written for another change.
TOLD = (Cause.PUBLISHED, Cause.SCHEDULED)


@dataclass(frozen=True)
class ChangeNote:
    """One change that readers were told of."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Updates:
    """When an object was last changed for readers, and what they were told, the newest first."""

    updated: datetime | None
    notes: tuple[ChangeNote, ...]

    @classmethod
    def of(cls, obj: Any) -> Self:
        """In one query. Without a note it is as old as its first publication."""
        rows = Publication.objects.of(obj).with_note().newest_first().values_list("at", "note")
        notes = tuple(ChangeNote(at, text) for at, text in rows)
        return cls(notes[0].at if notes else obj.first_published_at, notes)


def note_to_record(obj: Any, cause: str) -> str:
    """The note that the row about to be added is to hold, "" for none.

    What is public for the first time is new, not changed. A note that was public already is not told twice: the same
    content may be published again, by hand or by a program.
    """
    note = getattr(obj, "change_note", "").strip()
    if not note or cause not in TOLD:
        return ""
    before = Publication.objects.of(obj).filter(is_public=True).newest_first().only("content").first()
    if before is None or (before.content or {}).get("change_note", "").strip() == note:
        return ""
    return str(note)
