"""Runs the content checks in the admin views that create and edit a page."""

from django.http import HttpResponse
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from site_core.pages.content_checks.findings import refuse_blocked_content, warnings_of


class CheckedMixin(WagtailAdminTemplateMixin):
    """Refuses to publish or submit a page with blocking issues, and shows its warnings after either."""

    def submit_action(self) -> HttpResponse:
        refuse_blocked_content(self.form.instance)
        response = super().submit_action()
        self.add_warning_messages()
        return response

    def publish_action(self) -> HttpResponse:
        # Wagtail's views publish without calling `page.publish()`.
        refuse_blocked_content(self.form.instance)
        response = super().publish_action()
        self.add_warning_messages()
        return response

    def add_warning_messages(self) -> None:
        for warning in warnings_of(self.page):
            messages.warning(self.request, f"Worth another look in “{self.page}”: {warning}")
