"""The desk's screens for what site_core holds: terms in their four kinds, and alerts."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

import site_core.media.desk
import site_core.publishing.bin.hooks
import site_core.publishing.history.hooks  # noqa: F401 (they register themselves)
from site_core.desk_home import desk_home
from site_core.models import Alert, ComponentTerm, InitiativeTerm, PlaceTerm, StrategyTerm, WithdrawnAddress
from site_core.outbox import OutboxMenuItem, outbox_urls
from site_core.publishing.actions import register_actions
from site_core.publishing.bin.views import bin_urls
from site_core.publishing.editing.asking import question_urls
from site_core.publishing.editing.bulk import CarefulPublishBulkAction
from site_core.publishing.editing.pages import ReadOnlyPagesAPI, SitePageViewSet
from site_core.publishing.editing.snippets import PublishableViewSet
from site_core.publishing.history.history_views import publication_urls
from site_core.publishing.history.undo_views import undo_urls
from site_core.publishing.review.refusals import (
    offer_no_way_past_the_review,
    say_that_it_is_not_approved,
    stop_before_publishing,
)
from site_core.publishing.review.screen import review_urls
from site_core.publishing.review.words import review_in_plain_words, say_that_it_was_sent
from site_core.publishing.runner.failure_panel import failure_urls
from site_core.publishing.schedule.edit import (
    publish_button_says_when,
    publish_button_script,
    say_what_is_not_scheduled,
)
from site_core.publishing.schedule.views import ScheduleMenuItem, schedule_urls
from site_core.rich_text import PageLinks
from site_core.taxonomy.suggestions import term_suggestions


class NeverDeletedPolicy(ModelPermissionPolicy):
    """Nobody deletes a term, because drafts refer to it by number: terms are archived."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def users_with_any_permission(self, actions: list[str]) -> Any:
        return super().users_with_any_permission([action for action in actions if action != "delete"])


for term_model in (PlaceTerm, InitiativeTerm, StrategyTerm, ComponentTerm):
    register_permission_policy(term_model, NeverDeletedPolicy(term_model))


class TermViewSet(SnippetViewSet):
    """The list of one kind of term."""

    list_display = ["name", "slug", "archived"]
    list_filter = ["archived"]
    list_per_page = 50
    icon = "tag"


class PlaceViewSet(TermViewSet):
    """Places, with where they are."""

    model = PlaceTerm
    list_display = ["name", "region", "country", "has_page", "archived"]


class InitiativeViewSet(TermViewSet):
    """Initiatives."""

    model = InitiativeTerm


class StrategyViewSet(TermViewSet):
    """Strategies."""

    model = StrategyTerm


class ComponentViewSet(TermViewSet):
    """Components."""

    model = ComponentTerm


class TermsGroup(SnippetViewSetGroup):
    """Places and tags, in the order of the clusters."""

    items = (PlaceViewSet, InitiativeViewSet, StrategyViewSet, ComponentViewSet)
    menu_label = "Places and tags"
    menu_icon = "tag"
    menu_order = 250


class AlertViewSet(PublishableViewSet):
    """Alerts, newest first."""

    model = Alert
    icon = "warning"
    menu_label = "Alerts"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["text", "live", "go_live_at", "expire_at"]
    ordering = ["-pk"]


class WithdrawnAddressViewSet(SnippetViewSet):
    """Addresses that answer “gone”, beside the redirects."""

    model = WithdrawnAddress
    icon = "cross"
    menu_label = "Withdrawn addresses"
    menu_order = 1000
    add_to_settings_menu = True
    list_display = ["address", "since"]
    list_per_page = 50


register_snippet(TermsGroup)
register_snippet(AlertViewSet)
register_snippet(WithdrawnAddressViewSet)


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern]:
    """What a tag box asks while somebody types, and the mail of a local site."""
    terms = path("terms/<str:kind>/", term_suggestions, name="term_suggestions")
    past = [*undo_urls(), *publication_urls(), *bin_urls()]
    return [terms, *past, *outbox_urls(), *schedule_urls(), *review_urls(), *failure_urls(), *question_urls()]


hooks.register("register_actions", register_actions)
hooks.register("construct_homepage_panels", desk_home)
hooks.register("before_publish_page", stop_before_publishing)
for edited in ("after_edit_page", "after_edit_snippet"):
    hooks.register(edited, say_that_it_is_not_approved)
for sent in ("after_create_page", "after_create_snippet", "after_edit_page", "after_edit_snippet"):
    hooks.register(sent, say_that_it_was_sent)
for action_menu in ("construct_page_action_menu", "construct_snippet_action_menu"):
    hooks.register(action_menu, offer_no_way_past_the_review)
    hooks.register(action_menu, publish_button_says_when)
    hooks.register(action_menu, review_in_plain_words)
for opened in ("before_edit_page", "before_edit_snippet"):
    hooks.register(opened, say_what_is_not_scheduled)
hooks.register("register_admin_menu_item", ScheduleMenuItem)
hooks.register("insert_editor_js", publish_button_script)
hooks.register("register_admin_viewset", SitePageViewSet)
hooks.register("construct_admin_api", lambda router: router.register_endpoint("pages", ReadOnlyPagesAPI))
# After Wagtail's own, whose places they take.
hooks.register("register_bulk_action", CarefulPublishBulkAction, order=1)
hooks.register("register_rich_text_features", lambda features: features.register_link_type(PageLinks), order=1)


@hooks.register("register_settings_menu_item")
def outbox_menu_item() -> OutboxMenuItem:
    return OutboxMenuItem()


@hooks.register("construct_main_menu")
def only_what_is_used(request: HttpRequest, menu_items: list[Any]) -> None:
    """The menu shows places to work in: snippets have their own items, so Wagtail's list of them is not needed.

    Whoever may only read the list of terms has the tag boxes for that.
    """
    unused = {"snippets"} if request.user.has_perm("site_core.change_placeterm") else {"snippets", "places-and-tags"}
    menu_items[:] = [item for item in menu_items if item.name not in unused]


@hooks.register("construct_reports_menu")
def only_reports_on_content(request: HttpRequest, menu_items: list[Any]) -> None:
    """The desk's home says what waits for approval; how often a page type is used is for those who build sites."""
    unused = {"workflows", "workflow-tasks", "page-types-usage"}
    menu_items[:] = [item for item in menu_items if item.name not in unused]


@hooks.register("construct_help_menu")
def only_help_with_the_desk(request: HttpRequest, menu_items: list[Any]) -> None:
    """What is new in Wagtail and its own guide are for those who build sites, and lead to other sites."""
    menu_items[:] = [
        item for item in menu_items if item.name != "editor-guide" and not item.name.startswith("whats-new")
    ]


@hooks.register("insert_global_admin_css")
def desk_colors() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("site_core/desk.css"))
