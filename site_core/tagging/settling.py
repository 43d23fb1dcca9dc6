"""What follows a change of tags: the rows of the ledger, both indexes, and the history of each object."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import Page, PageLogEntry

from site_core.publishing.ledger.many_rows import Edited, record_many
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.ledger.recording import because, record
from site_core.publishing.search_indexing import indexed_once
from site_core.publishing.types import User
from site_core.publishing.visibility import is_public
from site_core.tagging.changes import Changes, RowChange
from site_core.tagging.drafts import Owners, base_of
from site_core.tagging.merging import note_owner
from site_core.tagging.references import update_references
from site_core.tagging.ties import AT_ONCE, TieTable
from site_core.taxonomy.models import Term

LOG_ACTION = "tagging.change"


def settle(changes: Changes, owners: Owners, sentence: str, user: User) -> None:
    """After the rows have changed. `owners` are all objects that are concerned, also by a draft only."""
    singly = _owners_of_rows(changes.rows)
    alone = {pk for pks in singly.values() for pk in pks}
    with because(Cause.EDITED, by=user):
        for table, pages in changes.tied_pages().items():
            update_references(table, [row for row in changes.rows if row.table is table])
            _record_ties(table, pages - singly.get(Page, set()), user)
        for model, pks in singly.items():
            for obj in model._base_manager.filter(pk__in=pks):
                _record_one(obj.specific if isinstance(obj, Page) else obj)
    pages = owners.get(Page, set()) | (alone if Page in singly else set())
    log_pages(pages, sentence, user)
    for model in owners.keys() - {Page}:
        for obj in model._base_manager.filter(pk__in=owners[model]):
            log(instance=obj, action=LOG_ACTION, user=user, data={"sentence": sentence})


def log_pages(pages: Iterable[int], sentence: str, user: User) -> None:
    """Say in the history of each page what was done."""
    entries = []
    now = timezone.now()
    for pk, title, type_id in Page.objects.filter(pk__in=pages).values_list("pk", "draft_title", "content_type"):
        entries.append(
            PageLogEntry(
                page_id=pk,
                content_type_id=type_id,
                label=title,
                action=LOG_ACTION,
                timestamp=now,
                data={"sentence": sentence},
                user_id=user.pk,
            )
        )
    PageLogEntry.objects.bulk_create(entries, batch_size=AT_ONCE)


def _owners_of_rows(rows: Iterable[RowChange]) -> Owners:
    """The objects with drafts of which a row changes that is no tie. Each is recorded by itself."""
    owners: Owners = {}
    for row in rows:
        if row.table is None and not issubclass(row.model, Term):
            obj = row.model._base_manager.filter(pk=row.pk).first()
            if obj is not None:
                note_owner(obj, owners)
    return owners


def _record_one(obj: Any) -> None:
    if base_of(type(obj)) is Page:
        with indexed_once(obj):
            pass
    if is_public(obj):
        record(obj, Cause.EDITED, revision_id=obj.live_revision_id, public=True)


def _record_ties(table: TieTable, pages: set[int], user: User) -> None:
    """Record the ties as they are now. Everything else stays as it was in the ledger."""
    ties = table.rows_of(pages)
    tag_pks = {tie["tag"] for rows in ties.values() for tie in rows}
    names = dict(Term.objects.filter(pk__in=tag_pks).values_list("pk", "name"))
    tag_model = table.through._meta.get_field("tag").related_model
    label = _reference_label(tag_model)

    def edited(before: Publication) -> Edited:
        rows = ties[int(before.object_id)]
        content = before.content or {}
        gone = {str(tie["tag"]) for tie in content.get(table.accessor, ())} - {str(tie["tag"]) for tie in rows}
        references = [one for one in before.references if one["model"] != label or one["id"] not in gone]
        known = {(one["model"], one["id"]) for one in references}
        for tie in rows:
            if (label, str(tie["tag"])) not in known:
                references.append({"model": label, "id": str(tie["tag"]), "name": names[tie["tag"]]})
        return Edited({**content, table.accessor: rows}, references)

    record_many(table.page_model._meta.label, pages, edited, user)


def _reference_label(model: Any) -> str:
    """The label by which the ledger names what a tie refers to."""
    base: Any = ContentType.objects.get_for_model(model, for_concrete_model=True).model_class()
    return str(base._meta.label)


class ChangedFormatter(LogFormatter):
    """Says in an object's history what was done with its tags."""

    label = "Change tags"

    def format_message(self, entry: Any) -> str:
        return str(entry.data.get("sentence", ""))


def register_tag_log_action(actions: LogActionRegistry) -> None:
    """Wagtail's hook `register_log_actions`."""
    actions.register_action(LOG_ACTION)(ChangedFormatter)
