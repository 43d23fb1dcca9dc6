"""The admin views of terms, one viewset for each kind."""

from collections.abc import Iterable

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from site_core.accounts.models import User
from site_core.taxonomy.models import TERM_MODELS, ComponentTerm, InitiativeTerm, PlaceTerm, StrategyTerm


class NeverDeletedPolicy(ModelPermissionPolicy):
    """Nobody may delete a term, because drafts refer to it by pk. Terms are archived."""

    def user_has_permission(self, user: AbstractBaseUser | AnonymousUser, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[User]:
        return super().users_with_any_permission([action for action in actions if action != "delete"])


for term_model in TERM_MODELS.values():
    register_permission_policy(term_model, NeverDeletedPolicy(term_model))


class TermViewSet(SnippetViewSet):
    """The views of one kind of term."""

    list_display = ["name", "slug", "archived"]
    list_filter = ["archived"]
    list_per_page = 50
    icon = "tag"


class PlaceViewSet(TermViewSet):
    """Places and their location."""

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
    """The menu of all kinds, in the order of the clusters."""

    items = (PlaceViewSet, InitiativeViewSet, StrategyViewSet, ComponentViewSet)
    menu_label = "Places and tags"
    menu_icon = "tag"
    menu_order = 250
