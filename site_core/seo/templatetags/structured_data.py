"""The tag that puts a page's claims for machines into its head."""

from typing import Any

from django import template

from site_core.seo.structured_data import breadcrumbs, data_block, organization

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data(context: Any) -> str:
    """What the view gave as `structured_data`, or what the page says of itself; the way to it besides.

    Nothing in a preview, and nothing for what says nothing of itself, such as a page that is not found.
    """
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False):
        return ""
    claims = context.get("structured_data")
    if claims is None and hasattr(context.get("page"), "structured_data"):
        claims = context["page"].structured_data(request, context)
    if not claims:
        return ""
    way = breadcrumbs(claims[0], context["main_menu"], organization(request))
    return data_block([*claims, way] if way else claims)
