"""Registers withdrawn URLs in the admin."""

from wagtail.snippets.models import register_snippet

from site_core.redirects.viewsets import WithdrawnURLViewSet

register_snippet(WithdrawnURLViewSet)
