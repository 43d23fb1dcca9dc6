"""Which inline scripts of the admin a browser runs: those of Wagtail, which have the nonce of the session.

Wagtail writes its scripts without a nonce, in templates and in one widget. `Loader` adds the nonce to the source of a
template, so no text that somebody typed can have it. It is the same for a whole session, because the admin inserts
HTML into a page that it has requested later.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest
from django.template import Origin
from django.template.loaders import app_directories
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.widgets.chooser import BaseChooser

# As Wagtail writes them.
INLINE_SCRIPT = re.compile(r'<script(?=>| type="text/javascript">)')
_request: ContextVar[HttpRequest] = ContextVar("request")


@contextmanager
def nonce_of(request: HttpRequest) -> Iterator[None]:
    """A block in which templates have the nonce of a request."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def script_nonce() -> str:
    """The nonce, "" outside of a session."""
    session = getattr(_request.get(None), "session", None)
    key = session.session_key if session else None
    return salted_hmac("script_nonce", key, algorithm="sha256").hexdigest()[:32] if key else ""


def nonce_attribute() -> SafeString:
    """The attribute for a script, with a space before it."""
    nonce = script_nonce()
    return format_html(' nonce="{}"', nonce) if nonce else SafeString()


class Loader(app_directories.Loader):
    """Finds the templates of apps. Their inline scripts have the nonce."""

    def get_contents(self, origin: Origin) -> str:
        return INLINE_SCRIPT.sub("<script{% nonce_attribute %}", super().get_contents(origin))


def connect() -> None:
    """Gives the nonce to the script of Wagtail's choosers, which is not in a template."""
    stock = BaseChooser.render

    def render(self: BaseChooser, *args: Any, **kwargs: Any) -> SafeString:
        widget, _, script = stock(self, *args, **kwargs).rpartition("<script>")
        return mark_safe(f"{widget}<script{nonce_attribute()}>{script}")  # noqa: S308 (as in stock)

    BaseChooser.render = render
