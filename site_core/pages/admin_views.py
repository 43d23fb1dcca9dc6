"""The admin's screens to create and edit a page."""

from functools import partial
from typing import Any

from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, Revision
from wagtail.utils.timestamps import render_timestamp

from site_core.pages.base import SitePage
from site_core.pages.content_checks.edit_mixin import CheckedMixin
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
from site_core.publishing.schedule.dialogs import ApprovePage, DecidePage, PublishPastReviewOfPage


class PageCreateView(CheckedMixin, AtomicSaveMixin, CreateView):
    """A new page. Its parent's row is locked, because it counts its children."""

    @classmethod
    def lock(cls, initkwargs: dict[str, Any], kwargs: dict[str, Any]) -> None:
        lock_row(Page(pk=kwargs["parent_page_id"]))

    def publish_action(self) -> HttpResponse:
        """Wagtail adds the page as public and then publishes it, even where it is only scheduled."""
        self.form.instance.live = False
        response: HttpResponse = super().publish_action()
        return response

    def run_hook(self, hook_name: str, *args: Any, **kwargs: Any) -> HttpResponse | None:
        """After Wagtail's hooks, says when a scheduled page goes live, in place of Wagtail's sentence."""
        response: HttpResponse | None = super().run_hook(hook_name, *args, **kwargs)
        if hook_name != "after_publish_page" or response:
            return response
        said = schedule_message(self.page, None)
        if not said:
            return None
        messages.success(self.request, said, buttons=[self.get_edit_message_button()])
        return super().run_hook("after_create_page", self.request, self.page) or self.redirect_away()


class PageEditView(CheckedMixin, AtomicSaveMixin, EditView):
    """A page, at the state of its newest draft."""

    former: Revision | None = None
    asks = False
    shows_newest_draft = True

    @classmethod
    def lock(cls, initkwargs: dict[str, Any], kwargs: dict[str, Any]) -> None:
        lock_row(Page(pk=kwargs["page_id"]))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.hydrate_create_view:
            self.add_version_message()
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def add_version_message(self) -> None:
        add_schedule_messages(self.request, self.real_page_record, self.edit_live_url)

    @property
    def edit_live_url(self) -> str:
        """Where what is public now is edited, "" if nothing is."""
        live = self.real_page_record.live_revision_id if self.real_page_record.live else None
        return reverse("wagtailadmin_pages:revisions_revert", args=[self.page.pk, live]) if live else ""

    @cached_property
    def shows_the_update(self) -> bool:
        """Whether what is sent was made from the scheduled update. To be asked before anything is saved."""
        scheduled = scheduled_update(self.real_page_record)
        loaded = self.request.POST.get("loaded_revision_id") if self.shows_newest_draft else None
        return scheduled is not None and form_shows(self.real_page_record, scheduled, loaded)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        record = self.real_page_record
        scheduled = scheduled_update(record)
        begins_beside = scheduled and not self.shows_the_update and is_made_from(record, scheduled)
        response: HttpResponse = super().form_valid(form)
        if begins_beside and self.page.latest_revision_id != record.latest_revision_id:
            note_begun_beside(self.page, self.page.latest_revision, self.request.user)
        return response

    def publish_action(self) -> HttpResponse:
        """Publish, unless that would cancel a scheduled update: then save a draft and ask."""
        self.former = scheduled_update(self.page)
        content = self.form.instance.serializable_data()
        if needs_an_answer(self.real_page_record.specific, content, is_the_update=self.shows_the_update):
            return self.ask()
        self.page = self.form.save(commit=not self.page.live)
        self.subscription.save()
        revision = self.page.save_revision(
            user=self.request.user, log_action=True, previous_revision=self.previous_revision
        )
        return self.publish_saved(revision)

    def publish_saved(self, revision: Revision) -> HttpResponse:
        """The rest of Wagtail's `publish_action`, except that it publishes through the page's own `publish`."""
        response: HttpResponse | None = self.run_hook("before_publish_page", self.request, self.page)
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
        # Its URL may have changed.
        self.page = self.page.specific_class.objects.get(pk=self.page.pk)
        response = self.run_hook("after_publish_page", self.request, self.page)
        if response:
            return response
        self.say_what_was_published()
        response = self.run_hook("after_edit_page", self.request, self.page) or self.redirect_away()
        return response

    def say_what_was_published(self) -> None:
        """Wagtail's sentence, or ours if something is or was scheduled."""
        edit, title = self.get_edit_message_button(), self.page.get_admin_display_title()
        if said := schedule_message(self.page, self.former):
            messages.success(self.request, said, buttons=[edit])
            return
        said = f"Page '{title}' has been published."
        if self.is_reverting:
            saved_at = render_timestamp(self.previous_revision.created_at)
            said = f"Version from {saved_at} of page '{title}' has been published."
        view_live = [self.get_view_live_message_button()] if self.page.url is not None else []
        messages.success(self.request, said, buttons=[*view_live, edit])

    def ask(self) -> HttpResponse:
        self.asks = True
        response: HttpResponse = self.save_action()
        if self.has_unsaved_changes or isinstance(response, JsonResponse):
            return response
        return redirect(conflict_url(self.page.latest_revision))

    def send_commenting_notifications(self, changes: dict[str, Any]) -> None:
        """Nobody gets mail of what was not saved in the end."""
        transaction.on_commit(partial(super().send_commenting_notifications, changes), robust=True)

    def add_cancel_workflow_confirmation_message(self) -> None:
        """In place of Wagtail's sentence, which speaks of a workflow."""
        messages.success(self.request, f"“{self.page.get_admin_display_title()}” is no longer in review.")

    def add_save_confirmation_message(self) -> None:
        """Where it is asked how to publish, nothing has been done yet."""
        if not self.asks:
            super().add_save_confirmation_message()


