"""The view of the pattern page, its URL below /admin/ and its menu item."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.models import Site

from home.patterns.blocks import block_patterns
from home.patterns.lists import ExamplePages, list_patterns
from home.patterns.parts import part_patterns
from home.patterns.pattern import Group, RenderedPattern
from home.patterns.places import map_patterns
from home.patterns.search import search_patterns
from home.patterns.stats import stat_patterns

HEAD = {
    "title": "Patterns",
    "summary": "Every component and every block of the site in its states. The content is made up, and the links in "
    "the examples lead nowhere.",
}


def groups_of(request: HttpRequest) -> list[Group]:
    """Return all patterns."""
    site = Site.find_for_request(request)
    pages = ExamplePages(site.root_page.url_path if site else "/")
    return [
        stat_patterns(request),
        list_patterns(pages),
        search_patterns(),
        map_patterns(),
        part_patterns(),
        block_patterns(request, pages),
    ]


def patterns(request: HttpRequest) -> HttpResponse:
    """Render all patterns on one page, as visitors see them."""
    groups = groups_of(request)
    context = {
        "head": HEAD,
        "groups": groups,
        "rendered": [RenderedPattern.of(pattern, request) for group in groups for pattern in group.patterns],
        # The page has an example of an alert, so it does not show a real one as well.
        "alert": None,
    }
    return render(request, "home/admin/patterns.html", context)


def pattern_urls() -> list[URLPattern]:
    return [path("patterns/", patterns, name="patterns")]


class PatternsMenuItem(MenuItem):
    """The menu item under Reports, which every role has."""

    def __init__(self) -> None:
        super().__init__("Patterns", reverse("patterns"), icon_name="view", order=1200)
