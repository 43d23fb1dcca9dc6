"""The admin's views that create and edit a snippet with drafts, such as an impact stat or an alert."""

from typing import Any

from django.contrib.admin.utils import quote, unquote
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import RevisionsRevertMixin
from wagtail.models import DraftStateMixin, Revision
from wagtail.permissions import register_permission_policy
from wagtail.snippets.action_menu import SnippetActionMenu
from wagtail.snippets.views.snippets import (
    CreateView,
    DeleteView,
    EditView,
    RevisionsUnscheduleView,
    SnippetViewSet,
    UnpublishView,
)

from site_core.publishing.editing.atomic_save import (
    AtomicSaveMixin,
    AtomicUnpublishMixin,
    add_schedule_messages,
    conflict_url,
    live_version_message,
    schedule_button,
    schedule_message,
)
from site_core.publishing.editing.created_once import CreatedOnceMixin
from site_core.publishing.editing.draft_ancestry import form_shows_update, is_based_on, log_parallel_draft
from site_core.publishing.editing.draft_history import SnippetDraftHistory
from site_core.publishing.editing.edit_live import EditLiveMixin
from site_core.publishing.editing.rebase import scheduled_update, update_at_risk
from site_core.publishing.editing.stale_form import StaleFormMixin
from site_core.publishing.editing.take_back import TakeBackMixin
from site_core.publishing.history.hooks import add_undo_message_about
from site_core.publishing.permissions import SnippetPermissions, require_unlocked
from site_core.publishing.schedule.dialogs import ApproveSnippet, DecideSnippet, PublishPastReviewOfSnippet


class AtomicSnippetSaveMixin(AtomicSaveMixin):
    """Saves a snippet, and says when it is scheduled."""

    former: Revision | None = None

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        if self.save_error:
            self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
        return super().form_invalid(form)

    def get_success_message(self, *args: object) -> str:
        if self.action == "cancel-workflow":
            return f"“{self.object}” is no longer in review."
        message = schedule_message(self.object, self.former) if self.action == "publish" else ""
        return message or str(super().get_success_message(*args))

    def get_success_buttons(self) -> list[tuple[str, str, bool]]:
        link = [schedule_button()] if self.action == "publish" and scheduled_update(self.object) else []
        return [*link, *super().get_success_buttons()]


class SnippetCreateView(AtomicSnippetSaveMixin, CreatedOnceMixin, CreateView):
    """Creates a snippet."""


class SnippetEditView(AtomicSnippetSaveMixin, StaleFormMixin, TakeBackMixin, EditView):
    """Edits the newest draft of a snippet."""

    @classmethod
    def locked_object(cls, initkwargs: dict[str, Any], kwargs: dict[str, Any]) -> DraftStateMixin:
        obj: DraftStateMixin = initkwargs["model"](pk=unquote(str(kwargs["pk"])))
        return obj

    @property
    def stored_object(self) -> DraftStateMixin:
        return self.live_object

    def make_form(self, instance: DraftStateMixin, *posted: object, **options: object) -> WagtailAdminModelForm:
        return self.get_form_class()(*posted, instance=instance, for_user=self.request.user, **options)

    def show(self, instance: DraftStateMixin) -> None:
        self.object = instance

    def get_available_actions(self) -> list[str]:
        """Wagtail refuses a second cancellation, such as by a button of an old page, with everything typed there."""
        actions = super().get_available_actions()
        is_active = self.workflow_state and self.workflow_state.is_active
        return [action for action in actions if is_active or action != "cancel-workflow"]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not self.hydrate_create_view:
            self.add_version_message()
        return super().get(request, *args, **kwargs)

    def add_version_message(self) -> None:
        add_schedule_messages(self.request, self.live_object, self.edit_live_url)
        add_undo_message_about(self.request, self.live_object)

    @property
    def edit_live_url(self) -> str:
        """Where the live version is edited, "" if there is none."""
        live = self.live_object.live_revision_id if self.live_object.live else None
        return reverse(self.revert_url_name, args=[quote(self.live_object.pk), live]) if live else ""

    def save_instance(self) -> DraftStateMixin:
        """Save the draft, and log it if it is not based on the scheduled update."""
        obj, scheduled = self.live_object, scheduled_update(self.live_object)
        loaded = self.request.POST.get("loaded_revision_id") if self.shows_newest_draft else None
        is_parallel = scheduled and not form_shows_update(obj, scheduled, loaded) and is_based_on(obj, scheduled)
        saved = super().save_instance()
        if is_parallel:
            log_parallel_draft(obj, self.new_revision, self.request.user)
        return saved

    @property
    def revert_url_name(self) -> str:
        return str(self.model.snippet_viewset.get_url_name("revisions_revert"))

    def publish_action(self) -> HttpResponse | None:
        """Publish, or ask first if that would cancel a scheduled update. The draft is already saved."""
        self.former = scheduled_update(self.live_object)
        public = self.model._base_manager.get(pk=self.live_object.pk)
        if update_at_risk(public, self.new_revision.content):
            return redirect(conflict_url(self.new_revision))
        return super().publish_action()


