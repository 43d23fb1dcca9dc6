"""`manage.py import_news FILE`: adds the press mentions of a file to the site, or says what it would add."""

import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from news.archive.columns import UnknownColumn, matched
from news.archive.comparison import compared
from news.archive.dry_run import Report, report_on
from news.archive.mentions import MentionReader
from news.archive.models import ArchiveImport, Progress, State
from news.archive.reading import ArchiveError, open_archive
from news.archive.storing import REST_SECONDS, CannotImport, Storing, begin
from news.archive.undoing import begin_undo, take_some_back
from news.archive.uploading import check, digest_of, take_in
from news.items import NewsItemPage

UNFINISHED = (State.READING, State.MATCHING, State.CHECKING, State.READY, State.IMPORTING, State.PAUSED)


class Command(BaseCommand):
    help = (
        "Add the press mentions of a CSV file, an Excel workbook, JSON, a feed or a saved listing of the old site. "
        "An import that was interrupted goes on when it is given the same file again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be added. Stores nothing.")
        parser.add_argument("--json", action="store_true", help="Print the report as one JSON object.")
        parser.add_argument(
            *("--map",),
            nargs="+",
            action="extend",
            default=[],
            metavar="field=Column",
            help="The column of a field, such as title=Headline. Other columns are found by their names.",
        )
        parser.add_argument(
            "--undo", action="store_true", help="Take the last import of this file back: to the trash."
        )
        parser.add_argument("--as", dest="as_what", choices=["draft", "live"], default="draft")

    def handle(self, *args: object, file: Path, **options: Any) -> None:
        try:
            if options["undo"]:
                self.stdout.write(f"{undo(file):,} moved to the trash.")
                return
            chosen = _pairs(options["map"])
            report = (
                dry_run(file, chosen) if options["dry_run"] else run(file, chosen, live=options["as_what"] == "live")
            )
        except (ArchiveError, UnknownColumn, CannotImport) as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        self.stdout.write(
            json.dumps(report.as_json, ensure_ascii=False) if options["json"] else "\n".join(report.lines)
        )


def dry_run(file: Path, chosen: dict[str, str]) -> Report:
    source = open_archive(file)
    reader = MentionReader(matched(source.columns, chosen))
    report = report_on(compared(source.records, reader))
    report.require_rows()
    return report


def run(file: Path, chosen: dict[str, str], *, live: bool) -> Report:
    """Import the file, or go on with its import."""
    archive = _unfinished(file, live=live) or take_in(file, file.name)
    if archive.state in (State.MATCHING, State.CHECKING, State.READY):
        try:
            archive.matched = matched(archive.columns, chosen)
        except UnknownColumn:
            archive.delete()
            raise
        archive.state = State.CHECKING
        archive.save(update_fields=["matched", "state"])
        check(archive)
        archive.refresh_from_db()
    begin(archive, live=live)
    storing = Storing(archive)
    while storing.add_some():
        time.sleep(REST_SECONDS)
    report = archive.report()
    report.added = archive.rows.filter(progress=Progress.ADDED).count()
    report.drafts = _drafts(archive)
    return report


def undo(file: Path) -> int:
    """Take the last import of the file back, or go on with that. Returns how many items are in the trash."""
    imports = ArchiveImport.objects.filter(digest=digest_of(file))
    archive = imports.filter(state=State.UNDOING).first() or imports.filter(rows__progress=Progress.ADDED).first()
    if archive is None:
        raise CannotImport("Nothing of this file is in the site, so there is nothing to take back.")
    begin_undo(archive)
    while take_some_back(archive):
        time.sleep(REST_SECONDS)
    return archive.rows.filter(progress=Progress.TAKEN_BACK).count()


def _unfinished(file: Path, *, live: bool) -> ArchiveImport | None:
    """The import of this file that was interrupted. One that was not read to its end begins anew."""
    imports = ArchiveImport.objects.filter(digest=digest_of(file), state__in=UNFINISHED, user=None)
    imports.filter(state=State.READING).delete()
    return imports.exclude(state__in=(State.IMPORTING, State.PAUSED), as_live=not live).first()


def _drafts(archive: ArchiveImport) -> int:
    pks = archive.rows.filter(progress=Progress.ADDED).values("page_pk")
    return NewsItemPage.objects.filter(pk__in=pks, live=False).count()


def _pairs(typed: list[str]) -> dict[str, str]:
    """The column of each field, from “field=Column”. Raises CommandError for anything else."""
    pairs = dict(pair.partition("=")[::2] for pair in typed if "=" in pair)
    if len(pairs) < len(typed):
        raise CommandError("Write --map with an equals sign, such as --map title=Headline, each field once.")
    return {name.strip(): column.strip() for name, column in pairs.items()}
