"""What a user may do with a page, and how a visitor enters a private one."""

from django.forms import Form
from django.http import HttpRequest
from django.template.response import TemplateResponse

from site_core.publishing.permissions import PagePermissions
from site_core.publishing.types import User


class PageAccessMixin:
    """Goes before Wagtail's class in the bases of a page type."""

    def permissions_for_user(self, user: User) -> PagePermissions:
        return PagePermissions(user, self)

    def serve_password_required_response(self, request: HttpRequest, form: Form, action_url: str) -> TemplateResponse:
        """Ask for the password, and say nothing of the page: Wagtail's URL shows this of every page, drafts too."""
        context = {"form": form, "action_url": action_url}
        return TemplateResponse(request, "wagtailcore/password_required.html", context)
