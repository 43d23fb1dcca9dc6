"""The admin views of terms, one viewset for each kind."""

from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from site_core.admin.snippet_views import PlainSnippetViewSet
from site_core.taxonomy.models import ComponentTerm, InitiativeTerm, PlaceTerm, StrategyTerm


class TermViewSet(PlainSnippetViewSet):
    """The views of one kind of term."""

    list_display = ["name", Column("slug", label="Web address ending", sort_key="slug"), "archived"]
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
