"""Reports errors to Sentry, or to a service that speaks like it, if SENTRY_DSN names one.

A report has the traceback, the route and the build. It has nothing that a visitor or an editor typed, no cookie, no
address: the privacy page promises that.
"""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from site_core.ops.log_secrets import without_secrets
from site_core.page_cache.build_id import build_id

if TYPE_CHECKING:
    from sentry_sdk.types import Event, Hint

# What is left of a request, less its query.
_KEPT_OF_REQUEST = ("method", "url")


def start_error_reports() -> bool:
    """Called once, when the apps are loaded. Returns whether errors are reported."""
    if not settings.SENTRY_DSN:
        return False
    # A site without reports need not load it.
    import sentry_sdk

    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        release=build_id()[:12],
        before_send=without_personal_data,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        # A breadcrumb is a query with its values, or a line of the log.
        max_breadcrumbs=0,
    )
    return True


def without_personal_data(event: "Event", hint: "Hint") -> "Event":
    request = event.get("request") or {}
    event["request"] = {name: value for name, value in request.items() if name in _KEPT_OF_REQUEST}
    if url := event["request"].get("url"):
        event["request"]["url"] = without_secrets(urlsplit(str(url))._replace(query="", fragment="").geturl())
    event.pop("user", None)
    event.pop("extra", None)
    return event
