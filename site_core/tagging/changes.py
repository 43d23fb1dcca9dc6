"""What a change of tags does to each row and to each draft, in a form that is stored, carried out and undone."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db.models import Model
from wagtail.models import Revision

from site_core.publishing.ledger.recording import as_stored
from site_core.tagging.ties import AT_ONCE, TieTable, table_of

# Columns by name, as JSON holds them.
Values = dict[str, Any]


@dataclass
class RowChange:
    """One row before and after. There is no row before if it is new, none after if it is deleted."""

    label: str
    pk: int | None
    before: Values | None
    after: Values | None

    @property
    def table(self) -> TieTable | None:
        return table_of(self.label)

    @property
    def model(self) -> Any:
        return apps.get_model(self.label)

    def reverse(self) -> "RowChange":
        return RowChange(self.label, self.pk, self.after, self.before)


@dataclass
class ContentChange:
    """The fields that change in the content of one revision."""

    revision_pk: int
    before: Values
    after: Values

    def reverse(self) -> "ContentChange":
        return ContentChange(self.revision_pk, self.after, self.before)


@dataclass
class Changes:
    """Everything that one act changes. Rows change in this order, and are changed back in the opposite one."""

    rows: list[RowChange] = field(default_factory=list)
    contents: list[ContentChange] = field(default_factory=list)

    def reverse(self) -> "Changes":
        return Changes(
            [row.reverse() for row in reversed(self.rows)], [content.reverse() for content in self.contents]
        )

    def as_stored(self) -> Values:
        rows = [[row.label, row.pk, row.before, row.after] for row in self.rows]
        contents = [[one.revision_pk, one.before, one.after] for one in self.contents]
        return {"rows": rows, "contents": contents}

    @classmethod
    def from_stored(cls, stored: Values) -> "Changes":
        rows = [RowChange(*row) for row in stored["rows"]]
        return cls(rows, [ContentChange(*content) for content in stored["contents"]])

    def tied_pages(self) -> dict[TieTable, set[int]]:
        """The pages whose ties change."""
        pages: dict[TieTable, set[int]] = {}
        for row in self.rows:
            if row.table:
                pages.setdefault(row.table, set()).add((row.after or row.before or {})["content_object_id"])
        return pages


def values_of(obj: Model, *names: str) -> Values:
    """Columns of a row, all of them without names, as JSON holds them."""
    fields = [one for one in obj._meta.concrete_fields if not one.primary_key]
    chosen = [one for one in fields if not names or one.attname in names]
    values = {one.attname: one.get_prep_value(getattr(obj, one.attname)) for one in chosen}
    stored: Values = as_stored(values)
    return stored


def apply_rows(rows: Iterable[RowChange]) -> int:
    """Change the rows. Returns how many are left as they are, because they were changed by somebody else."""
    return sum(_apply_alike(list(group)) for _, group in groupby(rows, key=_alike))


def apply_contents(contents: list[ContentChange]) -> set[int]:
    """Change the contents of revisions where they stand. Returns the pks of those that are left as they are."""
    left: set[int] = set()
    for first in range(0, len(contents), AT_ONCE):
        some = {one.revision_pk: one for one in contents[first : first + AT_ONCE]}
        changed = []
        for revision in Revision.objects.select_for_update().filter(pk__in=some).order_by("pk"):
            one = some[revision.pk]
            if all(revision.content.get(name) == value for name, value in one.before.items()):
                revision.content = {**revision.content, **one.after}
                changed.append(revision)
        store_contents(changed)
        left |= some.keys() - {revision.pk for revision in changed}
    return left


def store_contents(revisions: list[Revision]) -> None:
    """Write the contents of many revisions at once."""
    Revision.objects.bulk_create(
        revisions, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=["content"]
    )


def _alike(row: RowChange) -> tuple[object, ...]:
    """Ties of which one statement changes as many as there are are alike. Every other row is changed by itself."""
    if row.table is None:
        return row.label, row.pk, json.dumps([row.before, row.after])
    return row.label, *(None if values is None else values["tag_id"] for values in (row.before, row.after))


def _apply_alike(rows: list[RowChange]) -> int:
    one = rows[0]
    if one.table is None:
        return 0 if _apply_single(one) else 1
    ties = one.model._base_manager.filter(pk__in=[row.pk for row in rows])
    if one.before and one.after:
        changed = ties.filter(tag_id=one.before["tag_id"]).update(tag_id=one.after["tag_id"])
    elif one.before:
        changed = len(ties.filter(tag_id=one.before["tag_id"]).values_list("pk"))
        ties.filter(tag_id=one.before["tag_id"]).delete()
    else:
        changed = _insert_ties(one.table, rows)
    return len(rows) - int(changed)


def _insert_ties(table: TieTable, rows: list[RowChange]) -> int:
    """Those whose page is still there and does not have the tag."""
    wanted = {row.after["content_object_id"]: row for row in rows if row.after}
    pages = set(table.page_model._base_manager.filter(pk__in=wanted).values_list("pk", flat=True))
    tag_pk = (rows[0].after or {})["tag_id"]
    having = table.through._base_manager.filter(content_object__in=pages, tag=tag_pk)
    pages -= set(having.values_list("content_object_id", flat=True))
    ties = [table.through(pk=wanted[pk].pk, content_object_id=pk, tag_id=tag_pk) for pk in sorted(pages)]
    table.through._base_manager.bulk_create(ties, batch_size=AT_ONCE)
    for tie in ties:
        wanted[tie.content_object_id].pk = tie.pk
    return len(ties)


def _apply_single(row: RowChange) -> bool:
    """Saves or deletes a row with its signals, so that the ledger and the indexes follow."""
    model = row.model
    fields = {one.attname: one for one in model._meta.concrete_fields}
    after = {name: fields[name].to_python(value) for name, value in (row.after or {}).items() if name in fields}
    if row.before is None:
        obj = model(pk=row.pk, **after)
        obj.save(force_insert=True)
        row.pk = obj.pk
        return True
    obj = model._base_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if obj is None or values_of(obj, *row.before) != row.before:
        return False
    if row.after is None:
        obj.delete()
        return True
    for name, value in after.items():
        setattr(obj, name, value)
    obj.save()
    # Blocks may be stored in another spelling, by which undo recognizes them.
    row.after = values_of(model._base_manager.get(pk=obj.pk), *row.after)
    return True


def fill_in_tie_pks(changes: Changes) -> None:
    """Name the new ties in the contents by their pks, so that publishing one of these drafts keeps them."""
    new = {
        (row.table.accessor, row.after["content_object_id"], row.after["tag_id"]): row.pk
        for row in changes.rows
        if row.table and row.after and not row.before
    }
    for accessor, tie in _unnamed(changes.contents):
        tie["pk"] = new.get((accessor, tie["content_object"], tie["tag"]))


def _unnamed(contents: list[ContentChange]) -> Iterator[tuple[str, Values]]:
    for content in contents:
        for accessor, ties in content.after.items():
            if isinstance(ties, list):
                yield from ((accessor, tie) for tie in ties if "tag" in tie and tie["pk"] is None)
