"""Registers the admin views of terms and the suggestions of tag fields."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from site_core.taxonomy.names_view import term_names
from site_core.taxonomy.place_map import place_map
from site_core.taxonomy.suggestions import term_suggestions
from site_core.taxonomy.viewsets import TermsGroup

register_snippet(TermsGroup)


@hooks.register("register_admin_urls")
def term_urls() -> list[URLPattern]:
    """The URLs that tag fields and the fields of a place request while somebody types."""
    return [
        path("terms/<str:kind>/", term_suggestions, name="term_suggestions"),
        path("terms/<str:kind>/names/", term_names, name="term_names"),
        path("place-map/", place_map, name="place_map"),
    ]


@hooks.register("construct_main_menu")
def hide_terms_from_readers(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Hide the lists of terms from users who may not change them. The tag fields show them the terms."""
    if not request.user.has_perm("taxonomy.change_placeterm"):
        menu_items[:] = [item for item in menu_items if item.name != "places-and-tags"]
