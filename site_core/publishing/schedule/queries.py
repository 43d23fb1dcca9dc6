"""The entries of the schedule, for pages and all snippets: scheduled, dated but not scheduled, and done.

The number of queries does not grow with the length of a list.
"""

from collections.abc import Iterable
from datetime import datetime, time

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, QuerySet
from django.db.models.fields.json import KT, KeyTextTransform
from django.utils import timezone
from wagtail.models import DraftStateMixin, ModelLogEntry, Page, PageLogEntry, Revision, get_page_models

from site_core.publishing.events import Change, models_with_drafts, reviewed_models
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.publishable import parsed_datetime
from site_core.publishing.runner.failures import FailedEvent
from site_core.publishing.schedule.entry import KIND_OF_CAUSE, Entry, Kind, State
from site_core.publishing.trashed_page import outside_trash
from site_core.publishing.types import Draftable

Model = type[DraftStateMixin]
# The reason of each failure, by its change, model label and pk.
Reasons = dict[tuple[int, str, int], str]

GO_LIVE, EXPIRY_AFTER_GO_LIVE = "go-live", "expiry-after-go-live"


def coming() -> list[Entry]:
    """Every upcoming event, and the failed ones, in time order."""
    reasons: Reasons = {(one.change, one.model_label, one.object_pk): one.reason for one in FailedEvent.objects.all()}
    go_lives = list(
        Revision.objects.filter(approved_go_live_at__isnull=False)
        .select_related("user")
        .annotate(expires=KT("content__expire_at"))
        .defer("content")
    )
    entries = [*_go_lives(go_lives, reasons), *_expiries_after(go_lives)]
    replaced_at = {(one.base_content_type_id, one.object_id): one.approved_go_live_at for one in go_lives}
    for model in models_with_drafts():
        type_id = ContentType.objects.get_for_model(model).pk
        for obj in _expiring(model):
            update_at = replaced_at.get((type_id, str(obj.pk)))
            # An update that goes live before that replaces the expiry with its own.
            if update_at is None or update_at > obj.expire_at:
                entries.append(_expiry(obj, model, reasons))
    for model in reviewed_models():
        waiting = model._base_manager.filter(live=True, check_is_overdue=False, next_due__isnull=False)
        entries += [_check(obj, reasons) for obj in _with_live_revision(waiting)]
    return sorted(entries, key=lambda entry: (entry.at, entry.kind, entry.title))


def unscheduled() -> list[Entry]:
    """Every date in a draft that will do nothing, because no one has scheduled it."""
    entries = [entry for model in models_with_drafts() for entry in _unscheduled_of(_drafts(model))]
    return sorted(entries, key=lambda entry: (entry.at, entry.title))


def dated_but_unscheduled(obj: Draftable) -> list[Entry]:
    """The same for one object."""
    if not obj.has_unpublished_changes:
        return []
    model = Page if isinstance(obj, Page) else type(obj)
    return _unscheduled_of(_drafts(model).filter(pk=obj.pk))


def done() -> QuerySet[Publication]:
    """The rows of the ledger that the schedule shows, newest first. `entries_of` turns them into entries."""
    labels = [model._meta.label for model in (*get_page_models(), *models_with_drafts())]
    return (
        Publication.objects.filter(cause__in=KIND_OF_CAUSE, model_label__in=labels)
        .select_related("receipt")
        .defer("content", "references")
        .newest_first()
    )


def entry_of_row(row: Publication, *, exists: bool) -> Entry:
    """The entry for a row of the ledger."""
    cause = Cause(row.cause)
    receipt = getattr(row, "receipt", None)
    return Entry(
        at=row.at,
        kind=KIND_OF_CAUSE[cause],
        state=State.DONE,
        event_label=cause.label,
        title=row.title,
        model=apps.get_model(row.model_label),
        object_id=row.object_id,
        by=row.by,
        problem=receipt.problem if receipt else "",
        receipt=receipt,
        exists=exists,
    )


def entries_of(rows: list[Publication]) -> list[Entry]:
    """The entries for rows of the ledger. Looks up which of their objects still exist."""
    wanted: dict[Model, set[str]] = {}
    for row in rows:
        model = apps.get_model(row.model_label)
        wanted.setdefault(Page if issubclass(model, Page) else model, set()).add(row.object_id)
    existing: set[tuple[str, str]] = set()
    for model, pks in wanted.items():
        found = model._base_manager.filter(pk__in=pks)
        if model is Page:
            found = outside_trash(found)
        labels = [page_model._meta.label for page_model in get_page_models()] if model is Page else [model._meta.label]
        existing |= {(label, str(pk)) for pk in found.values_list("pk", flat=True) for label in labels}
    return [entry_of_row(row, exists=(row.model_label, row.object_id) in existing) for row in rows]


def _go_lives(revisions: Iterable[Revision], reasons: Reasons) -> list[Entry]:
    scheduled_by = _who_scheduled()
    entries = []
    for revision in revisions:
        reason = reasons.get((Change.GO_LIVE, "wagtailcore.Revision", revision.pk), "")
        entries.append(
            Entry(
                at=revision.approved_go_live_at,
                kind=Kind.GO_LIVE,
                state=State.FAILED if reason else State.COMING,
                event_label="goes live",
                title=revision.object_str,
                model=_model_of(revision),
                object_id=revision.object_id,
                by=scheduled_by.get(revision.pk) or str(revision.user or ""),
                event=GO_LIVE,
                event_pk=revision.pk,
                problem=reason,
            )
        )
    return entries


