"""What changed in one public version, word by word."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from site_core.publishing.history.recorded_objects import object_for
from site_core.publishing.history.row_comparison import changes_of_rows, public_before
from site_core.publishing.history.views import history_url, line_of
from site_core.publishing.ledger.publications import Publication


def publication_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """One row of the ledger beside the version that was public before."""
    row = get_object_or_404(Publication, pk=pk)
    object_for(request.user, row.model_label, row.object_id)
    before = public_before(row)
    context = {
        "row": row,
        "line": line_of(row),
        "before": line_of(before) if before else None,
        "changes": changes_of_rows(before, row) if before else [],
        "history": history_url(row.model_label, row.object_id),
    }
    return render(request, "publishing/history/changes.html", context)
