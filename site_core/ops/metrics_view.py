"""What Prometheus is told: the sums of what the web server counts, and what the database knows of the publishing."""

from collections.abc import Iterator

from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from site_core.mail.models import UnsentMail, longest_wait
from site_core.ops.models import since_last_drill
from site_core.page_cache.metrics import FOLDER
from site_core.page_cache.store.database_limits import database_limits
from site_core.publishing.events import due_events
from site_core.publishing.ledger.comparison import recent_count
from site_core.publishing.runner.clock import read_clock
from site_core.publishing.runner.failures import FailedEvent
from site_core.publishing.runner.lease import seconds_without_runner


class SiteState(Collector):
    """What the database knows, asked whenever somebody wants to know."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            known: dict[str, tuple[str, float]] = {
                "runner_idle_seconds": (
                    "Since a publishing process last renewed its lease.",
                    seconds_without_runner(),
                ),
                "events_due": (
                    "Go-lives, expiries and checks whose time has come.",
                    len(due_events(timezone.now())),
                ),
                "events_failed": ("Those that could not be carried out.", FailedEvent.objects.count()),
                "clock_ahead_seconds": (
                    "By how much the clock of this machine is ahead of the database's.",
                    read_clock().ahead.total_seconds(),
                ),
                "mails_waiting": ("Emails that have not been sent yet.", UnsentMail.objects.waiting().count()),
                "mails_given_up": ("Emails that could not be sent.", UnsentMail.objects.given_up().count()),
                "mail_wait_seconds": (
                    "Since the oldest email that waits was written.",
                    longest_wait().total_seconds(),
                ),
                "ledger_differences": ("Objects of which the ledger's newest row is wrong.", recent_count()),
            }
            if (since := since_last_drill()) is not None:
                known["restore_drill_seconds"] = ("Since a backup last passed a restore drill.", since.total_seconds())
        except Error:
            known = {}
        yield GaugeMetricFamily("nnsc_database_up", "Whether the database answers.", value=bool(known))
        for name, (meaning, value) in known.items():
            yield GaugeMetricFamily(f"nnsc_{name}", meaning, value=value)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Everything, of all processes on this port. Raises Http404 where nothing is counted; nginx lets nobody ask."""
    if not FOLDER:
        raise Http404("Nothing is counted here.")
    registry = CollectorRegistry()
    MultiProcessCollector(registry, FOLDER)  # type: ignore[no-untyped-call]
    registry.register(SiteState())
    with database_limits("visit"):
        return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
