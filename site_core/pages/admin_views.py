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
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, Revision

from site_core.pages.base import SitePage
from site_core.pages.content_checks.edit_mixin import CheckedMixin
from site_core.publishing.editing.atomic_save import (
    AtomicSaveMixin,
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


class ScheduleMessageMixin:
    """Says until when a page waits, in place of Wagtail's sentence, after the hooks that Wagtail runs."""

    after_saving: str
    former: Revision | None = None

    def run_hook(self, hook_name: str, *args: Any, **kwargs: Any) -> HttpResponse | None:
        response: HttpResponse | None = super().run_hook(hook_name, *args, **kwargs)  # type: ignore[misc]
        if hook_name != "after_publish_page" or response:
            return response
        view: Any = self
        said = schedule_message(view.page, self.former)
        if not said:
            return None
        messages.success(view.request, said, buttons=[view.get_edit_message_button()])
        return super().run_hook(self.after_saving, view.request, view.page) or view.redirect_away()  # type: ignore[misc]


class PageCreateView(ScheduleMessageMixin, CheckedMixin, AtomicSaveMixin, CreateView):
    """A new page. Its parent's row is locked, because it counts its children."""

    after_saving = "after_create_page"

    @classmethod
    def lock(cls, initkwargs: dict[str, Any], kwargs: dict[str, Any]) -> None:
        lock_row(Page(pk=kwargs["parent_page_id"]))

    def publish_action(self) -> HttpResponse:
        """Wagtail adds the page as public and then publishes it, even where it is only scheduled."""
        self.form.instance.live = False
        response: HttpResponse = super().publish_action()
        return response


class PageEditView(ScheduleMessageMixin, CheckedMixin, AtomicSaveMixin, EditView):
    """A page, at the state of its newest draft."""

    after_saving = "after_edit_page"
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
        response: HttpResponse = super().publish_action()
        return response

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


class SitePageViewSet(PageViewSet):
    """The screens of every page type of ours."""

    model = SitePage
    name = "site_pages"
    add_view_class = PageCreateView
    edit_view_class = PageEditView
    revisions_revert_view_class = PageRevertView
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
