"""manage.py load_content: loads the organization's own content."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from home.content_loader import ContentError, load_content

CONTENT_FOLDER = Path(__file__).resolve().parent.parent.parent / "content"


class Command(BaseCommand):
    help = "Load the organization's content. Keeps what an editor has changed or deleted since."

    def handle(self, *args: object, **options: object) -> None:
        try:
            report = load_content(CONTENT_FOLDER)
        except ContentError as error:
            raise CommandError(str(error)) from None
        self.stdout.write("\n".join(report.lines))
