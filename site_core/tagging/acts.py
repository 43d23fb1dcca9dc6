"""Carries out an act on tags and undoes it, each in one transaction that locks first and reads everything again."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from site_core.publishing.permissions import is_locked_for, may_publish, may_publish_pages
from site_core.publishing.trashed_page import is_in_trash
from site_core.publishing.types import User
from site_core.tagging.changes import (
    Changes,
    ContentChange,
    RowChange,
    apply_contents,
    apply_rows,
    fill_in_tie_pks,
    values_of,
)
from site_core.tagging.drafts import Owners, base_of, changed_contents, open_revisions
from site_core.tagging.indexing import index_now, indexing_by_itself, pages_to_index
from site_core.tagging.merging import CannotBeChanged, note_owner
from site_core.tagging.models import KEPT_FOR, TagChange
from site_core.tagging.settling import LOG_ACTION, settle
from site_core.tagging.wording import ended
from site_core.taxonomy.models import Term

# What to do with the terms, as they are now.
Plan = Callable[[list[Term]], tuple[Changes, Owners]]
BUSY = "An item with this tag is being saved right now. Nothing was changed. Try again in a moment."


def carry_out(plan: Plan, terms: Sequence[Term], sentence: str, user: User) -> TagChange:
    """Do what a plan says. Raises CannotBeChanged; then nothing has changed.

    The plan is made again here, behind the locks of the terms. A publication locks its object before it ties a term to
    it. So what is being saved right now is not waited for, or both would wait for each other.
    """
    try:
        with transaction.atomic():
            changes, owners = plan(_locked(terms))
            _lock(owners)
            _refuse(owners, user)
            with indexing_by_itself():
                if apply_rows(changes.rows):
                    raise CannotBeChanged(BUSY)
            fill_in_tie_pks(changes)
            apply_contents(changes.contents)
            settle(changes, owners, sentence, user)
            _log_terms(changes, sentence, user)
            return TagChange.objects.create(
                sentence=sentence,
                kind=terms[0].kind,
                term_pks=[term.pk for term in terms],
                changed=changes.as_stored(),
                to_index=index_now(pages_to_index(changes)),
                user_id=user.pk,
            )
    except ValidationError as error:
        raise CannotBeChanged(f"{' '.join(error.messages)} Nothing was changed.") from error
    except (IntegrityError, OperationalError) as error:
        raise CannotBeChanged(BUSY) from error


def undo(change: TagChange, user: User) -> int:
    """Put everything back as it was. Returns how many rows and drafts stay, because somebody has changed them since.

    Raises CannotBeChanged; then nothing has changed.
    """
    try:
        with transaction.atomic():
            change = TagChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
            _refuse_undo(change)
            changes = change.changes().reverse()
            owners = _owners_of(changes)
            _lock(owners)
            _refuse(owners, user)
            for row in changes.rows:
                _keep_other_names(row)
            with indexing_by_itself():
                left = apply_rows(changes.rows)
            drafts_left = apply_contents(changes.contents)
            later = _in_later_drafts(changes, owners)
            drafts_left = (drafts_left - {one.revision_pk for one in later}) | apply_contents(later)
            sentence = f"Undone: {change.sentence}"
            settle(changes, owners, sentence, user)
            _log_terms(changes, sentence, user)
            change.undone_at = timezone.now()
            change.to_index = index_now(pages_to_index(changes))
            change.save(update_fields=["undone_at", "to_index"])
            return left + len(drafts_left)
    except ValidationError as error:
        raise CannotBeChanged(f"{' '.join(error.messages)} Nothing was changed.") from error
    except (IntegrityError, OperationalError) as error:
        raise CannotBeChanged(BUSY) from error


def undo_refusal(change: TagChange, since: Iterable[TagChange] | None = None) -> str:
    """Why an act cannot be undone, "" if it can. Looks up the acts since then if they are not given."""
    if change.undone_at:
        return "This has been undone already."
    if change.made_at < timezone.now() - KEPT_FOR:
        return "This was done more than 30 days ago and can no longer be undone."
    if since is None:
        since = TagChange.objects.filter(pk__gt=change.pk).defer("changed")
    for later in since:
        if later.undone_at is None and set(later.term_pks) & set(change.term_pks):
            return f"The same tag was changed again later. Undo that first: {ended(later.sentence)}"
    return ""


def _refuse_undo(change: TagChange) -> None:
    if reason := undo_refusal(change):
        raise CannotBeChanged(reason)
    for row in change.changes().rows:
        if row.after is None and row.before and issubclass(row.model, Term):
            taken = Term.objects.of_kind(row.before["kind"])
            by_name = taken.filter(name__iexact=row.before["name"]).first()
            holder = by_name or taken.filter(slug__iexact=row.before["slug"]).first()
            if holder:
                raise CannotBeChanged(
                    f"“{row.before['name']}” cannot come back, because there is a new tag “{holder}”. "
                    f"Merge or rename that one first."
                )


def _keep_other_names(row: RowChange) -> None:
    """Take away only what the act added, if somebody has changed the other names of the term since."""
    if not row.before or not row.after or "aliases" not in row.before:
        return
    term: Any = row.model._base_manager.filter(pk=row.pk).first()
    if term is None or (now := values_of(term, "aliases")["aliases"]) == row.before["aliases"]:
        return
    added = set(row.before["aliases"].splitlines()) - set(row.after["aliases"].splitlines())
    kept = "\n".join(name for name in term.other_names if name not in added)
    row.before, row.after = {"aliases": now}, {"aliases": kept}


def _in_later_drafts(changes: Changes, owners: Owners) -> list[ContentChange]:
    """What is put back in drafts that were saved since: the one tag of an object that took another one's place."""
    by_revision = {content.revision_pk: content for content in changes.contents}
    tags = {}
    for revision_pk, object_id in Revision.objects.filter(pk__in=by_revision).values_list("pk", "object_id"):
        content = by_revision[revision_pk]
        for accessor, before in content.before.items():
            if swapped := _swapped_tag(before, content.after[accessor]):
                tags[int(object_id), accessor] = swapped
    accessors = {accessor for _, accessor in tags}

    def rewrite(model: type[Any], content: dict[str, Any]) -> dict[str, Any] | None:
        changed = {}
        for accessor in accessors & content.keys():
            before, after = tags.get((content["pk"], accessor), (None, None))
            rows = [{**row, "tag": after} if row["tag"] == before else row for row in content[accessor]]
            if rows != content[accessor]:
                changed[accessor] = rows
        return {**content, **changed} if changed else None

    contents, _ = changed_contents(open_revisions(owners, only=True), rewrite)
    return contents


