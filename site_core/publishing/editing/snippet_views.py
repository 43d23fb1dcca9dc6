"""The admin's screens to create and edit a snippet with drafts: a figure, an alert."""

from typing import Any

from django.contrib.admin.utils import quote, unquote
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.views.generic import RevisionsRevertMixin
from wagtail.models import Revision
from wagtail.snippets.action_menu import SnippetActionMenu
from wagtail.snippets.views.snippets import CopyView, CreateView, EditView, SnippetViewSet, UnpublishView

from site_core.publishing.editing.atomic_save import (
    AtomicSaveMixin,
    AtomicUnpublishMixin,
    add_schedule_messages,
    conflict_url,
    live_version_message,
    schedule_message,
)
from site_core.publishing.editing.draft_ancestry import form_shows, is_made_from, note_begun_beside
from site_core.publishing.editing.edit_live import EditLiveMixin
from site_core.publishing.editing.rebase import needs_an_answer, scheduled_update
from site_core.publishing.publishable import lock_row
from site_core.publishing.schedule.dialogs import ApproveSnippet, DecideSnippet, PublishPastReviewOfSnippet


class AtomicSnippetSaveMixin(AtomicSaveMixin):
    """A save of a snippet, and what is said of it."""

    former: Revision | None = None

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        if self.refused_with:
            view: Any = self
            view.produced_error_code, view.produced_error_message = "validation_error", view.get_error_message()
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        return response

    def get_success_message(self, *args: Any) -> str:
        view: Any = self
        if view.action == "cancel-workflow":
            return f"“{view.object}” is no longer in review."
        said = schedule_message(view.object, self.former) if view.action == "publish" else ""
        return said or str(super().get_success_message(*args))  # type: ignore[misc]


class NewSnippetMixin(AtomicSnippetSaveMixin):
    """Of something new there is no row to lock yet."""

    @classmethod
    def lock(cls, initkwargs: dict[str, Any], kwargs: dict[str, Any]) -> None:
        return


class SnippetCreateView(NewSnippetMixin, CreateView):
    """A new snippet."""


class SnippetCopyView(NewSnippetMixin, CopyView):
    """A new snippet that starts as a copy."""


class SnippetEditView(AtomicSnippetSaveMixin, EditView):
    """A snippet, at the state of its newest draft."""

    shows_newest_draft = True

    @classmethod
    def lock(cls, initkwargs: dict[str, Any], kwargs: dict[str, Any]) -> None:
        lock_row(initkwargs["model"](pk=unquote(str(kwargs["pk"]))))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.hydrate_create_view:
            self.add_version_message()
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def add_version_message(self) -> None:
        add_schedule_messages(self.request, self.live_object, self.edit_live_url)

    @property
    def edit_live_url(self) -> str:
        """Where what is public now is edited, "" if nothing is."""
        live = self.live_object.live_revision_id if self.live_object.live else None
        return reverse(self.revert_url_name, args=[quote(self.live_object.pk), live]) if live else ""

    def save_instance(self) -> Any:
        """Save the draft, and note where it was not made from the scheduled update."""
        obj, scheduled = self.live_object, scheduled_update(self.live_object)
        loaded = self.request.POST.get("loaded_revision_id") if self.shows_newest_draft else None
        begins_beside = scheduled and not form_shows(obj, scheduled, loaded) and is_made_from(obj, scheduled)
        saved = super().save_instance()
        if begins_beside:
            note_begun_beside(obj, self.new_revision, self.request.user)
        return saved

    @property
    def revert_url_name(self) -> str:
        return str(self.model.snippet_viewset.get_url_name("revisions_revert"))

    def publish_action(self) -> HttpResponse | None:
        """Publish, unless that would cancel a scheduled update: then ask. The draft is saved already."""
        self.former = scheduled_update(self.live_object)
        public = self.model._base_manager.get(pk=self.live_object.pk)
        if needs_an_answer(public, self.new_revision.content):
            return redirect(conflict_url(self.new_revision))
        response: HttpResponse | None = super().publish_action()
        return response


class SnippetRevertView(EditLiveMixin, RevisionsRevertMixin, SnippetEditView):
    """An earlier version of a snippet, or what is public now while a newer draft or a scheduled update exists."""

    view_name = "revisions_revert"
    shows_newest_draft = False
    edit_live_url = SnippetEditView.edit_live_url

    @property
    def is_public_now(self) -> bool:
        return bool(self.live_object.live and self.live_object.live_revision_id == int(self.revision_id))

    def get_object(self, queryset: Any = None) -> Any:
        earlier = super().get_object(queryset)
        # The row itself: in it, the rows that belong to the snippet have their numbers.
        return self.model._base_manager.get(pk=earlier.pk) if self.is_public_now else earlier

    def get_warning_message(self) -> str:
        if self.is_public_now:
            return live_version_message(self.live_object)
        return str(super().get_warning_message())

    def save_instance(self) -> Any:
        if self.is_public_now:
            return SnippetEditView.save_instance(self)
        return super().save_instance()

    def get_success_message(self, *args: Any) -> str:
        if self.is_public_now or scheduled_update(self.object):
            return SnippetEditView.get_success_message(self, *args)
        return str(super().get_success_message())

    def _get_action_menu(self) -> Any:
        if not self.is_public_now:
            return super()._get_action_menu()
        return SnippetActionMenu(self.request, view="edit", instance=self.object, locked_for_user=self.locked_for_user)


class SnippetUnpublishView(AtomicUnpublishMixin, UnpublishView):
    """Takes a snippet down."""


class PublishableViewSet(SnippetViewSet):
    """The screens of every snippet of ours that has drafts."""

    add_view_class = SnippetCreateView
    copy_view_class = SnippetCopyView
    edit_view_class = SnippetEditView
    revisions_revert_view_class = SnippetRevertView
    unpublish_view_class = SnippetUnpublishView
    confirm_workflow_cancellation_view_class = PublishPastReviewOfSnippet
    workflow_action_view_class = DecideSnippet
    collect_workflow_action_data_view_class = ApproveSnippet
