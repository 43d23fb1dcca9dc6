"""`manage.py check_ledger`: says where the ledger of publications differs from what the public can see."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from site_core.publishing.ledger.comparison import differences, record_differences


class Command(BaseCommand):
    help = "Compare the ledger of publications with what is public. Exits with 1 if they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--record", action="store_true", help="Add the rows that the ledger lacks.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = differences()
        for difference in found:
            self.stdout.write(str(difference))
        if options["record"]:
            record_differences(found)
            found = differences()
        if found:
            raise CommandError(f"The ledger differs from what is public. Differences: {len(found)}.")
        self.stdout.write("The ledger agrees with what is public.")
