"""URLs, menu items and a panel: the outbox, and what the publishing process does from time to time."""

from django.http import HttpRequest
from django.urls import URLPattern
from wagtail import hooks
from wagtail.admin.ui.components import Component

from site_core.ops.maintenance import MaintenanceMenuItem, failed_chores_panel, maintenance_urls
from site_core.ops.outbox import OutboxMenuItem, outbox_urls


@hooks.register("register_admin_urls")
def ops_urls() -> list[URLPattern]:
    return [*outbox_urls(), *maintenance_urls()]


@hooks.register("register_settings_menu_item")
def outbox_menu_item() -> OutboxMenuItem:
    return OutboxMenuItem()


@hooks.register("register_settings_menu_item")
def maintenance_menu_item() -> MaintenanceMenuItem:
    return MaintenanceMenuItem()


@hooks.register("construct_homepage_panels")
def show_failed_chores(request: HttpRequest, panels: list[Component]) -> None:
    if panel := failed_chores_panel(request):
        panels.append(panel)
