"""System checks of page types."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from wagtail.models import Page, get_page_models


@register()
def page_types_name_their_relatives(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """pages.E001: a page type declares which types may be its parents and which its children."""
    return [
        Error(f"{model.__name__} must declare {name}.", obj=model, id="pages.E001")
        for model in get_page_models()
        if model is not Page
        for name in ("parent_page_types", "subpage_types")
        if getattr(model, name, None) is None
    ]
