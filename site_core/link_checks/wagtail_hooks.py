"""Connects the report to the admin."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from site_core.admin.homepage import Lines
from site_core.link_checks.views import LinksMenuItem, broken_link_lines, link_urls

hooks.register("register_admin_urls", link_urls)
hooks.register("register_reports_menu_item", LinksMenuItem)


@hooks.register("construct_homepage_panels")
def add_broken_links(request: HttpRequest, panels: list[Component]) -> None:
    if lines := broken_link_lines(request.user):
        panels.append(Lines("broken-links", 58, "Links that no longer work", lines))
