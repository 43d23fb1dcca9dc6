"""System checks of page types: `manage.py check` runs them."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from wagtail.models import Page, get_page_models


@register()
def page_types_name_their_relatives(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E002: a page type says below which types it may stand and which may stand below it."""
    return [
        Error(f"{model.__name__} must declare {name}.", obj=model, id="pages.E001")
        for model in get_page_models()
        if model is not Page
        for name in ("parent_page_types", "subpage_types")
        if getattr(model, name, None) is None
    ]
