"""The tag cached_include, for components that look the same on every page."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from site_core.page_cache.memoize import memoized

register = template.Library()


@register.simple_tag
@memoized
def cached_include(name: str) -> SafeString:
    """Includes a template without context. It is rendered once in each generation."""
    return render_to_string(name)
