"""Menus and branding of the admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("construct_main_menu")
def leave_out_the_list_of_snippets(request: HttpRequest, menu_items: list[Any]) -> None:
    """Each kind of snippet has a menu item of its own, so Wagtail's list of all of them is not needed."""
    menu_items[:] = [item for item in menu_items if item.name != "snippets"]


@hooks.register("construct_reports_menu")
def only_reports_on_content(request: HttpRequest, menu_items: list[Any]) -> None:
    """The home says what waits for approval. How often a page type is used is for developers."""
    unused = {"workflows", "workflow-tasks", "page-types-usage"}
    menu_items[:] = [item for item in menu_items if item.name not in unused]


@hooks.register("construct_help_menu")
def only_help_with_the_admin(request: HttpRequest, menu_items: list[Any]) -> None:
    """What is new in Wagtail and its own guide are for developers, and lead to other sites."""
    menu_items[:] = [
        item for item in menu_items if item.name != "editor-guide" and not item.name.startswith("whats-new")
    ]


@hooks.register("insert_global_admin_css")
def admin_stylesheet() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("admin/admin.css"))
