"""Edits the live version of an object while a newer draft or a scheduled update exists.

Wagtail has one view for every version but the newest draft, and calls each “a previous version”. A change to the live
version is published like any other. If a newer version was published since the form was opened, publishing would take
that back, so it is refused. So is putting an earlier version in place of a draft that nobody has seen in the form.
Another change of the live version that somebody saved as a draft meanwhile is merged into the form (`stale_form`).
"""

from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import DraftStateMixin, Revision

from site_core.publishing.differences.changed_fields import changed_fields
from site_core.publishing.differences.normalized import normalized, shape_of
from site_core.publishing.editing.stale_form import StaleFormMixin
from site_core.publishing.ledger.recording import content_of
from site_core.publishing.types import Content

# A query parameter of the URL that the form posts to.
OPENED_AS_LIVE = "opened_as_live"
NEWER_DRAFT = (
    "Nothing is saved yet: a newer draft was saved after you opened this version. "
    'Look at <a href="{}" target="_blank">the newest draft</a>. To put this version in its place, save again.'
)


class EditLiveMixin(StaleFormMixin):
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

    @property
    def is_stale(self) -> bool:
        """Whether somebody else has saved another change of the live version since the form was opened."""
        return self.is_live_version and self.is_out_of_date and self._is_changed_live_version(self.latest_revision)

    def _is_changed_live_version(self, draft: Revision) -> bool:
        """Not if it has anything of the draft beside the opened version: a merge would make that public."""
        model, opened = type(self.stored_object), self.opened_revision()
        if opened is None:
            return False
        shape, (_, live) = shape_of(model), self.opened_version()
        was, beside, newer = (normalized(model, content) for content in (live, opened.content, draft.content))
        return set(changed_fields(was, beside, shape)) <= set(changed_fields(beside, newer, shape))

    def opened_version(self) -> tuple[DraftStateMixin, Content]:
        """The row from the database: its child relations have pks, which a revision may lack."""
        live = type(self.stored_object)._base_manager.get(pk=self.stored_object.pk)
        return live, content_of(live)

    def add_version_message(self) -> None:
        """Add nothing: Wagtail's view has its own warning."""

    @property
    def refusal(self) -> SafeString | None:
        """Why nothing is saved, None if it may be."""
        if self.is_outdated:
            return _outdated_message(self.edit_live_url, self.get_edit_url())
        if self.is_out_of_date and not (self.is_stale or self._latest_is_scheduled):
            # The form that is shown again names the newer draft, so that saving once more replaces it.
            return format_html(NEWER_DRAFT, self.get_edit_url())
        return None

    @property
    def _latest_is_scheduled(self) -> bool:
        """The newest draft then stays scheduled, whatever is saved beside it."""
        return self.is_live_version and self.latest_revision.approved_go_live_at is not None

    def form_valid(self, form: WagtailAdminModelForm) -> HttpResponse:
        return self._refuse(form, refusal) if (refusal := self.refusal) else super().form_valid(form)

    def form_invalid(self, form: WagtailAdminModelForm) -> HttpResponse:
        return self._refuse(form, refusal) if (refusal := self.refusal) else super().form_invalid(form)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        if self.is_live_version or self.is_outdated:
            context["action_url"] = f"{context['action_url']}?{OPENED_AS_LIVE}"
        return context

    def _refuse(self, form: WagtailAdminModelForm, message: SafeString) -> HttpResponse:
        """Show the form with the user's changes, and say why nothing was saved."""
        self.form, self.has_unsaved_changes, self.errors_debug = form, True, None
        # Saving a draft lets required fields be empty.
        self.form.restore_required_fields()
        messages.error(self.request, message)
        return self.render_to_response(self.get_context_data())


def _outdated_message(edit_live_url: str, edit_url: str) -> SafeString:
    event, version, url = "A newer version was published", "what is public now", edit_live_url
    if not edit_live_url:
        event, version, url = "This was taken down", "the newest draft", edit_url
    return format_html(
        "{} after you opened this form, so your change is not saved. It is still here: "
        'copy it into <a href="{}" target="_blank">{}</a>. '
        "To make this older version public again instead, restore it from the history.",
        event,
        url,
        version,
    )
