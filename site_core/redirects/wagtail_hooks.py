"""Registers withdrawn URLs in the admin, and the views of redirects."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from site_core.redirects.admin_views import redirect_urls
from site_core.redirects.viewsets import WithdrawnURLViewSet

register_snippet(WithdrawnURLViewSet)
hooks.register("register_admin_urls", redirect_urls)
