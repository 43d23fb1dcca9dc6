"""The rules that every page type, snippet and block keeps, and how many queries each page may cost.

A new page type without a template, a budget or previews breaks a rule by name: `broken_page_rules` says which.
"""

from typing import Any

from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models
from wagtail.snippets.models import get_snippet_models

from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.organization.models import OrganizationSettings
from site_core.pages.base import LISTING_CARD, PAGE, SOCIAL_CARD

# SQL queries a page may cost with warm caches, however much is on file.
QUERY_BUDGETS = {
    "HomePage": 6,
    "NewsIndexPage": 4,
    "NewsItemPage": 5,
    "StrategyPage": 7,
    "ImpactPage": 7,
    "StrategyIndexPage": 6,
    "PlaceIndexPage": 3,
    "TextPage": 14,
}
# The same for what stands for something other than a page of the tree, by the name of its address.
VIEW_QUERY_BUDGETS = {"place": 8, "search": 8, "figure": 9}


def our_page_types() -> list[Any]:
    return [model for model in get_page_models() if model is not Page]


def our_snippets() -> list[Any]:
    return list(get_snippet_models())


def our_blocks() -> dict[str, Any]:
    """Every block an author can pick, by model, field and name."""
    fields = [
        field
        for model in (*our_page_types(), OrganizationSettings, CrisisHelpSettings)
        for field in model._meta.local_fields
        if isinstance(field, StreamField)
    ]
    return {
        f"{field.model.__name__}.{field.name}.{name}": block
        for field in fields
        for name, block in field.stream_block.child_blocks.items()
    }


def broken_page_rules(page_type: Any) -> list[str]:
    """What a page type lacks, in words; an empty list where it keeps every rule."""
    name = page_type.__name__
    broken = []
    if not _has_template(page_type.template):
        broken.append(f"{name} has no template {page_type.template}.")
    if not _has_template(page_type.card_template):
        broken.append(f"{name} has no card template {page_type.card_template}.")
    if name not in QUERY_BUDGETS:
        broken.append(f"{name} has no query budget.")
    if missing := {PAGE, LISTING_CARD, SOCIAL_CARD} - {mode for mode, _ in page_type.preview_modes}:
        broken.append(f"{name} has no preview as {', '.join(sorted(missing))}.")
    return broken


def broken_block_rules(block: Any) -> list[str]:
    """What a block lacks, in words."""
    broken = []
    if block.meta.icon == "placeholder":
        broken.append("has no icon")
    if not block.get_description():
        broken.append("has no description")
    if isinstance(block, StreamBlock) or not block.meta.template or not _has_template(block.meta.template):
        broken.append("has no template")
    return broken


def _has_template(name: str | None) -> bool:
    try:
        get_template(name or "")
    except TemplateDoesNotExist:
        return False
    return True
