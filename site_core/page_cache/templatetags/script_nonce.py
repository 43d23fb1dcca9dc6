"""The tag nonce_attribute, which the template loader writes into inline scripts."""

from django import template

from site_core.page_cache.script_nonce import nonce_attribute

register = template.Library()
register.simple_tag(nonce_attribute)
