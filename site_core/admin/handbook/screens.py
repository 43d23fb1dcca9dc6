"""Which page of the handbook is about which screen of the admin. Apps say so in `ready()`."""

from django.urls import Resolver404, resolve, reverse
from wagtail.models import Page

from site_core.admin.handbook.rendering import START

_pages: dict[str, str] = {}


def register_help(page: str, *screens: str) -> None:
    """Name the screens that a page of the handbook is about.

    A screen is the name of a view ("schedule"), a model ("news.newsitempage"), a namespace ("wagtailusers_users"), or
    the first part of its path in the admin ("images"), where views of ours without a name stand before Wagtail's. The
    first of these decides. A model is a page type or a kind of settings, and stands for all screens on which such an
    object is made, changed or looked at.
    """
    _pages.update(dict.fromkeys(screens, page))


def registered_help() -> dict[str, str]:
    """The page of the handbook for each screen."""
    return _pages


def help_for(path: str) -> str:
    """The name of the page of the handbook about the screen at a path, the first page if no other is."""
    try:
        match = resolve(path)
    except Resolver404:
        return START
    first_part = path.removeprefix(reverse("wagtailadmin_home")).partition("/")[0]
    names = (match.view_name, _model_in(match.kwargs), match.namespace, first_part)
    return next((_pages[name] for name in names if name in _pages), START)


def _model_in(arguments: dict[str, object]) -> str:
    """The model that the arguments of a URL name, or that of the page whose pk they hold; "" without either."""
    for app, model in (("content_type_app_name", "content_type_model_name"), ("app_name", "model_name")):
        if app in arguments and model in arguments:
            return f"{arguments[app]}.{arguments[model]}"
    page = Page.objects.filter(pk=arguments.get("page_id")).select_related("content_type").first()
    return f"{page.content_type.app_label}.{page.content_type.model}" if page else ""
