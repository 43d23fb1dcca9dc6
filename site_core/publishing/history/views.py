"""The admin's history of publications: what was public of an object, from when until when, by whom and why."""

import copy
import logging
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from wagtail.models import DraftStateMixin, Page

from site_core.admin.refusal import refuse
from site_core.publishing.eastern import parse_eastern
from site_core.publishing.history.recorded_objects import as_it_was, content_in_words, exactly, kind_of, object_for
from site_core.publishing.history.row_comparison import labels_by_row
from site_core.publishing.history.undo import deleted_references
from site_core.publishing.ledger.publications import Cause, Publication, PublicationQuerySet, label_of
from site_core.publishing.permissions import may_publish, may_publish_pages
from site_core.publishing.trashed_page import is_in_trash
from site_core.publishing.types import Recorded, User

logger = logging.getLogger(__name__)

SHOWN = 50
_OF_THE_USER = ("HTTP_COOKIE", "HTTP_AUTHORIZATION")
_BY_SCHEDULE = (Cause.SCHEDULED, Cause.EXPIRED)


def publications(request: HttpRequest) -> HttpResponse:
    """Every object that is or was public, in one line each. Deleted objects are listed, too."""
    if not may_publish_pages(request.user):
        return refuse(request, "Only people who publish can see everything that was ever public.")
    words, kind, person = (request.GET.get(name, "").replace("\x00", "").strip() for name in ("q", "kind", "person"))
    newest = Publication.objects.values("model_label", "object_id").annotate(last=Max("pk")).values("last")
    rows = Publication.objects.filter(pk__in=newest).newest_first().defer("content", "references")
    chosen = {"model_label": kind, "by": person, "title__icontains": words}
    rows = rows.filter(**{field: value for field, value in chosen.items() if value})
    found = Paginator(rows, SHOWN).get_page(request.GET.get("p"))
    labels = Publication.objects.order_by().values_list("model_label", flat=True).distinct()
    people = Publication.objects.exclude(by="").order_by("by").values_list("by", flat=True).distinct()
    context = {
        "lines": [line_of(row) | {"history": history_url(row.model_label, row.object_id)} for row in found],
        "found": found,
        "words": words,
        "kind": kind,
        "person": person,
        "people": people,
        "kinds": sorted((kind_of(label), label) for label in labels),
    }
    return render(request, "publishing/history/list.html", context)


def publication_history(request: HttpRequest, label: str, object_id: str) -> HttpResponse:
    """Every row of one object, and the row that was in force at the day and time that the user enters."""
    obj = object_for(request.user, label, object_id)
    rows = Publication.objects.filter(model_label=label, object_id=object_id)
    all_rows = list(rows.with_until().newest_first().defer("content", "references").select_related("receipt"))
    newest = rows.filter(is_public=True).newest_first().only("model_label", "is_public", "content")[:SHOWN]
    changed = labels_by_row(newest)
    if obj is None and not all_rows:
        raise Http404("This has not been public.")
    put_back = may_put_back(request.user, obj)
    context = {
        "title": str(obj) if obj else all_rows[0].title,
        "kind": kind_of(label),
        "is_deleted": obj is None,
        "is_trashed": isinstance(obj, Page) and is_in_trash(obj),
        "lines": [
            line_of(row) | {"put_back": put_back and row.is_public, "changed": changed.get(row.pk)} for row in all_rows
        ],
        "answer": answer(request, rows),
        "on": request.GET.get("on", ""),
        "at": request.GET.get("at", ""),
    }
    return render(request, "publishing/history/history.html", context)


def answer(request: HttpRequest, rows: PublicationQuerySet) -> dict[str, object]:
    """The row in force at the day and time of the query, or the problem with these; {} without a query."""
    day, hour = request.GET.get("on", "").strip(), request.GET.get("at", "").strip()
    if not day and not hour:
        return {}
    try:
        at = _at(day, hour)
    except ValidationError as error:
        return {"problem": " ".join(error.messages)}
    return {"at": exactly(at), "row": rows.in_force_at(at)}


def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """What was public from one time on: its preview, if its model has one, and every field in words."""
    row = get_object_or_404(Publication.objects.select_related("receipt"), pk=pk)
    obj = object_for(request.user, row.model_label, row.object_id)
    later = Publication.objects.filter(model_label=row.model_label, object_id=row.object_id, pk__gt=row.pk)
    following = later.order_by("at", "pk").first()
    context = {
        "row": row,
        "kind": kind_of(row.model_label),
        "line": line_of(row, until=following.at if following else None),
        "fields": content_in_words(row),
        "deleted": deleted_references(row) if row.is_public else [],
        "has_look": as_it_was(row) is not None,
        "history": history_url(row.model_label, row.object_id),
        "put_back": row.is_public and following is not None and may_put_back(request.user, obj),
    }
    return render(request, "publishing/history/publication.html", context)


def publication_look(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as a visitor saw it. What it lists and shows of other objects is as it is today."""
    row = get_object_or_404(Publication, pk=pk)
    object_for(request.user, row.model_label, row.object_id)
    then = as_it_was(row)
    if then is None:
        raise Http404("This has no preview.")
    visitor = copy.copy(request)
    visitor.META = {name: value for name, value in request.META.items() if name not in _OF_THE_USER}
    try:
        response: HttpResponse = then.make_preview_request(visitor, then.default_preview_mode)
    except Exception:
        # Today's templates may not suit old content. The user can still read it field by field.
        logger.exception("Row %s of the ledger cannot be rendered.", row.pk)
        return HttpResponse("This can no longer be shown as a page. Read it field by field.", status=404)
    response.cookies.clear()
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Content-Security-Policy"] = "sandbox allow-same-origin"
    return response


def may_put_back(user: User, obj: Recorded | None) -> bool:
    """Whether the user may put back an earlier version. An object without drafts is edited instead."""
    return isinstance(obj, DraftStateMixin) and may_publish(user, obj)


def line_of(row: Publication, until: datetime | None = None) -> dict[str, object]:
    """One row as the history shows it."""
    until = until or getattr(row, "until", None)
    return {
        "pk": row.pk,
        "title": row.title,
        "kind": kind_of(row.model_label),
        "path": row.path,
        "is_public": row.is_public,
        "since": exactly(row.at),
        "until": exactly(until) if until else "",
        "happened": happened(row),
        "receipt": str(row.receipt) if hasattr(row, "receipt") else "",
    }


def happened(row: Publication) -> str:
    """The cause and the user: “went live by its schedule, set by Example Person”."""
    cause = Cause(row.cause)
    if not row.by:
        return cause.label
    return f"{cause.label}, set by {row.by}" if cause in _BY_SCHEDULE else f"{cause.label} by {row.by}"


def history_url(label: str, object_id: str) -> str:
    return reverse("publication_history", args=[label, object_id])


def history_of(obj: Recorded) -> str:
    """The URL of an object's history."""
    return history_url(label_of(obj), str(obj.pk))


def _at(day: str, hour: str) -> datetime:
    """The datetime of a day and an hour; by default the end of the day. In an hour that repeats, the first."""
    typed = f"{day}T{hour or '23:59'}"
    try:
        at = parse_eastern(typed)
    except ValidationError as error:
        if error.code != "ambiguous":
            raise
        at = parse_eastern(f"{typed} EDT")
    if at is None:
        raise ValidationError("Enter a date.")
    # The end of the minute, to include what went public during it.
    return at + timedelta(seconds=59, milliseconds=999)
