"""Runs the content checks in the admin views that create and edit a page."""

from django.http import HttpRequest, HttpResponse
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from site_core.pages.content_checks.findings import refuse_blocked_content, warnings_of


class CheckedMixin:
    """Refuses to publish or submit a page that has blocking issues. Shows its warnings once it is saved that way."""

    request: HttpRequest
    form: WagtailAdminPageForm
    page: Page

    def submit_action(self) -> HttpResponse:
        refuse_blocked_content(self.form.instance)
        response: HttpResponse = super().submit_action()  # type: ignore[misc]
        self.add_warning_messages()
        return response

    def publish_action(self) -> HttpResponse:
        # Wagtail's views publish without calling `page.publish()`.
        refuse_blocked_content(self.form.instance)
        response: HttpResponse = super().publish_action()  # type: ignore[misc]
        self.add_warning_messages()
        return response

    def add_warning_messages(self) -> None:
        for warning in warnings_of(self.page):
            messages.warning(self.request, f"Worth another look in “{self.page}”: {warning}")
