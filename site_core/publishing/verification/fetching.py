"""Compares what the public gets at a path with what this process would serve there.

The former is fetched through the running site. The latter is rendered here by Django's own handler with every
middleware, for a visitor who is not logged in. No public page differs from one rendering to the next, so unless both
are the same bytes, the public sees something other than what was published.
"""

import http.client
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from site_core.settings.environment import SiteURL

# Seconds that the running site may take for one page.
PATIENCE = 2


class NoAnswer(Exception):
    """The running site cannot be reached, or takes too long."""


@dataclass(frozen=True)
class Answer:
    """What a visitor gets."""

    status: int
    location: str
    body: bytes


def fetched(path: str, site: SiteURL | None = None, patience: int = PATIENCE) -> Answer:
    """The answer of the running site, or of another one on this code. Raises NoAnswer after `patience` seconds."""
    site = site or settings.VERIFICATION_URL
    kind = http.client.HTTPSConnection if site.is_https else http.client.HTTPConnection
    connection = kind(site.host, site.port, timeout=patience)
    try:
        connection.request("GET", path, headers=_headers())
        response = connection.getresponse()
        return Answer(response.status, response.getheader("Location") or "", response.read())
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer from error
    finally:
        connection.close()


def rendered(path: str) -> Answer:
    """The answer that this process would give.

    It sends no request signals, which would close this thread's connection to the database.
    """
    factory = RequestFactory(headers=_headers())
    response = _handler().get_response(factory.get(path, secure=urlsplit(settings.SITE_URL.url).scheme == "https"))
    return Answer(response.status_code, response.headers.get("Location", ""), b"".join(response))


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def _headers() -> dict[str, str]:
    """With these the site takes the request for one to its public URL."""
    public = urlsplit(settings.SITE_URL.url)
    return {"Host": public.netloc, "X-Forwarded-Proto": public.scheme}


@dataclass
class Look:
    """One round of verification. It fetches each path once, however many receipts need it."""

    wait_for_turn: Callable[[], object] = lambda: None
    answers: dict[str, tuple[Answer, Answer]] = field(default_factory=dict)

    def at(self, path: str) -> tuple[Answer, Answer]:
        """What the public gets, and what it should get. Raises NoAnswer."""
        if path not in self.answers:
            self.wait_for_turn()
            self.answers[path] = (fetched(path), rendered(path))
        return self.answers[path]

    def problem_with_page(self, path: str, *, is_public: bool) -> str:
        """What is wrong at the object's own path, as a sentence; "" if nothing is."""
        given, due = self.at(path)
        if due.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return f"The page at {path} cannot be shown: it ends in an error."
        if is_public and due.status == HTTPStatus.NOT_FOUND:
            return f"There is no page at {path}, although it is published."
        if given == due:
            return ""
        if given.status != due.status:
            return f"The public sees {_what(given)} at {path}, and should see {_what(due)}."
        return f"The public sees a different version at {path} than the one that is published."

    def problem_with_list(self, path: str) -> str:
        """The same for a page that lists the object."""
        given, due = self.at(path)
        return "" if given == due else f"The public sees an outdated or wrong version of {path}, which lists it."


def _what(answer: Answer) -> str:
    if answer.status == HTTPStatus.OK:
        return "a page"
    if answer.location:
        return f"a redirect to {answer.location}"
    if answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return "that there is no such page"
    return f"an error (status {answer.status})"
