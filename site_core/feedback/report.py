"""The report “What readers say”: the counts of each page, and what readers miss."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from site_core.feedback.models import Answer

POLICY = ModelPermissionPolicy(Answer)
HEADINGS = {"given_on": "Day", "path": "Page", "useful": "Useful", "missing": "What is missing"}


class DeleteColumn(Column):
    """The button that deletes the line of its row."""

    cell_template_name = "feedback/admin/delete_cell.html"


class ReadersReport(ReportView):
    """The lines of the last 90 days, the newest first. A file of them has the answers without a line as well."""

    model = Answer
    permission_policy = POLICY
    permission_required = "view"
    page_title = "What readers say"
    header_icon = "comment"
    default_ordering = "-pk"
    index_url_name = "readers_report"
    index_results_url_name = "readers_report_results"
    columns = [
        Column("given_on", label=HEADINGS["given_on"], sort_key="given_on"),
        Column("path", label=HEADINGS["path"], sort_key="path"),
        Column("useful", label=HEADINGS["useful"], sort_key="is_useful"),
        Column("missing", label=HEADINGS["missing"]),
        DeleteColumn("pk", label=""),
    ]
    list_export = list(HEADINGS)
    export_headings = HEADINGS
    results_template_name = "feedback/admin/report.html"

    def get_base_queryset(self) -> QuerySet[Answer]:
        answers = Answer.objects.recent()
        return answers if self.is_export else answers.exclude(missing="")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"pages": [] if self.is_export else Answer.objects.by_page()}


class DeleteAnswerView(DeleteView):
    """Asks before an answer is deleted for good."""

    model = Answer
    permission_policy = POLICY
    page_title = "Delete this answer"
    header_icon = "comment"
    index_url_name = "readers_report"
    delete_url_name = "delete_answer"
    template_name = "feedback/admin/confirm_delete.html"
    success_message = "The answer about %(object)s is deleted."


class ReadersMenuItem(MenuItem):
    """The menu item of the report, for users with its permission."""

    def __init__(self) -> None:
        super().__init__("What readers say", reverse("readers_report"), name="readers", icon_name="comment")

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(POLICY.user_has_permission(request.user, "view"))


def report_urls() -> list[URLPattern]:
    route = "reports/what-readers-say/"
    return [
        path(route, ReadersReport.as_view(), name="readers_report"),
        path(f"{route}results/", ReadersReport.as_view(results_only=True), name="readers_report_results"),
        path(f"{route}<int:pk>/delete/", DeleteAnswerView.as_view(), name="delete_answer"),
    ]
