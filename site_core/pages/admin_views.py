"""The admin's views that create and edit a page."""

from typing import Any

from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.action_menu import PageActionMenu
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, Revision
from wagtail.utils.timestamps import render_timestamp

from site_core.pages.base import SitePage
from site_core.pages.content_checks.edit_mixin import CheckedMixin
from site_core.pages.copying import PageCopyView
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
from site_core.publishing.editing.draft_history import PageDraftHistory
from site_core.publishing.editing.edit_live import EditLiveMixin
from site_core.publishing.editing.rebase import scheduled_update, update_at_risk
from site_core.publishing.editing.stale_form import StaleFormMixin
from site_core.publishing.editing.take_back import TakeBackMixin
from site_core.publishing.history.hooks import add_undo_message_about
from site_core.publishing.schedule.dialogs import ApprovePage, DecidePage, PublishPastReviewOfPage


class ShownAgainMixin(WagtailAdminTemplateMixin):
    """Shows a form again whose button asks for that. Nothing is saved, and nothing is missing yet."""

    def form_valid(self, form: WagtailAdminPageForm) -> HttpResponse:
        return self.show_filled(form) if form.is_only_shown else super().form_valid(form)

    def form_invalid(self, form: WagtailAdminPageForm) -> HttpResponse:
        return self.show_filled(form) if form.is_only_shown else super().form_invalid(form)

    def show_filled(self, form: WagtailAdminPageForm) -> HttpResponse:
        form.errors.clear()
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data())


class PageCreateView(ShownAgainMixin, CheckedMixin, AtomicSaveMixin, CreatedOnceMixin, CreateView):
    """Creates a page. Locks the row of its parent, which counts its children."""

    @classmethod
    def locked_object(cls, initkwargs: dict[str, Any], kwargs: dict[str, Any]) -> Page:
        return Page(pk=kwargs["parent_page_id"])

    def publish_action(self) -> HttpResponse:
        """Wagtail adds the page as live before it publishes, even if the page is only scheduled."""
        self.form.instance.live = False
        return super().publish_action()

    def run_hook(self, hook_name: str, *args: object, **kwargs: object) -> HttpResponse | None:
        """After Wagtail's hooks, say when a scheduled page goes live, in place of Wagtail's message."""
        response = super().run_hook(hook_name, *args, **kwargs)
        if hook_name != "after_publish_page" or response:
            return response
        message = schedule_message(self.page, None)
        if not message:
            return None
        messages.success(self.request, message, buttons=[schedule_button(), self.get_edit_message_button()])
        return super().run_hook("after_create_page", self.request, self.page) or self.redirect_away()


class PublishThroughModelView(EditView):
    """Wagtail's view, but it publishes through the page's own `publish`."""

    page: Page
    former: Revision | None = None

    def publish_action(self) -> HttpResponse:
        self.page = self.form.save(commit=not self.page.live)
        self.subscription.save()
        revision = self.page.save_revision(
            user=self.request.user, log_action=True, previous_revision=self.previous_revision
        )
        response = self.run_hook("before_publish_page", self.request, self.page)
        if response:
            return response
        revision.publish(
            user=self.request.user,
            changed=self.has_content_changes,
            previous_revision=self.previous_revision,
            # The view has checked the permission.
            skip_permission_checks=True,
        )
        if self.has_content_changes and "comments" in self.form.formsets:
            changes = self.get_commenting_changes()
            self.log_commenting_changes(changes, revision)
            self.send_commenting_notifications(changes)
        # Publishing may change its URL.
        self.page = self.page.specific_class.objects.get(pk=self.page.pk)
        response = self.run_hook("after_publish_page", self.request, self.page)
        if response:
            return response
        self.add_published_message()
        return self.run_hook("after_edit_page", self.request, self.page) or self.redirect_away()

    def add_published_message(self) -> None:
        """Wagtail's message, or ours if something is or was scheduled."""
        edit, title = self.get_edit_message_button(), self.page.get_admin_display_title()
        if message := schedule_message(self.page, self.former):
            messages.success(self.request, message, buttons=[schedule_button(), edit])
            return
        message = f"“{title}” has been published."
        if self.is_reverting:
            saved_at = render_timestamp(self.previous_revision.created_at)
            message = f"The version of “{title}” from {saved_at} has been published."
        view_live = [self.get_view_live_message_button()] if self.page.url is not None else []
        messages.success(self.request, message, buttons=[*view_live, edit])


