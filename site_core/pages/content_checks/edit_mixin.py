"""Runs the content checks in the admin views that create and edit a page."""

from django.http import HttpResponse
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import ChecksSidePanel
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from site_core.pages.content_checks.findings import Weight, hints_of, refuse_blocked_content, text_issues
from site_core.pages.content_checks.side_panel import PageChecksPanel
from site_core.publishing.approval_rules import APPROVE, APPROVE_ALONE

REPEATED = "You can keep this draft, but not publish it like this: open that one instead, or change this one."


class CheckedMixin(WagtailAdminTemplateMixin):
    """Refuses to publish or submit a page that its issues stop, and shows its hints after either."""

    def get_side_panels(self) -> MediaContainer:
        """Wagtail's panels, with the checks of this site in theirs."""
        return MediaContainer(
            PageChecksPanel(panel.object, panel.request) if isinstance(panel, ChecksSidePanel) else panel
            for panel in super().get_side_panels()
        )

    def check_content(self, form: WagtailAdminPageForm) -> None:
        approves = self.action_name == "perform_workflow_action" and self.workflow_action in (APPROVE, APPROVE_ALONE)
        if approves or self.action_name in ("publish", "submit", "restart_workflow"):
            # The save looks at them again, while nobody else can save.
            form.instance.text_issues = text_issues(form.instance)
            refuse_blocked_content(form.instance)

    def submit_action(self) -> HttpResponse:
        response = super().submit_action()
        self.add_hint_messages()
        return response

    def publish_action(self) -> HttpResponse:
        response = super().publish_action()
        self.add_hint_messages()
        return response

    def form_invalid(self, form: WagtailAdminPageForm) -> HttpResponse:
        if self.action_name == "save" and not self.expects_json_response:
            self.add_repeat_messages(form.instance)
        return super().form_invalid(form)

    def add_hint_messages(self) -> None:
        for hint in hints_of(self.form.instance):
            messages.warning(self.request, f"{Weight.HINT.value} in “{self.page}”: {hint}")

    def add_repeat_messages(self, page: Page) -> None:
        """Warn of what keeps a draft from going live because another page has it already."""
        for _, message in page.repeats():
            messages.warning(self.request, f"{message} {REPEATED}")