def _swapped_tag(before: object, after: object) -> tuple[int, int] | None:
    """The only tag that is gone and the only one that is new, None if the ties of a page differ in another way."""
    if not isinstance(before, list) or not isinstance(after, list):
        return None
    tags_before, tags_after = ({row["tag"] for row in rows if "tag" in row} for rows in (before, after))
    gone, new = tags_before - tags_after, tags_after - tags_before
    return (gone.pop(), new.pop()) if len(gone) == len(new) == 1 else None


def _owners_of(changes: Changes) -> Owners:
    """The objects that an act has changed, as far as they are still there."""
    owners: Owners = {}
    for table, pages in changes.tied_pages().items():
        owners.setdefault(base_of(table.page_model), set()).update(pages)
    revisions = Revision.objects.filter(pk__in=[content.revision_pk for content in changes.contents])
    for revision in revisions.defer("content").select_related("content_type"):
        model: Any = revision.content_type.model_class()
        owners.setdefault(base_of(model), set()).add(int(revision.object_id))
    for row in changes.rows:
        if row.table is None and not issubclass(row.model, Term):
            obj = row.model._base_manager.filter(pk=row.pk).first()
            if obj is not None:
                note_owner(obj, owners)
    return owners


def _lock(owners: Owners) -> None:
    """Raises OperationalError for what somebody else has locked."""
    for model, pks in owners.items():
        rows = model._base_manager.select_for_update(nowait=True).filter(pk__in=pks).order_by("pk")
        len(rows.values_list("pk"))


def _locked(terms: Iterable[Term]) -> list[Term]:
    """The terms as they are now. Raises CannotBeChanged for one that is gone since somebody chose it."""
    rows = Term.objects.select_for_update().filter(pk__in=[term.pk for term in terms]).order_by("pk")
    there = {term.pk: term for term in rows}
    for term in terms:
        if term.pk not in there:
            raise CannotBeChanged(f"“{term}” is gone. Somebody has just merged or deleted it. Nothing was changed.")
    return [there[term.pk] for term in terms]


def _refuse(owners: Owners, user: User) -> None:
    """Raises CannotBeChanged if the user may not change one of the objects now."""
    pages = Page.objects.filter(pk__in=owners.get(Page, ()))
    if not may_publish_pages(user):
        for page in pages:
            # In the trash nobody may do anything, but what is restored from there must not miss its tags.
            if not is_in_trash(page) and not may_publish(user, page):
                raise CannotBeChanged(f"“{page}” is not yours to change. Ask a Managing editor.")
    locked = [*pages.filter(locked=True)]
    for model in owners.keys() - {Page}:
        objects = list(model._base_manager.filter(pk__in=owners[model]))
        locked += objects
        for obj in objects:
            if not may_publish(user, obj):
                raise CannotBeChanged(f"“{obj}” is not yours to change. Ask a Managing editor.")
    for obj in locked:
        if is_locked_for(user, obj):
            raise CannotBeChanged(f"“{obj}” is locked by {obj.locked_by or 'another person'}. Unlock it first.")


def _log_terms(changes: Changes, sentence: str, user: User) -> None:
    """Say in the history of each term what was done. A term that is merged away has none left."""
    for row in changes.rows:
        if row.table is None and issubclass(row.model, Term):
            term = row.model._base_manager.filter(pk=row.pk).first()
            if term is not None:
                log(instance=term, action=LOG_ACTION, user=user, data={"sentence": sentence})
