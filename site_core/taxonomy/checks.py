"""System checks of terms: `manage.py check` runs them."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from wagtail.search import index

from site_core.taxonomy.models import TERM_MODELS


@register()
def proxies_can_be_searched(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """E003: the admin's search filters a proxy's terms by kind, and answers 500 if the kind is not indexed."""
    return [
        Error(f"{model.__name__} must index “kind” as a FilterField.", obj=model, id="taxonomy.E001")
        for model in TERM_MODELS.values()
        if not any(
            isinstance(field, index.FilterField) and field.field_name == "kind" for field in model.search_fields
        )
    ]
