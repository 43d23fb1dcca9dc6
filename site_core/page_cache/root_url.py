"""Scheme and host of the site, for whatever is read away from it: feeds, data, machines."""

from django.http import HttpRequest

from site_core.page_cache.sites import site_of


def root_url_of(request: HttpRequest) -> str:
    """Such as “https://example.org”, without a slash at its end; "" where there is no site."""
    site = site_of(request)
    return str(site.root_url) if site else ""
