"""The template tag that puts JSON-LD into the head of a page."""

from django import template
from django.template import Context

from site_core.seo.structured_data import breadcrumbs, data_block, organization

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data(context: Context) -> str:
    """The claims of the view (`structured_data` in the context) or of the page, and its breadcrumbs.

    "" in a preview and for a page without claims, such as “page not found”.
    """
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False):
        return ""
    claims = context.get("structured_data")
    if claims is None and hasattr(context.get("page"), "structured_data"):
        claims = context["page"].structured_data(request, context)
    if not claims:
        return ""
    trail = breadcrumbs(claims[0], context["main_menu"], organization(request))
    return data_block([*claims, trail] if trail else claims)
