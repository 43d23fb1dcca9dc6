"""Redirects a visitor from an old address, however it is spelled."""

from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from django.db.models import Q
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from wagtail.contrib.redirects.models import Redirect

from site_core.fields.tracking import is_tracking_key
from site_core.page_cache.sites import site_of
from site_core.publishing.typed_links import redirect_target


class RedirectMiddleware:
    """Like Wagtail's, but tracking keys, capitals and spaces in the requested URL do not matter.

    A redirect to what visitors do not see is none: it would tell them that it exists.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404:
            return response
        redirect = redirect_for(request)
        target = redirect_target(redirect) if redirect else ""
        if redirect is None or not target:
            return response
        return (HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect)(target)


def redirect_for(request: HttpRequest) -> Redirect | None:
    """The redirect whose old path fits best: with the query before without it, in the same case before another."""
    paths = spellings(request.get_full_path())
    found = Redirect.get_for_site(site_of(request)).annotate(lower=Lower("old_path"))
    found = found.filter(Q(old_path__in=paths) | Q(lower__in=[path.lower() for path in paths]))
    wanted = [*paths, *(path.lower() for path in paths)]

    def rank(redirect: Redirect) -> tuple[int, bool]:
        path = redirect.old_path if redirect.old_path in paths else redirect.old_path.lower()
        return wanted.index(path) if path in wanted else len(wanted), redirect.site_id is None

    return min(found, key=rank, default=None)


def spellings(requested: str) -> list[str]:
    """The paths under which a redirect may be stored, the closest first."""
    try:
        path, query = urlsplit(requested).path, urlsplit(requested).query
    except ValueError:
        return []
    query = "&".join(pair for pair in query.split("&") if not is_tracking_key(pair.partition("=")[0]))
    plain = "/" + unquote(path).strip("/ \t\xa0")
    candidates = [f"{path}?{query}", path, f"{plain}?{query}", plain]
    paths = dict.fromkeys(Redirect.normalise_path(candidate) for candidate in candidates)
    return [path for path in paths if "\0" not in path]
