"""The author's checks, in the admin's screens for pages."""

from typing import Any

from django.http import HttpResponse
from wagtail.admin import messages

from site_core.pages.content_checks.findings import refuse_blocked_content, warnings_of


class CheckedMixin:
    """Stands before a screen to create or edit a page: what is kept back is neither published nor sent for review, and
    what is worth another look is said once the page is public, scheduled or in review.
    """

    request: Any
    form: Any
    page: Any

    def submit_action(self) -> HttpResponse:
        refuse_blocked_content(self.form.instance)
        response: HttpResponse = super().submit_action()  # type: ignore[misc]
        self.add_warning_messages()
        return response

    def publish_action(self) -> HttpResponse:
        # Wagtail's screens publish without asking the page.
        refuse_blocked_content(self.form.instance)
        response: HttpResponse = super().publish_action()  # type: ignore[misc]
        self.add_warning_messages()
        return response

    def add_warning_messages(self) -> None:
        for sentence in warnings_of(self.page):
            messages.warning(self.request, f"Worth another look in “{self.page}”: {sentence}")
