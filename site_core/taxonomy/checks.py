"""System checks of terms."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from wagtail.search import index

from site_core.taxonomy.models import TERM_MODELS


@register()
def proxies_can_be_searched(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """taxonomy.E001: a proxy indexes `kind`. The admin search filters by it, and fails with status 500 otherwise."""
    return [
        Error(f"{model.__name__} must index “kind” as a FilterField.", obj=model, id="taxonomy.E001")
        for model in TERM_MODELS.values()
        if not any(
            isinstance(field, index.FilterField) and field.field_name == "kind" for field in model.search_fields
        )
    ]
