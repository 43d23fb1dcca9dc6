"""The admin's screens of the import of an archive, for Managing editors and above. They work without scripts."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from news.archive.comparison import Outcome
from news.archive.forms import ColumnsForm, FileForm, StartForm
from news.archive.models import ArchiveImport, Progress, State
from news.archive.storing import CannotImport, begin
from news.archive.undoing import begin_undo
from site_core.fields.spreadsheets import csv_lines
from site_core.publishing.types import User

MAY_IMPORT = "news.add_archiveimport"
# Seconds until a page that shows progress is loaded again.
RELOAD_AFTER = 3
# Imports and rows that a page lists.
MOST_IMPORTS, MOST_ROWS, SAMPLE = 50, 200, 3
WHY = "Why it was refused"


def may_import(user: User) -> bool:
    return bool(user.has_perm(MAY_IMPORT))


def _require_right(request: HttpRequest) -> None:
    if not may_import(request.user):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def archive_imports(request: HttpRequest) -> HttpResponse:
    """The imports so far, and the form that begins one."""
    _require_right(request)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid() and (archive := form.take_in(request.user)):
        return redirect("archive_import", pk=archive.pk)
    imports = ArchiveImport.objects.exclude(state=State.READING).select_related("user")[:MOST_IMPORTS]
    return render(request, "news/archive/imports.html", {"form": form, "lines": imports})


@require_http_methods(["GET", "HEAD", "POST"])
def archive_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: what to do next, how far it is, or what has come of it."""
    _require_right(request)
    archive = get_object_or_404(ArchiveImport.objects.exclude(state=State.READING), pk=pk)
    posted = request.POST if request.method == "POST" else None
    context: dict[str, Any] = {}
    if archive.state == State.MATCHING:
        columns = ColumnsForm(posted, archive=archive)
        if posted is not None and columns.is_valid():
            archive.matched, archive.state = columns.matched, State.CHECKING
            archive.save(update_fields=["matched", "state"])
            return redirect("archive_import", pk=pk)
        context = {"columns": columns, "sample": _sample(archive)}
    elif posted is not None and (archive.state != State.READY or "match" in posted):
        _act(request, archive, posted)
        return redirect("archive_import", pk=pk)
    if archive.state == State.READY:
        start = StartForm(posted, archive=archive)
        if posted is not None and start.is_valid() and _begin(request, archive, start):
            return redirect("archive_import", pk=pk)
        context["start"] = start
    return render(request, "news/archive/import.html", _about(archive) | context)


@require_safe
def archive_refused_rows(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The refused rows as CSV with the columns of the file that was uploaded, to be mended and uploaded again."""
    _require_right(request)
    archive = get_object_or_404(ArchiveImport, pk=pk)
    rows = archive.rows.filter(outcome=Outcome.REFUSED).order_by("line", "pk").iterator(chunk_size=500)
    columns = [column for column in archive.columns if column != WHY]
    lines = csv_lines(
        [*columns, WHY], ([*(row.cells.get(column, "") for column in columns), row.reason] for row in rows)
    )
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="refused-rows.csv"'
    return response


def _sample(archive: ArchiveImport) -> list[list[str]]:
    rows = archive.rows.order_by("line", "pk")[:SAMPLE]
    return [[row.cells.get(column, "")[:80] for column in archive.columns] for row in rows]


def _begin(request: HttpRequest, archive: ArchiveImport, form: StartForm) -> bool:
    archive.choices = form.choices
    archive.save(update_fields=["choices"])
    _note_user(archive, request)
    try:
        begin(archive, live=form.cleaned_data["as_what"] == "live")
    except CannotImport as refused:
        messages.error(request, str(refused))
        return False
    return True


def _act(request: HttpRequest, archive: ArchiveImport, posted: Any) -> None:
    """Do what a button says, if the import is still where the button belongs."""
    try:
        if "match" in posted and archive.state == State.READY:
            ArchiveImport.objects.filter(pk=archive.pk).update(state=State.MATCHING)
        elif "pause" in posted:
            ArchiveImport.objects.filter(pk=archive.pk, state=State.IMPORTING).update(state=State.PAUSED)
        elif "continue" in posted and archive.state == State.PAUSED:
            ArchiveImport.objects.filter(pk=archive.pk).update(problem="")
            begin(archive, live=archive.as_live)
        elif "undo" in posted and archive.state in (State.PAUSED, State.DONE):
            _note_user(archive, request)
            begin_undo(archive)
    except CannotImport as refused:
        messages.error(request, str(refused))


def _note_user(archive: ArchiveImport, request: HttpRequest) -> None:
    """Whoever lets it write to the site is named in the history of each item."""
    user: Any = request.user
    archive.user = user
    archive.save(update_fields=["user"])


def _about(archive: ArchiveImport) -> dict[str, Any]:
    """What every page about an import shows: the counts, how far it is, and rows with their reasons."""
    by_outcome = dict(archive.rows.values_list("outcome").annotate(count=Count("pk")).order_by())
    by_progress = dict(archive.rows.values_list("progress").annotate(count=Count("pk")).order_by())
    new = archive.rows.filter(outcome=Outcome.NEW)
    told = archive.rows.exclude(reason="").order_by("line", "pk")
    undoing = archive.state in (State.UNDOING, State.UNDONE)
    added, taken_back = by_progress.get(Progress.ADDED, 0), by_progress.get(Progress.TAKEN_BACK, 0)
    return {
        "archive": archive,
        "counts": [(outcome.label, by_outcome.get(outcome, 0)) for outcome in Outcome],
        "refused": by_outcome.get(Outcome.REFUSED, 0),
        "rows": sum(by_outcome.values()),
        "done": taken_back if undoing else added,
        "of": added + taken_back if undoing else new.count(),
        "lines": told[:MOST_ROWS],
        "is_busy": archive.state in (State.CHECKING, State.IMPORTING, State.UNDOING),
        "reload_after": RELOAD_AFTER,
    }


def archive_urls() -> list[URLPattern]:
    return [
        path("news-import/", archive_imports, name="archive_imports"),
        path("news-import/<int:pk>/", archive_import, name="archive_import"),
        path("news-import/<int:pk>/refused.csv", archive_refused_rows, name="archive_refused_rows"),
    ]
