"""Menus and stylesheet of the admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from site_core.admin.finder.views import finder_area, finder_urls
from site_core.admin.handbook.menu import ScreenHelpMenuItem, handbook_menu_item, handbook_urls

hooks.register("register_admin_urls", finder_urls)
hooks.register("register_admin_search_area", finder_area)
hooks.register("register_admin_urls", handbook_urls)
hooks.register("register_help_menu_item", ScreenHelpMenuItem)
hooks.register("register_help_menu_item", handbook_menu_item)


@hooks.register("construct_main_menu")
def hide_snippets(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Each snippet model has its own menu item, so Wagtail's list of all of them is not needed."""
    menu_items[:] = [item for item in menu_items if item.name != "snippets"]


@hooks.register("construct_reports_menu")
def hide_workflow_and_developer_reports(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """The home page lists what waits for approval. The usage of page types is for developers."""
    hidden = {"workflows", "workflow-tasks", "page-types-usage"}
    menu_items[:] = [item for item in menu_items if item.name not in hidden]


@hooks.register("construct_help_menu")
def hide_wagtail_help(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's release notes and editor guide are on other sites and do not describe this admin."""
    menu_items[:] = [
        item for item in menu_items if item.name != "editor-guide" and not item.name.startswith("whats-new")
    ]


@hooks.register("insert_editor_js")
def editor_scripts() -> str:
    return format_html_join(
        "\n", '<script src="{}" defer></script>', [[static("admin/undo.js")], [static("admin/preview_place.js")]]
    )


@hooks.register("insert_global_admin_css")
def admin_stylesheet() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("admin/admin.css"))


@hooks.register("insert_global_admin_js")
def admin_scripts() -> str:
    scripts = ("admin/finder.js", "admin/enter_key.js", "admin/focus_after_dialog.js")
    return format_html_join("", '<script src="{}" defer></script>', ((static(script),) for script in scripts))
