"""URL, menu item and panel of the emails that were not sent."""

from django.http import HttpRequest
from django.urls import URLPattern
from wagtail import hooks
from wagtail.admin.ui.components import Component

from site_core.mail.views import UnsentMailMenuItem, unsent_mail_panel, unsent_mail_urls


@hooks.register("register_admin_urls")
def mail_urls() -> list[URLPattern]:
    return unsent_mail_urls()


@hooks.register("register_settings_menu_item")
def mail_menu_item() -> UnsentMailMenuItem:
    return UnsentMailMenuItem()


@hooks.register("construct_homepage_panels")
def show_unsent_mail(request: HttpRequest, panels: list[Component]) -> None:
    if panel := unsent_mail_panel(request):
        panels.append(panel)
