"""Template context for the frame of every page: the organization, the main menu, the footer and the alert.

Each part is looked up when a template first uses it, so the admin and the feeds pay nothing, and once in each
generation. Memoized values are shared: never change them.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from wagtail.models import Page

from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.organization.models import Alert, OrganizationSettings
from site_core.page_cache.memoize import memoized
from site_core.page_cache.root_url import root_url_of
from site_core.page_cache.sites import site_of
from site_core.pages.base import SitePageQuerySet


@dataclass(frozen=True)
class MenuItem:
    """A page in the main menu. `is_here`: it is the page shown. `is_current`: it is that page or an ancestor of it."""

    title: str
    url: str
    is_current: bool = False
    is_here: bool = False


def page_frame(request: HttpRequest) -> dict[str, object]:
    """The variables that every template has."""
    return {
        "has_session": settings.SESSION_COOKIE_NAME in request.COOKIES,
        "organization": SimpleLazyObject(lambda: OrganizationSettings.shown(request)),
        "crisis_help": SimpleLazyObject(lambda: CrisisHelpSettings.shown(request)),
        "main_menu": SimpleLazyObject(lambda: main_menu(request)),
        "alert": SimpleLazyObject(newest_alert),
        # Templates call these.
        "site_header": lambda: header(main_menu(request)),
        "site_footer": footer,
        "root_url": lambda: root_url_of(request),
    }


def main_menu(request: HttpRequest) -> tuple[MenuItem, ...]:
    """The children of the home page that an author put in the menu, in tree order."""
    site, path = site_of(request), request.path
    return tuple(
        MenuItem(title, url, bool(url) and path.startswith(url), path == url)
        for title, url in (menu_pages(site.root_page_id) if site else ())
    )


@memoized
def menu_pages(home_id: int) -> list[tuple[str, str]]:
    """The title and URL of each page in the menu."""
    pages = SitePageQuerySet(Page).visible().in_menu().child_of(Page.objects.get(pk=home_id)).order_by("path")
    return [(page.title, page.url or "") for page in pages]


@memoized
def newest_alert() -> Alert | None:
    return Alert.objects.newest_live()


@memoized
def header(menu: tuple[MenuItem, ...]) -> SafeString:
    """The rendered header. It is the same for every page on which the menu looks the same."""
    frame = {"organization": OrganizationSettings.shown(), "main_menu": menu}
    return render_to_string("components/site_header.html", frame)


@memoized
def footer() -> SafeString:
    """The rendered footer."""
    return render_to_string("components/site_footer.html", {"organization": OrganizationSettings.shown()})
