"""Merges terms into another one: everything that uses them uses that one from then on."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Page, ReferenceIndex

from site_core.fields.text import comparable
from site_core.publishing.ledger.recording import as_stored, content_of
from site_core.publishing.runner.content_references import Reference, rewritten
from site_core.publishing.types import Content
from site_core.tagging.changes import Changes, RowChange, Values, values_of
from site_core.tagging.drafts import Owners, base_of, changed_contents, open_revisions
from site_core.tagging.ties import TieTable, table_of, tables_of
from site_core.taxonomy.models import TERM_MODELS, FormerSlug, Term

FORMER_SLUG = FormerSlug._meta.label


class CannotBeChanged(Exception):
    """Nothing was changed. str() is a sentence that says why."""


class Swap:
    """Gives the pk of the target for each reference to one of the sources, and notes whether there was any."""

    def __init__(self, sources: Sequence[Term], target: Term) -> None:
        self.pks, self.target, self.tables = {term.pk for term in sources}, target.pk, tables_of(target.kind)
        self.found = False

    def __call__(self, reference: Reference) -> object:
        if reference.key[0] is not Term or reference.pk not in self.pks:
            return reference.pk
        self.found = True
        return self.target

    def in_content(self, model: type[Any], content: Content) -> Content | None:
        """The content with the target in place of the sources, None if it refers to none of them."""
        self.found = False
        changed = rewritten(model, content, self)
        if not self.found:
            return None
        for table in self.tables:
            if rows := content.get(table.accessor):
                changed[table.accessor] = self.in_ties(rows)
        return changed

    def in_ties(self, rows: Any) -> list[Values]:
        """The ties of a page. If it has the target, that row stays, as in the table."""
        has_target = any(row["tag"] == self.target for row in rows)
        changed = []
        for row in rows:
            if row["tag"] in self.pks:
                if has_target:
                    continue
                has_target = True
                row = {**row, "tag": self.target}
            changed.append(row)
        return changed


def plan_merge(sources: Sequence[Term], target: Term) -> tuple[Changes, Owners]:
    """What a merge changes, and the objects that use the sources. Raises CannotBeChanged."""
    swap = Swap(sources, target)
    owners: Owners = {}
    ties = [row for table in swap.tables for row in _ties(table, swap)]
    for row in ties:
        table = table_of(row.label)
        if table:
            owners.setdefault(base_of(table.page_model), set()).add((row.before or {})["content_object_id"])
    objects = [*_foreign_keys(swap, owners), *_streams(swap, owners)]
    contents, users = changed_contents(open_revisions(owners), swap.in_content)
    for model, pks in users.items():
        owners.setdefault(model, set()).update(pks)
    rows = [*_target(sources, target), *ties, *objects, *_former_slugs(sources, target), *_deleted(sources)]
    return Changes(rows, contents), owners


def _ties(table: TieTable, swap: Swap) -> Iterator[RowChange]:
    rows = table.through._base_manager.filter(tag__in=[*swap.pks, swap.target]).order_by("pk")
    pages: dict[int, list[Values]] = {}
    for pk, page_pk, tag_pk in rows.values_list("pk", "content_object_id", "tag_id"):
        pages.setdefault(page_pk, []).append({"pk": pk, "tag": tag_pk})
    changes = []
    for page_pk, ties in pages.items():
        kept = {row["pk"]: row["tag"] for row in swap.in_ties(ties)}
        for tie in ties:
            before = {"tag_id": tie["tag"], "content_object_id": page_pk}
            if tie["pk"] not in kept:
                changes.append(RowChange(table.label, tie["pk"], before, None))
            elif kept[tie["pk"]] != tie["tag"]:
                changes.append(RowChange(table.label, tie["pk"], before, {**before, "tag_id": swap.target}))
    # Alike ones next to each other.
    yield from sorted(changes, key=lambda row: (row.after is not None, (row.before or {})["tag_id"], row.pk))


def _foreign_keys(swap: Swap, owners: Owners) -> Iterator[RowChange]:
    """Every other row with a foreign key to one of the sources: a stat, a page about the term, a smaller place."""
    for model in apps.get_models():
        if model is FormerSlug or table_of(model._meta.label) or model._meta.proxy:
            continue
        for field in model._meta.local_fields:
            if not isinstance(field, ForeignKey) or not issubclass(field.related_model, Term):
                continue
            users: Any = model._base_manager.filter(**{f"{field.name}__in": swap.pks})
            if issubclass(model, Page):
                _refuse_two_pages(users, model._base_manager.filter(**{field.name: swap.target}))
            for obj in users.order_by("pk"):
                if obj.pk in swap.pks and model is Term:
                    continue
                note_owner(obj, owners)
                # A place does not lie in itself.
                new = None if model is Term and obj.pk == swap.target else swap.target
                label = label_of(obj) if model is Term else model._meta.label
                yield RowChange(label, obj.pk, values_of(obj, field.attname), {field.attname: new})


def _refuse_two_pages(users: Any, others: Any) -> None:
    pages = [*users[:2], *others[:1]]
    if len(pages) > 1:
        names = " and ".join(f"“{page}”" for page in pages)
        raise CannotBeChanged(f"Each of these tags has a page: {names}. Choose another tag on one of the pages first.")


def _streams(swap: Swap, owners: Owners) -> Iterator[RowChange]:
    """Every row whose blocks refer to one of the sources, by the reference index."""
    to_type = ReferenceIndex._get_base_content_type(Term)
    types = [to_type, *(ReferenceIndex._get_base_content_type(model) for model in TERM_MODELS.values())]
    references = ReferenceIndex.objects.filter(
        to_content_type__in=types, to_object_id__in=[str(pk) for pk in sorted(swap.pks)], model_path__contains="."
    ).exclude(model_path__in=[f"{table.accessor}.item.tag" for table in swap.tables])
    for type_id, pk in sorted(set(references.values_list("content_type", "object_id"))):
        model: Any = ContentType.objects.get_for_id(type_id).model_class()
        obj = model._base_manager.filter(pk=pk).first()
        if obj is None:
            continue
        content = as_stored(content_of(obj))
        changed = swap.in_content(model, content) or content
        for field in model._meta.concrete_fields:
            before, after = content.get(field.name), changed.get(field.name)
            if isinstance(field, StreamField) and _as_text(before) != _as_text(after):
                note_owner(obj, owners)
                row = values_of(obj, field.attname)
                yield RowChange(model._meta.label, obj.pk, row, {field.attname: _as_text(after)})


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def note_owner(obj: Any, owners: Owners) -> None:
    """Note the object with drafts that a row is, or is a part of."""
    for field in obj._meta.fields:
        if isinstance(field, ParentalKey):
            model = base_of(field.related_model)
            owners.setdefault(model, set()).add(getattr(obj, field.attname))
            return
    if hasattr(obj, "latest_revision_id"):
        owners.setdefault(base_of(type(obj)), set()).add(obj.pk)


def _target(sources: Sequence[Term], target: Term) -> Iterator[RowChange]:
    """The names of the sources become other names of the target. What protects readers stays on."""
    has = {comparable(name) for name in (target.name, *target.other_names)}
    added = []
    for name in (name for term in sources for name in (term.name, *term.other_names)):
        if comparable(name) not in has:
            has.add(comparable(name))
            added.append(name)
    before = values_of(target, "aliases", "concerns_partner_violence")
    concerns = target.concerns_partner_violence or any(term.concerns_partner_violence for term in sources)
    after = {"aliases": "\n".join([*target.other_names, *added]), "concerns_partner_violence": concerns}
    yield RowChange(label_of(target), target.pk, before, after)


def _former_slugs(sources: Sequence[Term], target: Term) -> Iterator[RowChange]:
    """Filters, feeds and pages at the addresses of the sources lead to those of the target."""
    for former in FormerSlug.objects.filter(term__in=[term.pk for term in sources]).order_by("pk"):
        yield RowChange(FORMER_SLUG, former.pk, values_of(former, "term_id"), {"term_id": target.pk})
    for term in sources:
        new = {"kind": term.kind, "slug": term.slug, "term_id": target.pk}
        yield RowChange(FORMER_SLUG, None, None, new)


def _deleted(sources: Sequence[Term]) -> Iterator[RowChange]:
    for term in sources:
        yield RowChange(label_of(term), term.pk, values_of(term), None)


def label_of(term: Term) -> str:
    """Its kind's model, by which the ledger records it."""
    return str(TERM_MODELS[term.kind]._meta.label)