def _expiries_after(revisions: Iterable[Revision]) -> list[Entry]:
    return [
        Entry(
            at=expires,
            kind=Kind.EXPIRY,
            state=State.COMING,
            event_label="comes down again",
            title=revision.object_str,
            model=_model_of(revision),
            object_id=revision.object_id,
            by=str(revision.user or ""),
            event=EXPIRY_AFTER_GO_LIVE,
            event_pk=revision.pk,
        )
        for revision in revisions
        if (expires := parsed_datetime(revision.expires))
    ]


def _expiring(model: Model) -> QuerySet[DraftStateMixin]:
    """The live objects with an expiry."""
    return _with_live_revision(model._base_manager.filter(live=True, expire_at__isnull=False))


def _with_live_revision(objects: QuerySet[DraftStateMixin]) -> QuerySet[DraftStateMixin]:
    return objects.select_related("live_revision__user").defer("live_revision__content")


def _title_of(obj: Draftable) -> str:
    """The title from its revision, because `str()` of some objects costs queries."""
    return obj.live_revision.object_str if obj.live_revision else str(obj)


def _expiry(obj: DraftStateMixin, model: Model, reasons: Reasons) -> Entry:
    reason = reasons.get((Change.EXPIRY, model._meta.label, obj.pk), "")
    revision = obj.live_revision
    return Entry(
        at=obj.expire_at,
        kind=Kind.EXPIRY,
        state=State.FAILED if reason else State.COMING,
        event_label="comes down",
        title=_title_of(obj),
        model=obj.specific_class if model is Page else model,
        object_id=str(obj.pk),
        by=str(revision.user or "") if revision else "",
        event=model._meta.label_lower,
        event_pk=obj.pk,
        problem=reason,
    )


def _check(obj: DraftStateMixin, reasons: Reasons) -> Entry:
    """A check is due when its day begins in New York. Its date is edited with the object."""
    reason = reasons.get((Change.OVERDUE, obj._meta.label, obj.pk), "")
    return Entry(
        at=timezone.make_aware(datetime.combine(obj.next_due, time.min)),
        kind=Kind.CHECK,
        state=State.FAILED if reason else State.COMING,
        event_label="comes due for a check",
        title=_title_of(obj),
        model=type(obj),
        object_id=str(obj.pk),
        problem=reason,
    )


def _drafts(model: Model) -> QuerySet[DraftStateMixin]:
    """The objects whose newest draft is not scheduled, with the dates in that draft."""
    objects = model._base_manager.filter(
        has_unpublished_changes=True, latest_revision__isnull=False, latest_revision__approved_go_live_at__isnull=True
    )
    objects = objects.select_related("latest_revision__user").defer("latest_revision__content")
    return (outside_trash(objects) if model is Page else objects).annotate(
        title_of_draft=F("latest_revision__object_str"),
        goes_live=KeyTextTransform("go_live_at", "latest_revision__content"),
        expires=KeyTextTransform("expire_at", "latest_revision__content"),
    )


def _unscheduled_of(drafts: QuerySet[DraftStateMixin]) -> list[Entry]:
    """A date is scheduled if a scheduled revision, or the live version, has the same date."""
    model = drafts.model
    scheduled: dict[str, set[datetime | None]] = {}
    dated = [(draft, parsed_datetime(draft.goes_live), parsed_datetime(draft.expires)) for draft in drafts]
    dated = [(draft, goes_live, expires) for draft, goes_live, expires in dated if goes_live or expires]
    if not dated:
        return []
    type_id = ContentType.objects.get_for_model(model).pk
    approved = Revision.objects.filter(base_content_type=type_id, approved_go_live_at__isnull=False)
    for pk, go_live_at, expires in approved.annotate(expires=KT("content__expire_at")).values_list(
        "object_id", "approved_go_live_at", "expires"
    ):
        scheduled.setdefault(pk, set()).update((to_the_second(go_live_at), to_the_second(parsed_datetime(expires))))
    entries = []
    for draft, goes_live, expires in dated:
        known = scheduled.get(str(draft.pk), set()) | ({to_the_second(draft.expire_at)} if draft.live else set())
        for kind, at in ((Kind.GO_LIVE, goes_live), (Kind.EXPIRY, expires)):
            if at and to_the_second(at) not in known:
                entries.append(_dated(draft, kind, at))
    return entries


def _dated(draft: DraftStateMixin, kind: Kind, at: datetime) -> Entry:
    return Entry(
        at=at,
        kind=kind,
        state=State.UNSCHEDULED,
        event_label="would go live" if kind == Kind.GO_LIVE else "would come down",
        title=draft.title_of_draft,
        model=draft.specific_class if isinstance(draft, Page) else type(draft),
        object_id=str(draft.pk),
        by=str(draft.latest_revision.user or ""),
    )


def _who_scheduled() -> dict[int, str]:
    """The name of the user who last scheduled each revision, by its pk."""
    names: dict[int, str] = {}
    for log in (PageLogEntry, ModelLogEntry):
        rows = log.objects.filter(
            action="wagtail.publish.schedule", revision__approved_go_live_at__isnull=False, user__isnull=False
        )
        names |= {row.revision_id: str(row.user) for row in rows.select_related("user").order_by("timestamp")}
    return names


def _model_of(revision: Revision) -> Model:
    content_type = ContentType.objects.get_for_id(revision.content_type_id)
    return apps.get_model(content_type.app_label, content_type.model)


def to_the_second(at: datetime | None) -> datetime | None:
    """Without fractions: the content of a revision has milliseconds, the database row microseconds."""
    return at and at.replace(microsecond=0)
