"""`manage.py publish_scheduled`: runs our runner once, in place of Wagtail's command of the same name."""

from django.core.management.base import BaseCommand, CommandError

from site_core.publishing.runner.clock import read_clock
from site_core.publishing.runner.due import publish_due
from site_core.publishing.runner.lease import LeaseHeld


class Command(BaseCommand):
    help = "Publish and expire what is due now, once. `run_publishing` does it every second."

    def handle(self, *args: object, **options: object) -> None:
        clock = read_clock()
        if clock.is_too_far_off:
            raise CommandError(f"{clock}: nothing was published. Set the clock right, and run this again.")
        try:
            outcome = publish_due(clock.now)
        except LeaseHeld as held:
            self.stdout.write(str(held))
            return
        for event in outcome.done:
            self.stdout.write(f"Done: {event}")
        for event in outcome.canceled:
            self.stdout.write(f"Canceled, see its history: {event}")
        if outcome.failed:
            raise CommandError("\n".join(f"Failed, still scheduled: {failed}" for failed in outcome.failed))
