"""Renames a term, and archives terms."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from site_core.fields.text import comparable
from site_core.tagging.changes import Changes, RowChange, values_of
from site_core.tagging.drafts import Owners
from site_core.tagging.merging import CannotBeChanged, label_of
from site_core.taxonomy.models import TERM_MODELS, Term


def plan_renaming(term: Term, name: str, *, keep: bool) -> tuple[Changes, Owners]:
    """Give a term another name, and its pages the address that fits. Raises CannotBeChanged."""
    if name == term.name:
        raise CannotBeChanged(f"“{term}” has this name already.")
    before = values_of(term, "name", "slug", "aliases")
    kept = [term.name] if keep and comparable(term.name) != comparable(name) else []
    others = [one for one in term.other_names if comparable(one) != comparable(name)]
    renamed = TERM_MODELS[term.kind].objects.get(pk=term.pk)
    renamed.name, renamed.slug, renamed.aliases = name, "", "\n".join([*others, *kept])
    try:
        renamed.full_clean()
    except ValidationError as error:
        raise CannotBeChanged(" ".join(error.messages)) from error
    rows = [RowChange(label_of(term), term.pk, before, values_of(renamed, "name", "slug", "aliases"))]
    return Changes(rows), {}


def plan_archiving(terms: Sequence[Term], archived: bool) -> tuple[Changes, Owners]:
    """Take terms from what authors can choose, or give them back."""
    rows = [
        RowChange(label_of(term), term.pk, {"archived": term.archived}, {"archived": archived})
        for term in terms
        if term.archived != archived
    ]
    if not rows:
        raise CannotBeChanged(f"All of them are {'archived' if archived else 'in use'} already.")
    return Changes(rows), {}
