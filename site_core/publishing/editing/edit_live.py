"""Editing what is public now, while a newer draft or a scheduled update exists.

Wagtail has one screen for every version but the newest draft, and calls each “a previous version”. The one that is
public now is not previous: a change of it is published as any other. Where something newer was published since the
form was opened, publishing it would take that back, so it is refused.
"""

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin import messages

# In the address that the form is sent to.
OPENED_AS_PUBLIC = "opened_as_public"


class EditLiveMixin:
    """Stands before Wagtail's screen for an earlier version. The screen says what is public."""

    @property
    def is_public_now(self) -> bool:
        raise NotImplementedError

    @property
    def edit_live_url(self) -> str:
        """Where what is public now is edited, "" if nothing is."""
        raise NotImplementedError

    @property
    def is_overtaken(self) -> bool:
        """Whether the form was opened as what is public, which is something else by now."""
        view: Any = self
        return OPENED_AS_PUBLIC in view.request.GET and not self.is_public_now

    def add_version_message(self) -> None:
        """Wagtail's screen says so in a warning of its own."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = self._refused(form) if self.is_overtaken else super().form_valid(form)  # type: ignore[misc]
        return response

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        response: HttpResponse = self._refused(form) if self.is_overtaken else super().form_invalid(form)  # type: ignore[misc]
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        if self.is_public_now or self.is_overtaken:
            context["action_url"] += f"?{OPENED_AS_PUBLIC}"
        return context

    def _refused(self, form: BaseForm) -> HttpResponse:
        """The form with all that was typed, and why nothing was saved."""
        view: Any = self
        view.form, view.has_unsaved_changes, view.errors_debug = form, True, None
        # Where a draft was to be saved, the form let them be empty.
        view.form.restore_required_fields()
        messages.error(view.request, _overtaken(self.edit_live_url, view.get_edit_url()))
        response: HttpResponse = view.render_to_response(view.get_context_data())
        return response


def _overtaken(edit_live_url: str, edit_url: str) -> SafeString:
    happened, where, address = "Something newer was published", "what is public now", edit_live_url
    if not edit_live_url:
        happened, where, address = "This was taken down", "the newest draft", edit_url
    return format_html(
        "{} after you had opened this, so your change is not saved. What you typed is still here: "
        'copy it into <a href="{}" target="_blank">{}</a>. '
        "If this older version is to be public again instead, put it back from the history.",
        happened,
        address,
        where,
    )
