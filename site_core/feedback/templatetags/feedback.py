"""The template tag that puts the form “Was this page useful?” at the end of a page."""

from django import template
from django.template import Context

from site_core.feedback.forms import signed_path
from site_core.publishing.visibility import is_public

register = template.Library()


@register.inclusion_tag("components/useful.html", takes_context=True)
def page_feedback(context: Context) -> dict[str, str]:
    """Nothing in a preview, which declares no link to share, and nothing on a private page."""
    page, shared = context.get("page"), context.get("shared")
    if not shared or not (page is None or is_public(page)):
        return {"signed_page": ""}
    return {"signed_page": signed_path(shared.path)}
