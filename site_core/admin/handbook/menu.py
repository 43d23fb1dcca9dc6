"""The items of the menu Help, and the URLs of the handbook."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from site_core.admin.handbook.views import help_for_screen, picture, show_page

# A form that somebody is filling in stays as it is.
IN_NEW_TAB = {"target": "_blank"}


class ScreenHelpMenuItem(MenuItem):
    """Leads to the page of the handbook about the screen that is shown."""

    def __init__(self) -> None:
        url = reverse("help_for_screen")
        super().__init__("Help with this screen", url, icon_name="help", attrs=IN_NEW_TAB, order=100)

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        item = super().render_component(request)
        item.url = f"{self.url}?{urlencode({'screen': request.path})}"
        return item


def handbook_menu_item() -> MenuItem:
    return MenuItem("Handbook", reverse("handbook"), icon_name="list-ul", attrs=IN_NEW_TAB, order=200)


def handbook_urls() -> list[URLPattern]:
    return [
        path("handbook/", show_page, name="handbook"),
        path("handbook/for/", help_for_screen, name="help_for_screen"),
        path("handbook/pictures/<str:name>", picture, name="handbook_picture"),
        path("handbook/<slug:name>/", show_page, name="handbook_page"),
    ]
