"""manage.py check_facts: lists the facts on record that the organization's content does not tell."""

from django.core.management.base import BaseCommand, CommandError

from home.content_loader import ContentError
from home.content_loader.facts import untold_facts
from home.management.commands.load_content import CONTENT_FOLDER


class Command(BaseCommand):
    help = "List the facts on record (facts.yaml) that no entry of the content tells."

    def handle(self, *args: object, **options: object) -> None:
        try:
            untold = untold_facts(CONTENT_FOLDER)
        except ContentError as error:
            raise CommandError(str(error)) from None
        if untold:
            raise CommandError("\n".join(["No entry tells:", *(f"{key}: {fact}" for key, fact in untold.items())]))
        self.stdout.write("Every fact on record is told.")
