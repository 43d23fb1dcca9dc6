"""`manage.py erase_from_ledger TEXT --erase REASON`: erases personal data from the ledger of publications."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from site_core.publishing.ledger.erasure import erase, rows_with
from site_core.publishing.ledger.guard import is_owner_of_ledger


class Command(BaseCommand):
    help = "Erase every part of a ledger row that has TEXT, such as a name. Shows what it would erase unless --erase."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", help="What the rows have, such as the name of a person.")
        parser.add_argument("--erase", metavar="REASON", help="Erase it, and note this reason in the site's history.")

    def handle(self, *args: Any, **options: Any) -> None:
        text, reason = options["text"].strip(), options["erase"]
        if len(text) < 3:
            raise CommandError("Give at least three letters.")
        if reason is not None and not reason.strip():
            raise CommandError("Say why, for those who read the history: --erase “Asked by the person on …”.")
        if reason and not is_owner_of_ledger():
            raise CommandError("Only the role that owns the tables can erase. Run this as nnsc-prepare is run.")
        found = erase(text, reason.strip()) if reason else rows_with(text)
        for one in found:
            self.stdout.write(f"Row {one.row.pk}, {one.row.model_label} {one.row.object_id}: {', '.join(one.parts)}")
        rows = f"{len(found)} row{'' if len(found) == 1 else 's'}"
        self.stdout.write(f"Erased from {rows}." if reason else f"Found in {rows}. Nothing was erased.")
