"""Measures how long Django takes over each request, for the metrics, and logs slow requests with their route."""

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from site_core.page_cache.metrics import IN_DJANGO, REQUESTS

logger = logging.getLogger(__name__)

SLOW_SECONDS = 2.0
_current: ContextVar[HttpRequest | None] = ContextVar("current_request", default=None)


def current_request() -> HttpRequest | None:
    """The request that this thread answers."""
    return _current.get()


def route_of(request: HttpRequest) -> str:
    """The pattern of its URL, such as “places/<object_slug:slug>/”, or its path if none is known yet.

    All requests of one kind have one route. That of a page is the pattern of all pages.
    """
    match = getattr(request, "resolver_match", None)
    return str(match.route) if match else request.path


class TimingMiddleware:
    """Comes first in MIDDLEWARE, so that it measures all other middleware too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.seconds = {digit: REQUESTS.labels(f"{digit}xx") for digit in range(1, 6)}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request, "is_dummy", False):
            # Wagtail's internal request for a preview, inside a request that is measured itself.
            return self.get_response(request)
        token = _current.set(request)
        try:
            with IN_DJANGO.track_inprogress():
                return self._measured(request)
        finally:
            _current.reset(token)

    def _measured(self, request: HttpRequest) -> HttpResponse:
        started_at = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started_at
        self.seconds[response.status_code // 100].observe(seconds)
        if seconds >= SLOW_SECONDS:
            extra = {"request": request, "status_code": response.status_code}
            told = (request.method, request.path, seconds, route_of(request))
            logger.warning("%s %s took %.1f seconds (route: %s).", *told, extra=extra)
        return response
