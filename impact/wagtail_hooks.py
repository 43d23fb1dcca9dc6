"""The admin screens for impact stats and studies."""

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from impact.checking.publishing import CHECKED
from impact.checking.views import StatsToCheckItem, checking_urls
from impact.models import ImpactStat, Study
from impact.stats import ImpactStatQuerySet
from impact.study_screens.chooser import StudyChooserViewSet
from impact.study_screens.new_study import NewStudyView
from site_core.admin.homepage import NewButton
from site_core.admin.snippet_views import PlainSnippetViewSet
from site_core.publishing.editing.snippet_views import PublishableViewSet


class StatViewSet(PublishableViewSet):
    """Impact stats in the editors' order, which is the order of the public pages."""

    model = ImpactStat
    icon = "chart"
    menu_label = "Impact stats"
    list_display = [
        # Wagtail links the first column to the edit view only if it is a name and not a Column.
        "figure",
        Column("outcome", label="Outcome"),
        Column("place", label="Place"),
        Column("status_words", label="Evidence", width="30%"),
        LiveStatusTagColumn(),
    ]
    list_filter = ["place", "strategy", "outcome_group", "live"]
    list_per_page = 50
    ordering = ["sort_order", "pk"]
    sort_order_field = "sort_order"

    def get_queryset(self, request: HttpRequest) -> ImpactStatQuerySet:
        return ImpactStat.objects.with_evidence()


class StudyViewSet(PlainSnippetViewSet):
    """Studies by their short names."""

    model = Study
    add_view_class = NewStudyView
    chooser_viewset_class = StudyChooserViewSet
    icon = "list-ul"
    list_display = ["short_name", "described_as", "year", "container"]
    list_per_page = 50


class StatsGroup(SnippetViewSetGroup):
    """Impact stats and the studies they are checked against."""

    items = (StatViewSet, StudyViewSet)
    menu_label = "Impact stats"
    menu_icon = "chart"
    menu_order = 210
    submenu_hook = "register_impact_menu_item"


hooks.register("register_admin_urls", checking_urls)
hooks.register("register_impact_menu_item", StatsToCheckItem)


@hooks.register("register_log_actions")
def register_check(actions: LogActionRegistry) -> None:
    actions.register_action(CHECKED, "Check an impact stat", "Checked")


@hooks.register("register_icons")
def register_chart_icon(icons: list[str]) -> list[str]:
    """Wagtail has no icon of a chart."""
    return [*icons, "admin/icons/chart.svg"]


@hooks.register("construct_homepage_panels")
def add_new_stat_button(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("impact.add_impactstat"):
        url = reverse(ImpactStat.snippet_viewset.get_url_name("add"))
        panels.append(NewButton("new-impact-stat", 49, "New impact stat", url))


register_snippet(StatsGroup)
