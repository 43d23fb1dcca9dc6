"""Which site a request is for, and where it begins in the tree of pages."""

from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site
from wagtail.models.sites import get_site_for_hostname

from site_core.page_cache.memoize import cache_is_bypassed, memoized


def site_of(request: HttpRequest) -> Site | None:
    """Wagtail's answer, looked up once in each generation for each host. Nobody may change it."""
    if not cache_is_bypassed() and not hasattr(request, "_wagtail_site"):
        # Where Wagtail keeps the answer for as long as the request lasts.
        host, _ = split_domain_port(request._get_raw_host())  # type: ignore[attr-defined]
        request._wagtail_site = _site_at(host, request.get_port())  # type: ignore[attr-defined]
    return Site.find_for_request(request)


@memoized
def _site_at(host: str, port: str) -> Site | None:
    try:
        return get_site_for_hostname(host, port)
    except Site.DoesNotExist:
        return None


@memoized
def root_path() -> str:
    """Where the site begins in the tree: what follows it in the path of a page is the page's address."""
    path: str = Site.objects.values_list("root_page__url_path", flat=True).get(is_default_site=True)
    return path
