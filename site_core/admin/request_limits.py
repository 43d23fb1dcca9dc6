"""How much a request may hold, and the words for one that holds more.

Django limits the body, the fields and the files. Structured text (JSON) that is nested without end fails deep inside
whatever reads it, and so does a list of the text editor that is indented without end. Both are looked for before any
screen of the admin reads what was sent.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import defaults

# Blocks in lists in blocks are below ten, and so are the lists of the text editor.
MOST_LEVELS = 50
MEGABYTE = 1024 * 1024


class TooDeeplyNested(SuspiciousOperation):
    """A value of the request has more levels than any screen makes."""


REASONS: dict[type[Exception], str] = {
    RequestDataTooBig: (
        f"This is longer than the site takes at once, which is {settings.DATA_UPLOAD_MAX_MEMORY_SIZE / MEGABYTE:g} MB."
    ),
    TooManyFieldsSent: "This form has more parts than the site takes at once.",
    TooManyFilesSent: f"The site takes {settings.DATA_UPLOAD_MAX_NUMBER_FILES} files at once, and these are more.",
    TooDeeplyNested: "Something in this form is nested more deeply than the site can read.",
}
NOT_READ = "Something in this request is not what a browser sends."


class NestingMiddleware:
    """Refuses what is nested too deeply for the admin. Nothing else of the site reads structured text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> None:
        if request.method not in ("GET", "HEAD") and request.path.startswith(self.admin):
            for text in _structured_texts(request):
                _require_few_levels(text)


def _structured_texts(request: HttpRequest) -> Iterator[str | bytes]:
    if request.content_type == "application/json":
        yield request.body
    for _, values in request.POST.lists():
        yield from (value for value in values if value.lstrip()[:1] in ("[", "{"))


def _require_few_levels(text: str | bytes) -> None:
    """Raises TooDeeplyNested. Text that is not JSON has no levels."""
    try:
        level = [json.loads(text)]
    except RecursionError:
        raise TooDeeplyNested from None
    except ValueError:
        return
    for _ in range(MOST_LEVELS):
        level = [inner for value in level for inner in _inside(value)]
        if not level:
            return
    raise TooDeeplyNested


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        # How far the text editor indents a line, and how its words look: lists in one another, and tags.
        depth, styles = value.get("depth", 0), value.get("inlineStyleRanges")
        if (isinstance(depth, int | float) and depth > MOST_LEVELS) or _most_at_once(styles) > MOST_LEVELS:
            raise TooDeeplyNested
        return value.values()
    return value if isinstance(value, list) else ()


def _most_at_once(ranges: Any) -> int:
    """How many of the ranges share a letter. 0 for what are none."""
    try:
        starts = sorted(int(one["offset"]) for one in ranges)
        ends = sorted(int(one["offset"]) + int(one["length"]) for one in ranges)
    except (TypeError, KeyError, ValueError, OverflowError):
        return 0
    most = ended = 0
    for begun, start in enumerate(starts, 1):
        while ends[ended] <= start and ended < begun - 1:
            ended += 1
        most = max(most, begun - ended)
    return most


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 400 handler: a page in words, for staff in the admin, and the same in JSON for what a script has sent."""
    if isinstance(exception, DisallowedHost):
        # The page itself would ask for the host.
        return defaults.bad_request(request, exception)
    reason = REASONS.get(type(exception), NOT_READ)
    is_too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    status = 413 if is_too_much else 400
    if not request.accepts("text/html"):
        message = f"{reason} It is not saved. Copy what you typed to a safe place before you leave."
        return JsonResponse({"success": False, "error_code": "refused", "error_message": message}, status=status)
    user = getattr(request, "user", None)
    is_staff = user and user.is_authenticated and request.path.startswith(reverse("wagtailadmin_home"))
    template = "admin/not_taken.html" if is_staff else "not_taken.html"
    return render(request, template, {"reason": reason}, status=status)
