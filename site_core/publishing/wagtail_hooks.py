"""Connects publishing to Wagtail's admin."""

from django.urls import URLPattern
from wagtail import hooks

from site_core.publishing.actions import register_actions
from site_core.publishing.editing.bulk_publish import AtomicPublishBulkAction
from site_core.publishing.editing.conflict_view import conflict_urls
from site_core.publishing.history import hooks as history_hooks  # noqa: F401 (registers)
from site_core.publishing.history.undo_views import undo_urls
from site_core.publishing.history.views import publication_urls
from site_core.publishing.review.homepage import replace_homepage_panels
from site_core.publishing.review.refusals import check_before_publishing, hide_publish_in_review, refuse_own_approval
from site_core.publishing.review.views import review_urls
from site_core.publishing.review.wording import replace_sent_message, reword_review_items
from site_core.publishing.runner.failure_panel import failure_urls
from site_core.publishing.schedule.edit_screen import (
    add_unscheduled_messages,
    replace_buttons,
    schedule_script,
)
from site_core.publishing.schedule.views import ScheduleMenuItem, schedule_urls
from site_core.publishing.trash import hooks as trash_hooks  # noqa: F401 (registers)
from site_core.publishing.trash.views import trash_urls


@hooks.register("register_admin_urls")
def publishing_urls() -> list[URLPattern]:
    past = [*undo_urls(), *publication_urls(), *trash_urls()]
    return [*past, *schedule_urls(), *review_urls(), *failure_urls(), *conflict_urls()]


hooks.register("register_actions", register_actions)
hooks.register("construct_homepage_panels", replace_homepage_panels)
hooks.register("before_publish_page", check_before_publishing)
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
hooks.register("register_admin_menu_item", ScheduleMenuItem)
hooks.register("insert_editor_js", schedule_script)
# Registered after Wagtail's own bulk action, which it replaces.
hooks.register("register_bulk_action", AtomicPublishBulkAction, order=1)
