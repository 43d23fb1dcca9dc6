"""The report “Sign-ins and accounts”, for Administrators: who did what, when and from where."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.views.reports.audit_logging import SiteHistoryReportFilterSet
from wagtail.models import ModelLogEntry

from site_core.accounts.log import ACTIONS, PREFIX, details_of
from site_core.accounts.permissions import is_administrator

HEADINGS = {
    "timestamp": "When (UTC)",
    "user_display_name": "Who",
    "what": "What",
    "label": "About",
    "details": "Details",
    "network": "From",
}


class AccountLogFilterSet(SiteHistoryReportFilterSet):
    """Wagtail's filters of its history, less those for pages."""

    is_commenting_action = None
    object_type = None

    def get_action_choices(self) -> list[tuple[str, str]]:
        return [(PREFIX + action, label) for action, label in ACTIONS.items()]

    class Meta:
        model = ModelLogEntry
        fields: list[str] = []


class AccountLogView(ReportView):
    """The rows, the newest first."""

    model = ModelLogEntry
    page_title = "Sign-ins and accounts"
    header_icon = "lock"
    default_ordering = "-timestamp"
    filterset_class = AccountLogFilterSet
    index_url_name = "account_log"
    index_results_url_name = "account_log_results"
    columns = [
        DateColumn("timestamp", label="When", sort_key="timestamp"),
        *(Column(name, label=label) for name, label in HEADINGS.items() if name != "timestamp"),
    ]
    list_export = list(HEADINGS)
    export_headings = HEADINGS

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not is_administrator(request.user):
            denied: HttpResponseBase = permission_denied(request)
            return denied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_base_queryset(self) -> QuerySet[ModelLogEntry]:
        rows = ModelLogEntry.objects.filter(action__startswith=PREFIX)
        return rows.select_related("user", "user__wagtail_userprofile")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        for entry in object_list:
            entry.what = ACTIONS[entry.action.removeprefix(PREFIX)]
            entry.details, entry.network = details_of(entry), entry.data.get("network", "")
        return object_list


class AccountLogMenuItem(MenuItem):
    """Shown to Administrators."""

    def __init__(self) -> None:
        super().__init__("Sign-ins and accounts", reverse("account_log"), name="account-log", icon_name="lock")

    def is_shown(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)


def account_log_urls() -> list[URLPattern]:
    route = "reports/sign-ins-and-accounts/"
    return [
        path(route, AccountLogView.as_view(), name="account_log"),
        path(f"{route}results/", AccountLogView.as_view(results_only=True), name="account_log_results"),
    ]
