"""Registers alerts in the admin, and the home panel that warns before the security contact expires."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.formats import date_format
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from site_core.admin.homepage import Line, Lines
from site_core.organization.models import OrganizationSettings
from site_core.organization.security_txt import security_contact_expires_soon
from site_core.organization.settings_view import settings_urls
from site_core.organization.viewsets import AlertViewSet

register_snippet(AlertViewSet)
hooks.register("register_admin_urls", settings_urls)


@hooks.register("construct_homepage_panels")
def add_expiry_panel(request: HttpRequest, panels: list[Component]) -> None:
    if lines := expiring_contacts(request.user):
        panels.append(Lines("runs-out", 75, "Expiring", lines))


def expiring_contacts(user: AbstractBaseUser | AnonymousUser) -> list[Line]:
    """The security contact if it expires soon and the user may change it."""
    organization = OrganizationSettings.load()
    edit_url = AdminURLFinder(user).get_edit_url(organization)
    if not edit_url or not security_contact_expires_soon(organization):
        return []
    day = date_format(organization.security_expires, "N j, Y")
    note = f"valid through {day}: make sure that somebody reads it, and enter a later day"
    return [Line(organization.security_email, "security contact", edit_url, note)]
