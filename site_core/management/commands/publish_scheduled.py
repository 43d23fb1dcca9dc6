"""`manage.py publish_scheduled`: one pass of our runner, under the name of Wagtail's, so that nobody runs that one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from site_core.publishing.runner import publish_due


class Command(BaseCommand):
    help = "Publish and expire what is due now, once. `run_publishing` does it every second."

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = publish_due(timezone.now())
        for event in outcome.done:
            self.stdout.write(f"Carried out: {event}")
        if outcome.failed:
            raise CommandError(
                "\n".join(f"Not carried out, its schedule is kept: {event}" for event in outcome.failed)
            )
