"""manage.py print_public_copy: prints every sentence that the public pages can print."""

from django.core.management.base import BaseCommand

from home.public_copy import public_copy


class Command(BaseCommand):
    help = "Print every sentence of the public pages once, under the file in which it stands."

    def handle(self, *args: object, **options: object) -> None:
        last = ""
        for text, path in public_copy().items():
            if path != last:
                self.stdout.write(f"\n{path}")
                last = path
            self.stdout.write(f"  {text}")
