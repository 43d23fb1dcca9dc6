"""What Prometheus is told: the sums of what the web server counts, and what is measured now."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from site_core.ops.gauges.machine_state import MachineState
from site_core.ops.gauges.site_state import SiteState
from site_core.ops.gauges.worker_state import forget_ended_workers
from site_core.page_cache.metrics import FOLDER
from site_core.page_cache.store.database_limits import database_limits


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Everything, of all processes on this port. Raises Http404 where nothing is counted; nginx lets nobody ask."""
    if not FOLDER:
        raise Http404("Nothing is counted here.")
    registry = CollectorRegistry()
    forget_ended_workers(Path(FOLDER))
    MultiProcessCollector(registry, FOLDER)  # type: ignore[no-untyped-call]
    registry.register(MachineState())
    registry.register(SiteState())
    with database_limits("visit"):
        return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
