"""How long each request took that reached Django: for the metrics, and in the log where it was long."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from site_core.page_cache.metrics import REQUESTS

logger = logging.getLogger(__name__)

SLOW_SECONDS = 2.0


class TimingMiddleware:
    """Stands before all others, so that their time counts as well."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.seconds = {first: REQUESTS.labels(f"{first}xx") for first in range(1, 6)}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        if getattr(request, "is_dummy", False):
            # A preview, within a request that is timed itself.
            return response
        seconds = time.perf_counter() - begun
        self.seconds[response.status_code // 100].observe(seconds)
        if seconds >= SLOW_SECONDS:
            told = {"request": request, "status_code": response.status_code}
            logger.warning("%s %s took %.1f seconds.", request.method, request.path, seconds, extra=told)
        return response
