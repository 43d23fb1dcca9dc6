"""`manage.py publish_scheduled`: one pass of our runner, under the name of Wagtail's, so that nobody runs that one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from site_core.publishing.runner.due import publish_due
from site_core.publishing.runner.lease import LeaseHeld


class Command(BaseCommand):
    help = "Publish and expire what is due now, once. `run_publishing` does it every second."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = publish_due(timezone.now())
        except LeaseHeld as held:
            self.stdout.write(str(held))
            return
        for event in outcome.done:
            self.stdout.write(f"Carried out: {event}")
        for event in outcome.canceled:
            self.stdout.write(f"Canceled, its history says why: {event}")
        if outcome.failed:
            raise CommandError(
                "\n".join(f"Not carried out, its schedule is kept: {failed}" for failed in outcome.failed)
            )
