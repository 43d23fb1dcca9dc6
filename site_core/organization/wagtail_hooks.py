"""Alerts in the admin, and the panel that says when the security contact expires."""

from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.snippets.models import register_snippet

from site_core.admin.homepage import Line, Lines
from site_core.organization.models import OrganizationSettings
from site_core.organization.security_txt import security_contact_runs_out
from site_core.organization.viewsets import AlertViewSet

register_snippet(AlertViewSet)


@hooks.register("construct_homepage_panels")
def show_what_runs_out(request: HttpRequest, panels: list[Any]) -> None:
    if lines := running_out(request.user):
        panels.append(Lines("runs-out", 75, "Runs out", lines))


def running_out(user: Any) -> list[Line]:
    """The security contact, in time before its day comes, for whoever may enter another."""
    organization = OrganizationSettings.load()
    address = AdminURLFinder(user).get_edit_url(organization)
    if not address or not security_contact_runs_out(organization):
        return []
    day = date_format(organization.security_expires, "N j, Y")
    note = f"valid through {day}: make sure that somebody reads it, and enter a later day"
    return [Line(organization.security_email, "security contact", address, note)]
