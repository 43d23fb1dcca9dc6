"""Keeps what is searched, and what refers to what, up to date with everything that can be published.

Wagtail does so as soon as an object's row is saved: before its tags and evidence are, and once more for each of them.
Here it is done once, when all of it is saved.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from modelcluster.models import get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, ReferenceIndex
from wagtail.search.backends import get_search_backends

# What saving a draft writes. Nothing of it is searched or refers to anything; and were the object entered again, a
# search could find what nobody has been told of: no draft changes what is public.
OF_DRAFTS = frozenset(
    {
        *("latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"),
        COMMENTS_RELATION_NAME,
    }
)


@contextmanager
def indexed_once(obj: Any, fields: Collection[str] | None = None) -> Iterator[None]:
    """What is saved of an object and its parts inside this block is entered in both indexes at its end.

    `fields` are those that are saved; None where all are.
    """
    # Importable only once all models are.
    from wagtail.signal_handlers import disable_reference_index_auto_update

    with disable_reference_index_auto_update():
        yield
    if fields and OF_DRAFTS.issuperset(fields):
        return
    model = type(obj)
    parts = [relation.get_accessor_name() for relation in get_all_child_relations(model)]
    # As it is stored, which may be otherwise than it is held here: a draft is saved by some columns alone.
    stored = model.get_indexed_objects().prefetch_related(*parts).get(pk=obj.pk)
    # Whatever is published is saved in a transaction; by itself this need not be undone with anything.
    with transaction.atomic(savepoint=False):
        for backend in get_search_backends(with_auto_update=True):
            backend.add(stored)
        ReferenceIndex.create_or_update_for_object(stored)
