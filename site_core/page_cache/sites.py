"""The site of a request, and the path of its root page in the page tree."""

from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site
from wagtail.models.sites import get_site_for_hostname

from site_core.page_cache.memoize import cache_is_bypassed, memoized


def site_of(request: HttpRequest) -> Site | None:
    """The same as Site.find_for_request, but memoized for each host. Callers must not change the site."""
    if not cache_is_bypassed() and not hasattr(request, "_wagtail_site"):
        # Wagtail caches the site on the request under this name.
        host, _ = split_domain_port(request._get_raw_host())  # type: ignore[attr-defined]
        request._wagtail_site = _find_site(host, request.get_port())  # type: ignore[attr-defined]
    return Site.find_for_request(request)


@memoized
def _find_site(host: str, port: str) -> Site | None:
    try:
        return get_site_for_hostname(host, port)
    except Site.DoesNotExist:
        return None


@memoized
def root_path() -> str:
    """The `url_path` of the default site's root page. The rest of a page's `url_path` is the path of its URL."""
    path: str = Site.objects.values_list("root_page__url_path", flat=True).get(is_default_site=True)
    return path
