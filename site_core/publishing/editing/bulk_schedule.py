"""Schedules the newest drafts of many pages for one time. A page that cannot be scheduled is named."""

from collections.abc import Iterable
from typing import Self

from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from site_core.publishing.eastern import written_out
from site_core.publishing.editing.atomic_save import schedule_button
from site_core.publishing.editing.bulk_publish import publish_newest, scheduled_message
from site_core.publishing.editing.rebase import scheduled_update
from site_core.publishing.permissions import may_publish
from site_core.publishing.schedule.forms import GoLiveForm

NOTHING_NEW = "“{}” is public as it is. There is no newer draft to schedule."


class ScheduleMany(PageBulkAction):
    """Does what publishing each page with that date in its form would do."""

    display_name = "Schedule"
    action_type = "schedule"
    aria_label = "Schedule the selected pages"
    template_name = "publishing/schedule/many.html"
    action_priority = 45
    form_class = GoLiveForm
    refused: list[str]

    def check_perm(self, page: Page) -> bool:
        return may_publish(self.request.user, page)

    def object_context(self, page: Page) -> dict[str, object]:
        update = scheduled_update(page)
        return {**super().object_context(page), "scheduled": update and written_out(update.approved_go_live_at)}

    def get_execution_context(self) -> dict[str, object]:
        return {**super().get_execution_context(), "action": self}

    @classmethod
    def execute_action(cls, objects: Iterable[Page], action: Self, **kwargs: object) -> tuple[int, int]:
        at, user = action.cleaned_form.cleaned_data["goes_live"], action.request.user
        pages = [page.specific for page in objects]
        reasons = [
            publish_newest(page, user, at) if has_something_new(page) else NOTHING_NEW.format(page) for page in pages
        ]
        action.refused = [reason for reason in reasons if reason]
        return len(pages) - len(action.refused), 0

    def get_success_message(self, scheduled: int, below: int) -> None:
        for reason in self.refused:
            messages.error(self.request, f"Not scheduled: {reason}")
        if scheduled:
            sentence = scheduled_message([self.cleaned_form.cleaned_data["goes_live"]] * scheduled)
            messages.success(self.request, sentence, buttons=[schedule_button()])


def has_something_new(page: Page) -> bool:
    return bool(page.has_unpublished_changes or not page.live or scheduled_update(page))
