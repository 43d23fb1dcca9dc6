"""manage.py print_admin_copy: prints every sentence, label and help text of the admin, as tests/home has it."""

from django.core.management.base import BaseCommand

from home.admin_copy import admin_copy


class Command(BaseCommand):
    help = "Print every sentence, label and help text of the admin once, in the order of the alphabet."

    def handle(self, *args: object, **options: object) -> None:
        for text in sorted(admin_copy()):
            self.stdout.write(text)
