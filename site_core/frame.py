"""What stands around every page: the organization, the main menu, the footer and the alert.

Everything is looked up when a template first asks for it, so that the desk and the feeds pay nothing.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site

from site_core.models import Alert, CareSettings, OrganizationSettings
from site_core.pages import SitePageQuerySet


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """Template context: `organization`, `care`, `main_menu`, `alert`."""
    return {
        "organization": SimpleLazyObject(lambda: OrganizationSettings.load(request)),
        "care": SimpleLazyObject(lambda: CareSettings.load(request)),
        "main_menu": SimpleLazyObject(lambda: main_menu(request)),
        "alert": SimpleLazyObject(lambda: Alert.objects.newest_live()),
    }


def main_menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages directly below the home page that an author marked for the menu, in their order in the tree."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    pages = SitePageQuerySet(Page).visible().in_menu().child_of(site.root_page).order_by("path")
    addresses = [(page, page.get_url(request)) for page in pages]
    return [
        {"title": page.title, "url": url, "is_current": bool(url) and request.path.startswith(url)}
        for page, url in addresses
    ]
