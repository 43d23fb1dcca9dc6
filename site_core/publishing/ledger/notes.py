"""Change notes: what readers are told about a change. Only the rows of the ledger store them.

An edit without a note is silent: nobody is told, and “Last updated” does not change.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.types import Draftable, Recorded

# Only publishing, at once or scheduled, tells readers something. An undo, a move and an overdue recheck change what is
# public, too, but the note in the content was written for another change.
TOLD = (Cause.PUBLISHED, Cause.SCHEDULED)


@dataclass(frozen=True)
class ChangeNote:
    """One change that readers were told about."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Updates:
    """When an object last changed for readers, and the change notes, the newest first."""

    updated: datetime | None
    notes: tuple[ChangeNote, ...]

    @classmethod
    def of(cls, obj: Draftable) -> Self:
        """Reads them in one query. Without a note, `updated` is the first publication."""
        rows = Publication.objects.of(obj).with_note().newest_first().values_list("at", "note")
        notes = tuple(ChangeNote(at, text) for at, text in rows)
        return cls(notes[0].at if notes else obj.first_published_at, notes)


def note_to_record(obj: Recorded, cause: str) -> str:
    """The note for the row that is about to be added, "" for none.

    An object that becomes public for the first time is new, not changed. A note that is public already is not told
    twice, because the same content may be published again.
    """
    note = str(getattr(obj, "change_note", "")).strip()
    if not note or cause not in TOLD:
        return ""
    before = Publication.objects.of(obj).filter(is_public=True).newest_first().only("content").first()
    if before is None or (before.content or {}).get("change_note", "").strip() == note:
        return ""
    return note
