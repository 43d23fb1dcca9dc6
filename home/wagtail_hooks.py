"""The admin's home, with what is still missing before the site goes public, and the pattern page."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern
from wagtail import hooks
from wagtail.admin.ui.components import Component

from home.going_public import OpenPoint, open_points
from home.patterns.page import PatternsMenuItem, pattern_urls
from home.search.admin import (
    UnansweredSearchesMenuItem,
    leave_out_search_terms,
    name_promoted_results,
    search_admin_urls,
)


class BeforeYouGoPublic(Component):
    """The open points, for those who can settle them."""

    name = "before_you_go_public"
    order = 80
    template_name = "home/admin/before_you_go_public.html"

    def __init__(self, points: list[OpenPoint]) -> None:
        self.points = points

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"points": self.points}


@hooks.register("construct_homepage_panels")
def show_open_points(request: HttpRequest, panels: list[Any]) -> None:
    """Only who may change the organization's settings can settle the list, so only they see it."""
    if request.user.has_perm("organization.change_organizationsettings") and (points := open_points()):
        panels.append(BeforeYouGoPublic(points))


@hooks.register("register_admin_urls")
def pattern_urls_of() -> list[URLPattern]:
    return [*pattern_urls(), *search_admin_urls()]


hooks.register("construct_settings_menu", name_promoted_results)
hooks.register("construct_reports_menu", leave_out_search_terms)
hooks.register("register_reports_menu_item", UnansweredSearchesMenuItem)


@hooks.register("register_reports_menu_item")
def patterns_menu_item() -> PatternsMenuItem:
    return PatternsMenuItem()
