"""The search in the admin: the report of unanswered searches, and changes to Wagtail's menus."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.contrib.search_promotions.models import Query
from wagtail.contrib.search_promotions.views.settings import EditView

from home.search.unanswered import UnansweredSearch
from site_core.admin.unseen_changes import RowForm, UnseenChangesMixin

PERMISSION = "home.view_unansweredsearch"
HEADINGS = {"words": "Words", "times": "Times", "last_on": "Last on"}


class UnansweredSearchesView(ReportView):
    """The report of searches without a result, the most frequent first."""

    model = UnansweredSearch
    page_title = "Searches without result"
    header_icon = "search"
    default_ordering = "-times"
    index_url_name = "unanswered_searches"
    index_results_url_name = "unanswered_searches_results"
    columns = [
        Column("words", label=HEADINGS["words"], sort_key="words"),
        NumberColumn("times", label=HEADINGS["times"], sort_key="times"),
        Column("last_on", label=HEADINGS["last_on"], sort_key="last_on"),
    ]
    list_export = list(HEADINGS)
    export_headings = HEADINGS
    results_template_name = "home/admin/unanswered_searches.html"

    def get_base_queryset(self) -> QuerySet[UnansweredSearch]:
        return UnansweredSearch.objects.with_words()

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            denied: HttpResponseBase = permission_denied(request)
            return denied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class PromotedResultsEditView(UnseenChangesMixin, EditView):
    """Edits the promoted results of a search."""

    def stored_values(self, row: Query, form: RowForm) -> dict[str, str]:
        promotions = row.editors_picks.order_by("sort_order", "pk")
        promoted = (
            f"{promotion.page or promotion.external_link_url} {promotion.description}" for promotion in promotions
        )
        return super().stored_values(row, form) | {"The list": "; ".join(promoted)}


class UnansweredSearchesMenuItem(MenuItem):
    """The menu item of the report, for users with its permission."""

    def __init__(self) -> None:
        super().__init__(
            "Searches without result", reverse("unanswered_searches"), name="unanswered-searches", icon_name="search"
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


def search_admin_urls() -> list[URLPattern]:
    route = "reports/searches-without-result/"
    return [
        # In place of Wagtail's URL. `reverse` still uses the name of that.
        path("searchpicks/<int:query_id>/", PromotedResultsEditView.as_view()),
        path(route, UnansweredSearchesView.as_view(), name="unanswered_searches"),
        path(
            f"{route}results/",
            UnansweredSearchesView.as_view(results_only=True),
            name="unanswered_searches_results",
        ),
    ]


def shorten_promoted_results_label(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Shorten Wagtail's label, which does not fit into its menu."""
    for item in menu_items:
        if item.name == "promoted-search-results":
            item.label = "Promoted results"


def hide_search_terms_report(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Hide Wagtail's report of all searches. It is empty, because the site counts only searches without result."""
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]
