"""The site's root URL, for absolute links in feeds, data files and structured data."""

from django.http import HttpRequest

from site_core.page_cache.sites import site_of


def root_url_of(request: HttpRequest) -> str:
    """Such as “https://example.org”, without a final slash; "" if no site matches the request."""
    site = site_of(request)
    return str(site.root_url) if site else ""
