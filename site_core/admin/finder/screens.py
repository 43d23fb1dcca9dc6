"""Finds what the menus of the admin lead to: lists, reports and settings."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from wagtail.admin.menu import Menu, MenuItem, admin_menu

from site_core.admin.finder.kinds import SHOWN, Found, Query


class ScreenKind:
    """The items of the menus that the user has."""

    label, order = "Screens and settings", 70

    def find(self, request: HttpRequest, query: Query) -> Sequence[Found]:
        words = [word.casefold() for word in query.words]
        found = [
            Found(str(item.label), note, item.url)
            for item, note in _items(admin_menu, request)
            if item.url.startswith("/") and all(word in f"{note} {item.label}".casefold() for word in words)
        ]
        return sorted(found, key=lambda one: query.distance(one.title))[:SHOWN]


def _items(menu: Menu, request: HttpRequest, name: str = "") -> Iterator[tuple[MenuItem, str]]:
    """Each item of a menu and of the menus in it, with the name of its menu."""
    for item in menu.menu_items_for_request(request):
        if hasattr(item, "menu"):
            yield from _items(item.menu, request, str(item.label))
        else:
            yield item, name
