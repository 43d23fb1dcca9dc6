"""What the database knows of the site."""

from collections.abc import Iterator

from django.db import Error
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from site_core.mail.models import UnsentMail, longest_wait
from site_core.ops.models import since_last_drill
from site_core.publishing.events import due_events
from site_core.publishing.ledger.comparison import recent_count
from site_core.publishing.ledger.receipts import Receipt
from site_core.publishing.runner.clock import read_clock
from site_core.publishing.runner.failures import FailedEvent
from site_core.publishing.runner.lease import seconds_without_runner

Known = dict[str, tuple[str, float]]


class SiteState(Collector):
    """The gauges. Where the database does not answer, nothing but that is known."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            known = _publishing() | _queues() | _operations()
        except Error:
            known = {}
        yield GaugeMetricFamily("nnsc_database_up", "Whether the database answers.", value=bool(known))
        for name, (meaning, value) in known.items():
            yield GaugeMetricFamily(f"nnsc_{name}", meaning, value=value)


def _publishing() -> Known:
    return {
        "runner_idle_seconds": ("Since a publishing process last renewed its lease.", seconds_without_runner()),
        "events_failed": ("Those that could not be carried out.", FailedEvent.objects.count()),
        "ledger_differences": ("Objects of which the ledger's newest row is wrong.", recent_count()),
    }


def _queues() -> Known:
    """What waits for the publishing process. A queue that is worked on is empty nearly always."""
    now = timezone.now()
    return {
        "events_due": ("Go-lives, expiries and checks whose time has come.", len(due_events(now))),
        "verifications_due": (
            "Changes of which it is not yet known whether the public sees them.",
            Receipt.objects.to_look_at(now).count(),
        ),
        "mails_waiting": ("Emails that have not been sent yet.", UnsentMail.objects.waiting().count()),
        "mails_given_up": ("Emails that could not be sent.", UnsentMail.objects.given_up().count()),
        "mail_wait_seconds": ("Since the oldest email that waits was written.", longest_wait().total_seconds()),
    }


def _operations() -> Known:
    known = {
        "clock_offset_seconds": (
            "How far the clock of this machine is ahead of the database's.",
            read_clock().ahead.total_seconds(),
        ),
    }
    if (since := since_last_drill()) is not None:
        known["restore_drill_seconds"] = ("Since a backup last passed a restore drill.", since.total_seconds())
    return known