class PageRevertView(EditLiveMixin, PageEditView, RevisionsRevertView):
    """An earlier version of a page, or what is public now while a newer draft or a scheduled update exists."""

    shows_newest_draft = False
    edit_live_url = PageEditView.edit_live_url

    @property
    def is_public_now(self) -> bool:
        record = self.real_page_record
        return bool(record.live and record.live_revision_id == self.revision_id)

    def get_object(self) -> Page:
        if not self.is_public_now:
            return super().get_object()
        # The row itself: in it, the rows that belong to the page have their numbers, which a revision may not know.
        self.is_reverting, self.previous_revision = False, None
        return self.real_page_record.specific

    def get_warning_message(self) -> str:
        if self.is_public_now:
            return live_version_message(self.real_page_record)
        return str(super().get_warning_message())

    def get_action_menu(self) -> Any:
        return EditView.get_action_menu(self) if self.is_public_now else super().get_action_menu()


class PageUnpublishView(AtomicUnpublishMixin, UnpublishView):
    """Takes a page down, and what is below it if asked to."""


class SitePageViewSet(PageViewSet):
    """The screens of every page type of ours."""

    model = SitePage
    name = "site_pages"
    add_view_class = PageCreateView
    edit_view_class = PageEditView
    revisions_revert_view_class = PageRevertView
    unpublish_view_class = PageUnpublishView
    confirm_workflow_cancellation_view_class = PublishPastReviewOfPage
    workflow_action_view_class = DecidePage
    collect_workflow_action_data_view_class = ApprovePage
    # Where it lists pages, Wagtail's explorer stays as it is.
    parent_models: list[type[Page]] = []

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Wagtail's other screens ask the database, which has no table of an abstract model."""
        common: dict[str, Any] = super().get_common_view_kwargs(**{"model": Page, **kwargs})
        return common


class ReadOnlyPagesAPI(PagesAdminAPIViewSet):
    """What the admin's choosers read. No screen uses its actions, which would publish, move and delete past them."""

    actions: dict[str, Any] = {}
