"""The admin's screens of terms, and the choices of the tag boxes."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from site_core.taxonomy.suggestions import term_suggestions
from site_core.taxonomy.viewsets import TermsGroup

register_snippet(TermsGroup)


@hooks.register("register_admin_urls")
def term_urls() -> list[URLPattern]:
    """What a tag box asks while somebody types."""
    return [path("terms/<str:kind>/", term_suggestions, name="term_suggestions")]


@hooks.register("construct_main_menu")
def list_terms_for_their_editors(request: HttpRequest, menu_items: list[Any]) -> None:
    """Hides the lists of terms from those who may only read them: the tag boxes show them the terms."""
    if not request.user.has_perm("taxonomy.change_placeterm"):
        menu_items[:] = [item for item in menu_items if item.name != "places-and-tags"]
