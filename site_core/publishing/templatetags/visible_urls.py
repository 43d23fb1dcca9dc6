"""Where a link leads, for templates: nowhere if visitors do not see what is there."""

from django import template

from site_core.publishing import typed_links, visibility

register = template.Library()

register.filter("visible_url", visibility.visible_url)
register.filter("url_at", visibility.url_at)
register.filter("visible_link", typed_links.visible_link)
register.filter("without_hidden_links", typed_links.without_hidden_links)
