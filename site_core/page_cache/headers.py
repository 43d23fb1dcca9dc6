"""What every answer tells the browser: what a page may load, who may frame it, and whether it may be kept.

Public pages and the sign-in hold no script and no style of their own, so both are loaded from this site alone. There
are no nonces, which a stored page could not carry. Wagtail writes scripts into the pages of its admin, for dates and
choosers.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

Directives = dict[str, str]

OURS, NOBODY, ANYBODY = "'self'", "'none'", "*"
PUBLIC: Directives = {
    "default-src": NOBODY,
    "script-src": OURS,
    "style-src": OURS,
    "font-src": OURS,
    "img-src": f"{OURS} data:",
    "connect-src": OURS,
    "form-action": OURS,
    "base-uri": NOBODY,
    "frame-ancestors": NOBODY,
}
ADMIN: Directives = {
    "default-src": OURS,
    "script-src": f"{OURS} 'unsafe-inline'",
    "style-src": f"{OURS} 'unsafe-inline'",
    "img-src": f"{OURS} data: blob:",
    "object-src": NOBODY,
    "form-action": OURS,
    "base-uri": NOBODY,
    # Previews stand in a frame beside the form.
    "frame-ancestors": OURS,
}
# The page of last resort loads nothing, because nothing may be there to answer: its style stands in it.
BROKEN: Directives = {"default-src": NOBODY, "style-src": "'unsafe-inline'", "frame-ancestors": NOBODY}
FEATURES_OFF = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
# The page store keeps exactly what says so.
REVALIDATED = "public, max-age=0, must-revalidate"
UNTIL_CHANGED = {200, 301, 404, 410}
SERVER_ERROR = 500


class HeadersMiddleware:
    """Adds the headers that an answer does not have of its own, as documents and pictures do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_dummy", False):
            # Wagtail asks for a preview by a request of its own; what counts is the admin's answer that holds it.
            return response
        is_admin = request.path.startswith(self.admin)
        if not (settings.DEBUG and response.status_code in {404, SERVER_ERROR}):
            # Django's own pages for developers bring their style along.
            policy = policy_of(request, response, is_admin=is_admin)
            response.headers.setdefault("Content-Security-Policy", written(policy))
        response.headers.setdefault("Permissions-Policy", ", ".join(f"{name}=()" for name in FEATURES_OFF))
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault(
                "Cross-Origin-Resource-Policy", "cross-origin" if may_be_framed(response) else "same-origin"
            )
        if keeping := cache_control_of(request, response, is_admin=is_admin):
            response.headers.setdefault("Cache-Control", keeping)
        return response


def written(policy: Directives) -> str:
    """A policy as the header Content-Security-Policy holds it."""
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


def policy_of(request: HttpRequest, response: HttpResponse, *, is_admin: bool) -> Directives:
    """What the page may load, and who may frame it."""
    if response.status_code >= SERVER_ERROR:
        return BROKEN
    # Whoever is not signed in sees the sign-in alone. What is refused at the door has not been asked who it is.
    user = getattr(request, "user", None)
    if is_admin and user and user.is_authenticated:
        return ADMIN
    return PUBLIC | {"frame-ancestors": ANYBODY} if may_be_framed(response) else PUBLIC


def may_be_framed(response: HttpResponse) -> bool:
    """Whether the view has said so, with Django's decorator: `/impact/<figure>/embed/` alone does."""
    return getattr(response, "xframe_options_exempt", False)


def cache_control_of(request: HttpRequest, response: HttpResponse, *, is_admin: bool) -> str:
    """What is made for one person is kept nowhere, and a public page only as long as the site says it is the same."""
    if is_admin or settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
        return "private, no-store"
    if request.method in {"GET", "HEAD"} and response.status_code in UNTIL_CHANGED:
        return REVALIDATED
    return ""
