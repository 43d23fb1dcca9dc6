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

from site_core.models import Alert, ComponentTerm, InitiativeTerm, PlaceTerm, StrategyTerm
from site_core.outbox import OutboxMenuItem, outbox_urls
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


class AlertViewSet(SnippetViewSet):
    """Alerts, newest first."""

    model = Alert
    icon = "warning"
    menu_label = "Alerts"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["text", "live", "go_live_at", "expire_at"]
    ordering = ["-pk"]


register_snippet(TermsGroup)
register_snippet(AlertViewSet)


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern]:
    """What a tag box asks while somebody types, and the mail of a local site."""
    return [path("terms/<str:kind>/", term_suggestions, name="term_suggestions"), *outbox_urls()]


@hooks.register("register_settings_menu_item")
def outbox_menu_item() -> OutboxMenuItem:
    return OutboxMenuItem()


@hooks.register("construct_main_menu")
def only_what_is_used(request: HttpRequest, menu_items: list[Any]) -> None:
    """The menu shows places to work in: snippets have their own items, so Wagtail's list of them is not needed."""
    menu_items[:] = [item for item in menu_items if item.name != "snippets"]


@hooks.register("construct_help_menu")
def only_help_with_the_desk(request: HttpRequest, menu_items: list[Any]) -> None:
    """What is new in Wagtail and its own guide are for those who build sites, and lead to other sites."""
    menu_items[:] = [
        item for item in menu_items if item.name != "editor-guide" and not item.name.startswith("whats-new")
    ]


@hooks.register("insert_global_admin_css")
def desk_colors() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("site_core/desk.css"))
