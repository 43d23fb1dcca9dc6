"""Updates the search index and the reference index once for each save of an object that can be published.

Wagtail updates them when the object's row is saved: before its child objects are, and again for each of them.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import transaction
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, ReferenceIndex
from wagtail.search.backends import get_search_backends

# The fields that saving a draft writes. None of them is searched or refers to anything. Indexing the stored object
# again after a draft could make found what a program wrote past the index, and no draft may change what is public.
OF_DRAFTS = frozenset(
    {
        *("latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"),
        COMMENTS_RELATION_NAME,
    }
)


@contextmanager
def indexed_once(obj: ClusterableModel, fields: Collection[str] | None = None) -> Iterator[None]:
    """Index the object at the end of the block, with every child object that was saved inside it.

    `fields` are those that are saved; None means all of them.
    """
    # Cannot be imported before all models are.
    from wagtail.signal_handlers import disable_reference_index_auto_update

    with disable_reference_index_auto_update():
        yield
    if fields and OF_DRAFTS.issuperset(fields):
        return
    model = type(obj)
    children = [relation.get_accessor_name() for relation in get_all_child_relations(model)]
    # As it is stored, which may differ from `obj`: saving a draft writes some columns only.
    stored = model.get_indexed_objects().prefetch_related(*children).get(pk=obj.pk)
    # Every caller saves in a transaction, so no savepoint is needed.
    with transaction.atomic(savepoint=False):
        for backend in get_search_backends(with_auto_update=True):
            backend.add(stored)
        ReferenceIndex.create_or_update_for_object(stored)
