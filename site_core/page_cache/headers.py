"""Security and caching headers: what a page may load, who may frame it, and whether it may be cached.

Public pages and the login page contain no inline script or style, so their policy allows only files of the site. It
needs no nonces, which stored pages could not have. The admin's policy allows the inline scripts that Wagtail writes.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control

from site_core.page_cache.script_nonce import nonce_of, script_nonce

Directives = dict[str, str]

SELF, NONE, ANY = "'self'", "'none'", "*"
PUBLIC: Directives = {
    "default-src": NONE,
    "script-src": SELF,
    "style-src": SELF,
    "font-src": SELF,
    "img-src": f"{SELF} data:",
    "connect-src": SELF,
    "form-action": SELF,
    "base-uri": NONE,
    "frame-ancestors": NONE,
}
ADMIN: Directives = {
    "default-src": SELF,
    # policy_of adds the nonce of the session.
    "script-src": SELF,
    # Draft.js writes style elements, and Wagtail style attributes, which no nonce can allow.
    "style-src": f"{SELF} 'unsafe-inline'",
    "img-src": f"{SELF} data: blob:",
    "object-src": NONE,
    "form-action": SELF,
    "base-uri": NONE,
    # The editor shows previews in a frame.
    "frame-ancestors": SELF,
}
# For server errors. Such a page loads no file, because nothing may be able to serve one. Its style is inline.
BROKEN: Directives = {"default-src": NONE, "style-src": "'unsafe-inline'", "frame-ancestors": NONE}
FEATURES_OFF = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
# The page store stores exactly the responses with this Cache-Control.
REVALIDATED = "public, max-age=0, must-revalidate"
CACHEABLE_STATUSES = {200, 301, 404, 410}
SERVER_ERROR = 500


class HeadersMiddleware:
    """Adds the headers that a view has not set itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with nonce_of(request):
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_dummy", False):
            # Wagtail's internal request for a preview. The admin's own response contains the result.
            return response
        is_admin = request.path.startswith(self.admin)
        if not (settings.DEBUG and response.status_code in {404, SERVER_ERROR}):
            # Django's debug pages have inline styles.
            policy = policy_of(request, response, is_admin=is_admin)
            response.headers.setdefault("Content-Security-Policy", policy_header(policy))
        response.headers.setdefault("Permissions-Policy", ", ".join(f"{name}=()" for name in FEATURES_OFF))
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault(
                "Cross-Origin-Resource-Policy", "cross-origin" if may_be_framed(response) else "same-origin"
            )
        if cache_control := cache_control_of(request, response, is_admin=is_admin):
            response.headers.setdefault("Cache-Control", cache_control)
        return response


def policy_header(policy: Directives) -> str:
    """The value of the Content-Security-Policy header."""
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


def policy_of(request: HttpRequest, response: HttpResponse, *, is_admin: bool) -> Directives:
    if response.status_code >= SERVER_ERROR:
        return BROKEN
    # Anonymous users see only the login page. A request that an earlier middleware refuses has no user.
    user = getattr(request, "user", None)
    if is_admin and user and user.is_authenticated:
        return ADMIN | {"script-src": f"{SELF} 'nonce-{script_nonce()}'"}
    return PUBLIC | {"frame-ancestors": ANY} if may_be_framed(response) else PUBLIC


def may_be_framed(response: HttpResponse) -> bool:
    """Whether the view has Django's decorator xframe_options_exempt."""
    return getattr(response, "xframe_options_exempt", False)


def never_store(response: HttpResponseBase) -> None:
    """Have neither the site nor a browser store a response, because its URL has words that a visitor typed."""
    patch_cache_control(response, private=True, no_store=True)


def cache_control_of(request: HttpRequest, response: HttpResponse, *, is_admin: bool) -> str:
    """Responses for one user are stored nowhere. Public ones are revalidated at each use. "" for all others."""
    if is_admin or settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
        return "private, no-store"
    if request.method in {"GET", "HEAD"} and response.status_code in CACHEABLE_STATUSES:
        return REVALIDATED
    return ""
