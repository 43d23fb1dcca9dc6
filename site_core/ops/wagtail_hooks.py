"""URLs and menu item of the outbox."""

from django.urls import URLPattern
from wagtail import hooks

from site_core.ops.outbox import OutboxMenuItem, outbox_urls


@hooks.register("register_admin_urls")
def ops_urls() -> list[URLPattern]:
    return outbox_urls()


@hooks.register("register_settings_menu_item")
def outbox_menu_item() -> OutboxMenuItem:
    return OutboxMenuItem()
