"""The admin's screens for figures and studies."""

from typing import Any

from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from impact.models import ImpactStat, Study
from site_core.publishing.editing.snippet_views import PublishableViewSet


class StatViewSet(PublishableViewSet):
    """Figures in the editors' order, which is the order of the public pages."""

    model = ImpactStat
    icon = "snippet"
    menu_label = "Figures"
    list_display = [
        # A name, not a Column: the admin makes the first name the link to the figure.
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

    def get_queryset(self, request: Any) -> Any:
        return ImpactStat.objects.with_evidence()


class StudyViewSet(SnippetViewSet):
    """Studies, by the name they are cited by."""

    model = Study
    icon = "list-ul"
    list_display = ["short_name", "described_as", "year", "container"]
    list_per_page = 50


class StatsGroup(SnippetViewSetGroup):
    """Figures and the studies they are held against."""

    items = (StatViewSet, StudyViewSet)
    menu_label = "Figures"
    menu_icon = "snippet"
    menu_order = 210


register_snippet(StatsGroup)
