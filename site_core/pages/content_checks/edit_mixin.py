"""Runs the content checks in the admin views that create and edit a page."""

from django.http import HttpResponse
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from site_core.pages.content_checks.findings import hints_of, refuse_blocked_content
from site_core.publishing.approval_rules import APPROVE, APPROVE_ALONE

REPEATED = "You can keep this draft, but not publish it like this: open that one instead, or change this one."


class CheckedMixin(WagtailAdminTemplateMixin):
    """Refuses to publish or submit a page that its issues stop, and shows its hints after either."""

    def submit_action(self) -> HttpResponse:
        refuse_blocked_content(self.form.instance)
        response = super().submit_action()
        self.add_hint_messages()
        return response

    def restart_workflow_action(self) -> HttpResponse:
        refuse_blocked_content(self.form.instance)
        return super().restart_workflow_action()

    def publish_action(self) -> HttpResponse:
        refuse_blocked_content(self.form.instance)
        response = super().publish_action()
        self.add_hint_messages()
        return response

    def perform_workflow_action(self) -> HttpResponse:
        if self.workflow_action in (APPROVE, APPROVE_ALONE):
            refuse_blocked_content(self.form.instance)
        return super().perform_workflow_action()

    def form_invalid(self, form: WagtailAdminPageForm) -> HttpResponse:
        if self.action_name == "save" and not self.expects_json_response:
            self.add_repeat_messages(form.instance)
        return super().form_invalid(form)

    def add_hint_messages(self) -> None:
        for hint in hints_of(self.page):
            messages.warning(self.request, f"Worth another look in “{self.page}”: {hint}")

    def add_repeat_messages(self, page: Page) -> None:
        """Warn of what keeps a draft from going live because another page has it already."""
        for _, message in page.repeats():
            messages.warning(self.request, f"{message} {REPEATED}")
