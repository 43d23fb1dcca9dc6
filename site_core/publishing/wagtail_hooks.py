"""Connects the screens of publishing to Wagtail's admin. The parts with hooks of their own are loaded first."""

from django.urls import URLPattern
from wagtail import hooks

from site_core.publishing.actions import register_actions
from site_core.publishing.editing.bulk_publish import CarefulPublishBulkAction
from site_core.publishing.editing.conflict_view import question_urls
from site_core.publishing.history import hooks as history_hooks  # noqa: F401 (registers)
from site_core.publishing.history.undo_views import undo_urls
from site_core.publishing.history.views import publication_urls
from site_core.publishing.review.homepage import replace_homepage_panels
from site_core.publishing.review.refusals import (
    offer_no_way_past_the_review,
    refuse_own_approval,
    stop_before_publishing,
)
from site_core.publishing.review.views import review_urls
from site_core.publishing.review.wording import add_sent_message, review_in_plain_words
from site_core.publishing.runner.failure_panel import failure_urls
from site_core.publishing.schedule.edit_screen import (
    add_unscheduled_message,
    name_publish_button_for_schedule,
    publish_button_script,
)
from site_core.publishing.schedule.views import ScheduleMenuItem, schedule_urls
from site_core.publishing.trash import hooks as trash_hooks  # noqa: F401 (registers)
from site_core.publishing.trash.views import trash_urls


@hooks.register("register_admin_urls")
def publishing_urls() -> list[URLPattern]:
    past = [*undo_urls(), *publication_urls(), *trash_urls()]
    return [*past, *schedule_urls(), *review_urls(), *failure_urls(), *question_urls()]


hooks.register("register_actions", register_actions)
hooks.register("construct_homepage_panels", replace_homepage_panels)
hooks.register("before_publish_page", stop_before_publishing)
for edited in ("after_edit_page", "after_edit_snippet"):
    hooks.register(edited, refuse_own_approval)
for sent in ("after_create_page", "after_create_snippet", "after_edit_page", "after_edit_snippet"):
    hooks.register(sent, add_sent_message)
for action_menu in ("construct_page_action_menu", "construct_snippet_action_menu"):
    hooks.register(action_menu, offer_no_way_past_the_review)
    hooks.register(action_menu, name_publish_button_for_schedule)
    hooks.register(action_menu, review_in_plain_words)
for opened in ("before_edit_page", "before_edit_snippet"):
    hooks.register(opened, add_unscheduled_message)
hooks.register("register_admin_menu_item", ScheduleMenuItem)
hooks.register("insert_editor_js", publish_button_script)
# After Wagtail's own, whose place it takes.
hooks.register("register_bulk_action", CarefulPublishBulkAction, order=1)
