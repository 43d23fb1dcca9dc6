"""`manage.py check_ledger`: says where the ledger was tampered with, or differs from what is public."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from site_core.publishing.ledger.comparison import differences, record_differences
from site_core.publishing.ledger.guard import ledger_is_protected
from site_core.publishing.ledger.proof import breaks


class Command(BaseCommand):
    help = "Prove the ledger of publications and compare it with what is public. Exits with 1 if anything is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--record", action="store_true", help="Add the rows that the ledger lacks.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = differences()
        for difference in found:
            self.stdout.write(str(difference))
        if options["record"]:
            record_differences(found)
            found = differences()
        broken = breaks()
        for one in broken:
            self.stdout.write(str(one))
        if not ledger_is_protected():
            raise CommandError("The triggers that protect the ledger are missing or changed. Run “manage.py migrate”.")
        if broken:
            raise CommandError(f"The ledger was tampered with. Breaks in its chain: {len(broken)}.")
        if found:
            raise CommandError(f"The ledger differs from what is public. Differences: {len(found)}.")
        self.stdout.write("The ledger agrees with what is public.")
