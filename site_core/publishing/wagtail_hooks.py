"""Connects publishing to Wagtail's admin."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from site_core.publishing import urls
from site_core.publishing.actions import register_actions
from site_core.publishing.deletion import hooks as deletion_hooks  # noqa: F401 (registers)
from site_core.publishing.editing.bulk_publish import AtomicPublishBulkAction, UnpublishWithUndo
from site_core.publishing.editing.bulk_schedule import ScheduleMany
from site_core.publishing.editing.refusal_list import refusals_script
from site_core.publishing.editing.sign_in_check import autosave_script
from site_core.publishing.history import hooks as history_hooks  # noqa: F401 (registers)
from site_core.publishing.ledger.erasure import register_log_action
from site_core.publishing.notices.homepage import add_news_panel
from site_core.publishing.permissions import may_publish, require_unlocked, rights_at_root
from site_core.publishing.review.digest import add_digest_panel
from site_core.publishing.review.homepage import replace_homepage_panels
from site_core.publishing.review.log_wording import reword_log_actions
from site_core.publishing.review.refusals import hide_publish_in_review, refuse_own_approval
from site_core.publishing.review.wording import replace_sent_message, reword_review_items
from site_core.publishing.runner import failure_panel  # noqa: F401 (registers)
from site_core.publishing.schedule.edit_screen import (
    add_unscheduled_messages,
    replace_buttons,
    schedule_script,
)
from site_core.publishing.trash import hooks as trash_hooks  # noqa: F401 (registers)


class ReportsMenuItem(MenuItem):
    """Shown to the users who have a permission on every page of the site."""

    def __init__(self, label: str, url_name: str, permission: str, **options: object) -> None:
        super().__init__(label, reverse(url_name), **options)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return self.permission in rights_at_root(request.user)


@hooks.register("before_convert_alias_page")
def protect_public_aliases(request: HttpRequest, alias: Page) -> None:
    """Wagtail lets everybody who may edit an alias take it from its original, even if it is public or locked."""
    if alias.live and not may_publish(request.user, alias):
        raise PermissionDenied
    require_unlocked(request.user, alias)


TRASH = partial(ReportsMenuItem, "Trash", "trash", "change", icon_name="bin", order=960)
PUBLICATIONS = partial(
    ReportsMenuItem, "Public version history", "publications", "publish", icon_name="history", order=950
)
hooks.register("register_reports_menu_item", TRASH)
hooks.register("register_reports_menu_item", PUBLICATIONS)
hooks.register(
    "register_admin_menu_item", lambda: MenuItem("Schedule", reverse("schedule"), icon_name="calendar", order=450)
)
hooks.register("register_admin_urls", lambda: urls.urlpatterns)
hooks.register("register_actions", register_actions)
hooks.register("register_log_actions", register_log_action)
# After Wagtail's own, whose words it replaces.
hooks.register("register_log_actions", reword_log_actions, order=1)
hooks.register("construct_homepage_panels", replace_homepage_panels)
hooks.register("construct_homepage_panels", add_news_panel, order=1)
hooks.register("construct_homepage_panels", add_digest_panel)
for edited in ("after_edit_page", "after_edit_snippet"):
    hooks.register(edited, refuse_own_approval)
for saved in ("after_create_page", "after_create_snippet", "after_edit_page", "after_edit_snippet"):
    hooks.register(saved, replace_sent_message)
for action_menu in ("construct_page_action_menu", "construct_snippet_action_menu"):
    hooks.register(action_menu, hide_publish_in_review)
    hooks.register(action_menu, reword_review_items)
    hooks.register(action_menu, replace_buttons)
for opened in ("before_edit_page", "before_edit_snippet"):
    hooks.register(opened, add_unscheduled_messages)
hooks.register("insert_editor_js", schedule_script)
hooks.register("insert_editor_js", autosave_script)
hooks.register("insert_editor_js", refusals_script)
# Registered after Wagtail's own bulk actions, which they replace.
hooks.register("register_bulk_action", AtomicPublishBulkAction, order=1)
hooks.register("register_bulk_action", UnpublishWithUndo, order=1)
hooks.register("register_bulk_action", ScheduleMany)