class SnippetRevertView(EditLiveMixin, RevisionsRevertMixin, SnippetEditView):
    """Edits an earlier version of a snippet, or the live version beside a newer draft or a scheduled update."""

    view_name = "revisions_revert"
    shows_newest_draft = False
    edit_live_url = SnippetEditView.edit_live_url

    @property
    def is_live_version(self) -> bool:
        return bool(self.live_object.live and self.live_object.live_revision_id == int(self.revision_id))

    def get_object(self, queryset: QuerySet[DraftStateMixin] | None = None) -> DraftStateMixin:
        earlier = super().get_object(queryset)
        # The row from the database: its child relations have pks, which a revision may lack.
        return self.model._base_manager.get(pk=earlier.pk) if self.is_live_version else earlier

    def get_warning_message(self) -> str:
        if self.is_live_version:
            return live_version_message(self.live_object)
        return str(super().get_warning_message())

    def save_instance(self) -> DraftStateMixin:
        if self.is_live_version:
            return SnippetEditView.save_instance(self)
        return super().save_instance()

    def get_success_message(self, *args: object) -> str:
        if self.is_live_version or scheduled_update(self.object):
            return SnippetEditView.get_success_message(self, *args)
        return str(super().get_success_message())

    def _get_action_menu(self) -> SnippetActionMenu:
        if not self.is_live_version:
            return super()._get_action_menu()
        return SnippetActionMenu(self.request, view="edit", instance=self.object, locked_for_user=self.locked_for_user)


class SnippetUnpublishView(AtomicUnpublishMixin, UnpublishView):
    """Unpublishes a snippet."""


class SnippetUnscheduleView(RevisionsUnscheduleView):
    """Cancels the go-live of a snippet."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        require_unlocked(request.user, self.object)
        return super().post(request, *args, **kwargs)


class SnippetDeleteView(DeleteView):
    """Deletes a snippet. Wagtail asks only whether the user may delete some snippet of the model."""

    def user_has_permission(self, permission: str) -> bool:
        return bool(self.user_has_permission_for_instance(permission, self.object))


class PublishableViewSet(SnippetViewSet):
    """The admin views of a snippet with drafts."""

    add_view_class = SnippetCreateView
    edit_view_class = SnippetEditView
    delete_view_class = SnippetDeleteView
    revisions_revert_view_class = SnippetRevertView
    revisions_unschedule_view_class = SnippetUnscheduleView
    unpublish_view_class = SnippetUnpublishView
    history_view_class = SnippetDraftHistory
    confirm_workflow_cancellation_view_class = PublishPastReviewOfSnippet
    workflow_action_view_class = DecideSnippet
    collect_workflow_action_data_view_class = ApproveSnippet

    def on_register(self) -> None:
        register_permission_policy(self.model, SnippetPermissions(self.model))
        super().on_register()