class PageEditView(
    ShownAgainMixin, CheckedMixin, AtomicSaveMixin, StaleFormMixin, TakeBackMixin, PublishThroughModelView
):
    """Edits the newest draft of a page."""

    is_asking = False

    @classmethod
    def locked_object(cls, initkwargs: dict[str, Any], kwargs: dict[str, Any]) -> Page:
        return Page(pk=kwargs["page_id"])

    def get_object(self) -> Page:
        """To open the form is to ask a dozen times what the review of the page is. Wagtail has looked for it once."""
        page = super().get_object()
        if self.request.method == "GET":
            page._current_workflow_states = self.real_page_record._current_workflow_states
        return page

    @cached_property
    def stored_object(self) -> Page:
        return self.real_page_record.specific

    def make_form(self, instance: Page, *posted: object, **options: object) -> WagtailAdminPageForm:
        about = {"subscription": self.subscription, "parent_page": self.parent, "for_user": self.request.user}
        return self.form_class(*posted, instance=instance, **about, **options)

    def show(self, instance: Page) -> None:
        self.page = instance

    @cached_property
    def is_cancelling_workflow(self) -> bool:
        """Wagtail refuses a second cancellation, such as by a button of an old page, with everything typed there."""
        return bool(super().is_cancelling_workflow and self.workflow_state.is_active)

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not self.hydrate_create_view:
            self.add_version_message()
        return super().get(request, *args, **kwargs)

    def add_version_message(self) -> None:
        add_schedule_messages(self.request, self.real_page_record, self.edit_live_url)
        self.add_repeat_messages(self.page)
        add_undo_message_about(self.request, self.stored_object)

    @property
    def edit_live_url(self) -> str:
        """Where the live version is edited, "" if there is none."""
        live = self.real_page_record.live_revision_id if self.real_page_record.live else None
        return reverse("wagtailadmin_pages:revisions_revert", args=[self.page.pk, live]) if live else ""

    @cached_property
    def shows_update(self) -> bool:
        """Whether the form shows the scheduled update. Read this before anything is saved."""
        scheduled = scheduled_update(self.real_page_record)
        loaded = self.request.POST.get("loaded_revision_id") if self.shows_newest_draft else None
        return scheduled is not None and form_shows_update(self.real_page_record, scheduled, loaded)

    def save_form(self, form: BaseForm) -> HttpResponse:
        record = self.real_page_record
        scheduled = scheduled_update(record)
        is_parallel = scheduled and not self.shows_update and is_based_on(record, scheduled)
        response = super().save_form(form)
        if is_parallel and self.page.latest_revision_id != record.latest_revision_id:
            log_parallel_draft(self.page, self.page.latest_revision, self.request.user)
        return response

    def publish_action(self) -> HttpResponse:
        """Publish, or save a draft and ask if that would cancel a scheduled update."""
        self.former = scheduled_update(self.page)
        content = self.form.instance.serializable_data()
        if update_at_risk(self.real_page_record.specific, content, is_the_update=self.shows_update):
            return self.ask()
        return super().publish_action()

    def ask(self) -> HttpResponse:
        """Save the draft, then lead to the page that asks what happens to the scheduled update."""
        self.is_asking = True
        response = self.save_action()
        if self.has_unsaved_changes or isinstance(response, JsonResponse):
            return response
        return redirect(conflict_url(self.page.latest_revision))

    def send_commenting_notifications(self, changes: dict[str, object]) -> None:
        """Send mail only if the save is committed."""
        send = super().send_commenting_notifications
        # Django cannot log the failure of a partial.
        transaction.on_commit(lambda: send(changes), robust=True)

    def add_cancel_workflow_confirmation_message(self) -> None:
        """In place of Wagtail's message, which mentions a workflow."""
        messages.success(self.request, f"“{self.page.get_admin_display_title()}” is no longer in review.")

    def add_save_confirmation_message(self) -> None:
        """Add nothing before a question: the page with the question says that the draft is saved."""
        if not self.is_asking:
            super().add_save_confirmation_message()


class PageRevertView(EditLiveMixin, PageEditView, RevisionsRevertView):
    """Edits an earlier version of a page, or the live version beside a newer draft or a scheduled update."""

    shows_newest_draft = False
    edit_live_url = PageEditView.edit_live_url

    @property
    def is_live_version(self) -> bool:
        record = self.real_page_record
        return bool(record.live and record.live_revision_id == self.revision_id)

    def get_object(self) -> Page:
        if not self.is_live_version:
            return super().get_object()
        # The row from the database: its child relations have pks, which a revision may lack.
        self.is_reverting, self.previous_revision = False, None
        return self.real_page_record.specific

    def get_warning_message(self) -> str:
        if self.is_live_version:
            return live_version_message(self.real_page_record)
        return str(super().get_warning_message())

    def get_action_menu(self) -> PageActionMenu:
        return EditView.get_action_menu(self) if self.is_live_version else super().get_action_menu()


class PageUnpublishView(AtomicUnpublishMixin, UnpublishView):
    """Unpublishes a page, and its descendants if asked to."""


class SitePageViewSet(PageViewSet):
    """The admin views of this site's page types."""

    model = SitePage
    name = "site_pages"
    add_view_class = PageCreateView
    edit_view_class = PageEditView
    revisions_revert_view_class = PageRevertView
    copy_view_class = PageCopyView
    unpublish_view_class = PageUnpublishView
    history_view_class = PageDraftHistory
    confirm_workflow_cancellation_view_class = PublishPastReviewOfPage
    workflow_action_view_class = DecidePage
    collect_workflow_action_data_view_class = ApprovePage
    # Empty, so that Wagtail's own explorer lists the pages.
    parent_models: list[type[Page]] = []

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        """Name Page as the model. Wagtail's other views query the model, and SitePage is abstract, without a table."""
        return super().get_common_view_kwargs(**{"model": Page, **kwargs})


class ReadOnlyPagesAPI(PagesAdminAPIViewSet):
    """The API that the admin's choosers read, without actions, which would bypass the checks of our views."""

    actions: dict[str, type] = {}
