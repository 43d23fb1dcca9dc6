"""Answers a request that no screen of the admin makes with status 400, in words.

Wagtail's own views trust the URL and the form. An error about what these say is no fault of the site; any other error
is one.
"""

import logging
from collections.abc import Callable, Iterator
from json import JSONDecodeError

from django.core.paginator import InvalidPage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.datastructures import MultiValueDictKeyError

logger = logging.getLogger(__name__)

# A field that is missing, and a page of a list that is none, can only be meant by the request.
ABOUT_THE_REQUEST = (MultiValueDictKeyError, InvalidPage)
# Every integer column has room for a number of this many digits.
MOST_DIGITS = 18


class BadAdminRequestMiddleware:
    """Logs such an error. Any other is left to Django, which answers with 500.html and logs it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not request.path.startswith(self.admin) or not comes_from_what_was_sent(exception, request):
            return None
        logger.error("Not understood: %s %s", request.method, request.path, exc_info=exception)
        return render(request, "admin/not_understood.html", status=400)


def comes_from_what_was_sent(exception: Exception, request: HttpRequest) -> bool:
    """Whether an error is about a value of the request: it names the value, or a value has what it complains of."""
    if isinstance(exception, ABOUT_THE_REQUEST):
        return True
    sent = set(values_sent(request))
    if isinstance(exception, JSONDecodeError):
        return exception.doc in sent
    if isinstance(exception, OverflowError):
        return any(value.lstrip("-").isdecimal() and len(value) > MOST_DIGITS for value in sent)
    if isinstance(exception, ValueError) and "NUL" in str(exception):
        return any("\x00" in value for value in sent)
    # “invalid literal for int() with base 10: '1x'”, “Reverse for 'edit' with arguments '('1x',)' not found”
    message = str(exception)
    return isinstance(exception, ValueError | NoReverseMatch) and any(repr(value) in message for value in sent)


def values_sent(request: HttpRequest) -> Iterator[str]:
    """Every value of the URL and of the form, and each part of those that commas separate."""
    for query in (request.GET, request.POST):
        for _, values in query.lists():
            for value in values:
                yield value
                yield from value.split(",")
    if request.resolver_match:
        yield from map(str, request.resolver_match.kwargs.values())
