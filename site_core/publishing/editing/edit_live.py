"""Edits the live version of an object while a newer draft or a scheduled update exists.

Wagtail has one view for every version but the newest draft, and calls each “a previous version”. A change to the live
version is published like any other. If a newer version was published since the form was opened, publishing would take
that back, so it is refused.
"""

from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

# A query parameter of the URL that the form posts to.
OPENED_AS_LIVE = "opened_as_live"


class EditLiveMixin(WagtailAdminTemplateMixin):
    """Goes before Wagtail's view of an earlier version."""

    @property
    def is_live_version(self) -> bool:
        raise NotImplementedError

    @property
    def edit_live_url(self) -> str:
        """Where the live version is edited, "" if there is none."""
        raise NotImplementedError

    @property
    def is_outdated(self) -> bool:
        """Whether the form was opened as the live version, and another version is live by now."""
        return OPENED_AS_LIVE in self.request.GET and not self.is_live_version

    def add_version_message(self) -> None:
        """Add nothing: Wagtail's view has its own warning."""

    def form_valid(self, form: WagtailAdminModelForm) -> HttpResponse:
        return self._refuse_outdated(form) if self.is_outdated else super().form_valid(form)

    def form_invalid(self, form: WagtailAdminModelForm) -> HttpResponse:
        return self._refuse_outdated(form) if self.is_outdated else super().form_invalid(form)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        if self.is_live_version or self.is_outdated:
            context["action_url"] += f"?{OPENED_AS_LIVE}"
        return context

    def _refuse_outdated(self, form: WagtailAdminModelForm) -> HttpResponse:
        """Show the form with the user's changes, and say why nothing was saved."""
        self.form, self.has_unsaved_changes, self.errors_debug = form, True, None
        # Saving a draft lets required fields be empty.
        self.form.restore_required_fields()
        messages.error(self.request, _outdated_message(self.edit_live_url, self.get_edit_url()))
        return self.render_to_response(self.get_context_data())


def _outdated_message(edit_live_url: str, edit_url: str) -> SafeString:
    event, version, url = "A newer version was published", "what is public now", edit_live_url
    if not edit_live_url:
        event, version, url = "This was unpublished", "the newest draft", edit_url
    return format_html(
        "{} after you opened this, so your change is not saved. It is still here: "
        'copy it into <a href="{}" target="_blank">{}</a>. '
        "To make this older version public again instead, restore it from the history.",
        event,
        url,
        version,
    )
