"""Measures how long Django takes over each request, for the metrics, and logs slow requests."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from site_core.page_cache.metrics import REQUESTS

logger = logging.getLogger(__name__)

SLOW_SECONDS = 2.0


class TimingMiddleware:
    """Comes first in MIDDLEWARE, so that it measures all other middleware too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.seconds = {digit: REQUESTS.labels(f"{digit}xx") for digit in range(1, 6)}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started_at = time.perf_counter()
        response = self.get_response(request)
        if getattr(request, "is_dummy", False):
            # Wagtail's internal request for a preview, inside a request that is measured itself.
            return response
        seconds = time.perf_counter() - started_at
        self.seconds[response.status_code // 100].observe(seconds)
        if seconds >= SLOW_SECONDS:
            extra = {"request": request, "status_code": response.status_code}
            logger.warning("%s %s took %.1f seconds.", request.method, request.path, seconds, extra=extra)
        return response
