"""`manage.py publish_scheduled`: runs our runner once, in place of Wagtail's command of the same name."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from site_core.publishing.runner.due import publish_due
from site_core.publishing.runner.lease import LeaseHeld


class Command(BaseCommand):
    help = "Publish and expire what is due now, once. `run_publishing` does it every second."

    def handle(self, *args: object, **options: object) -> None:
        try:
            outcome = publish_due(timezone.now())
        except LeaseHeld as held:
            self.stdout.write(str(held))
            return
        for event in outcome.done:
            self.stdout.write(f"Done: {event}")
        for event in outcome.canceled:
            self.stdout.write(f"Canceled, see its history: {event}")
        if outcome.failed:
            raise CommandError("\n".join(f"Failed, still scheduled: {failed}" for failed in outcome.failed))
