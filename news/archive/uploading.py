"""Takes a file in: its rows are stored as they are, and nothing of them is in the site yet."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from news.archive.comparison import compared
from news.archive.dry_run import Report
from news.archive.mentions import MentionReader
from news.archive.models import ArchiveImport, ArchiveRow, State
from news.archive.reading import open_archive
from news.archive.reading.source import NO_ROWS, ArchiveError, Record

TOGETHER = 500


def take_in(path: Path, name: str, user: Any = None) -> ArchiveImport:
    """Store the rows of a file that a user has uploaded, or a command reads.

    Raises ArchiveError, and then stores nothing.
    """
    source = open_archive(path, name)
    archive = ArchiveImport.objects.create(
        file_name=name[:255],
        digest=digest_of(path),
        form=source.form,
        guesses=source.guesses,
        columns=source.columns,
        user=user,
    )
    try:
        rows = (ArchiveRow.of(archive, record) for record in source.records)
        if not store_rows(rows):
            raise ArchiveError(NO_ROWS)
    except ArchiveError:
        archive.delete()
        raise
    archive.state = State.MATCHING
    archive.save(update_fields=["state"])
    return archive


def check(archive: ArchiveImport) -> None:
    """Find out what each row is to the site, with the columns that are matched."""
    rows = archive.rows.order_by("line", "pk").iterator(chunk_size=TOGETHER)
    at_hand: dict[int, ArchiveRow] = {}

    def records() -> Iterator[Record]:
        for row in rows:
            record = row.record
            at_hand[id(record)] = row
            yield record

    waiting: list[ArchiveRow] = []
    report = Report()
    for verdict in compared(records(), MentionReader(archive.matched)):
        row = at_hand.pop(id(verdict.record))
        row.take(verdict)
        report.add(verdict)
        waiting.append(row)
        if len(waiting) == TOGETHER:
            update_rows(waiting)
            waiting = []
    update_rows(waiting)
    # Lists, because PostgreSQL keeps no order of names in an object.
    unknown = {"tags": list(report.unknown_tags.items()), "publishers": list(report.unknown_publishers.items())}
    ArchiveImport.objects.filter(pk=archive.pk, state=State.CHECKING).update(state=State.READY, unknown=unknown)


def store_rows(rows: Iterable[ArchiveRow]) -> int:
    """Store new rows, some at a time so that nobody has to wait for long. Returns how many."""
    rows, count = iter(rows), 0
    while some := list(islice(rows, TOGETHER)):
        ArchiveRow.objects.bulk_create(some)
        count += len(some)
    return count


def update_rows(rows: list[ArchiveRow]) -> None:
    with transaction.atomic():
        ArchiveRow.objects.bulk_update(rows, ["outcome", "reason", "mention", "date", "page_pk"], batch_size=50)


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
