"""The search of the admin, as a page and as the results in its box."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_safe
from wagtail.admin.search import SearchArea

from site_core.admin.finder.kinds import Found, Query, registered_kinds
from site_core.admin.finder.recent import recent_objects
from site_core.search.queries import typed_text

# Further words are left out: each is a condition on each field.
MOST_WORDS = 8


@dataclass(frozen=True)
class Group:
    """The results of a kind."""

    label: str
    found: Sequence[Found]


def results(request: HttpRequest) -> dict[str, object]:
    """The results for what is typed, the best kind first; what the user worked on lately while nothing is."""
    text = typed_text(request.GET.get("q", ""))
    if not text:
        groups = [Group("What you worked on last", recent_objects(request.user))]
    else:
        query = Query(text, tuple(text.split()[:MOST_WORDS]))
        groups = [Group(kind.label, kind.find(request, query)) for kind in registered_kinds()]
        groups.sort(key=lambda group: min((query.distance(one.title) for one in group.found), default=0))
    groups = [group for group in groups if group.found]
    return {"query": text, "groups": groups, "count": sum(len(group.found) for group in groups)}


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The search as a page."""
    return render(request, "admin/finder/page.html", results(request))


@require_safe
def find_results(request: HttpRequest) -> HttpResponse:
    """The results alone, for the box."""
    return render(request, "admin/finder/options.html", results(request))


def finder_urls() -> list[URLPattern]:
    return [path("find/", find, name="find"), path("find/results/", find_results, name="find_results")]


def finder_area() -> SearchArea:
    """The sidebar's search leads to the first area."""
    return SearchArea("Everything", reverse("find"), name="everything", icon_name="search", order=0)
