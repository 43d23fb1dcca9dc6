"""Puts terms on chosen pages, takes them away, or puts one in another one's place, also in drafts and schedules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Page

from site_core.publishing.types import Content
from site_core.tagging.changes import Changes, RowChange, Values
from site_core.tagging.drafts import Owners, changed_contents, open_revisions
from site_core.tagging.merging import CannotBeChanged
from site_core.tagging.ties import TieTable, tie_tables
from site_core.taxonomy.models import Term

NOTHING = "None of these items would change."


@dataclass(frozen=True)
class TagEdit:
    """What to do with the tags of one page, by the pks of the terms."""

    added: tuple[int, ...] = ()
    removed: frozenset[int] = frozenset()
    swapped: Mapping[int, int] = field(default_factory=dict)

    def in_ties(self, rows: Sequence[Values], page_pk: int, of_kind: Iterable[int]) -> list[Values]:
        """The ties of a page to the terms of one kind, each term once. `of_kind` are the terms of that kind."""
        tags = {row["tag"] for row in rows}
        changed = []
        for row in rows:
            new = self.swapped.get(row["tag"], row["tag"])
            if row["tag"] in self.removed or (new != row["tag"] and new in tags):
                continue
            tags.add(new)
            changed.append(row if new == row["tag"] else {**row, "tag": new})
        wanted = [pk for pk in self.added if pk in of_kind and pk not in tags]
        return changed + [{"pk": None, "tag": pk, "content_object": page_pk} for pk in wanted]


def plan_tagging(edits: Mapping[int, TagEdit], terms: Sequence[Term]) -> tuple[Changes, Owners]:
    """What the edits change of the pages with these pks. `terms` are all that the edits name."""
    kinds = {table.kind: {term.pk for term in terms if term.kind == table.kind} for table in tie_tables()}
    tables = [table for table in tie_tables() if kinds[table.kind]]
    rows: list[RowChange] = []
    for table in tables:
        pages = set(table.page_model._base_manager.filter(pk__in=edits).values_list("pk", flat=True))
        rows += _tie_changes(table, {pk: edits[pk] for pk in pages}, kinds[table.kind])

    def rewrite(model: type[Any], content: Content) -> Content | None:
        changed: Content = {}
        page_pk: Any = content["pk"]
        for table in tables:
            if issubclass(model, table.page_model) and page_pk in edits:
                before: Any = content.get(table.accessor) or []
                after = edits[page_pk].in_ties(before, page_pk, kinds[table.kind])
                if after != before:
                    changed[table.accessor] = after
        return {**content, **changed} if changed else None

    contents, owners = changed_contents(open_revisions({Page: set(edits)}, only=True), rewrite)
    changes = Changes(rows, contents)
    for pages in changes.tied_pages().values():
        owners.setdefault(Page, set()).update(pages)
    if not owners:
        raise CannotBeChanged(NOTHING)
    return changes, owners


def _tie_changes(table: TieTable, edits: Mapping[int, TagEdit], of_kind: set[int]) -> list[RowChange]:
    """Alike ones next to each other, and what is deleted first."""
    changes = []
    for page_pk, before in table.rows_of(edits).items():
        after = edits[page_pk].in_ties(before, page_pk, of_kind)
        kept = {row["pk"]: row["tag"] for row in after}
        for row in before:
            values = {"tag_id": row["tag"], "content_object_id": page_pk}
            if row["pk"] not in kept:
                changes.append(RowChange(table.label, row["pk"], values, None))
            elif kept[row["pk"]] != row["tag"]:
                changes.append(RowChange(table.label, row["pk"], values, {**values, "tag_id": kept[row["pk"]]}))
        for row in after:
            if row["pk"] is None:
                new = {"tag_id": row["tag"], "content_object_id": page_pk}
                changes.append(RowChange(table.label, None, None, new))
    return sorted(changes, key=_order)


def _order(row: RowChange) -> tuple[int, int, int]:
    before, after = row.before or {}, row.after or {}
    rank = 0 if row.after is None else 1 if row.before else 2
    return rank, before.get("tag_id", 0), after.get("tag_id", 0)
