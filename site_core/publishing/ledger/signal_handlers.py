"""Receives the signals of everything that changes what the public can see, and records it.

Nothing is recorded of what the public sees neither before nor after: drafts, schedules, locks, private pages.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, DraftStateMixin, Page, PageViewRestriction, Site
from wagtail.signals import page_published, post_page_move, published, unpublished

from site_core.publishing.ledger.publications import Cause
from site_core.publishing.ledger.recorded_models import is_recorded
from site_core.publishing.ledger.recording import (
    last_row,
    record,
    record_if_changed,
    record_where_changed,
    was_public,
)
from site_core.publishing.visibility import is_public, paths_restricted_by

# The position in a list that is ordered manually. Changing it changes the public row at once, even with drafts.
ORDER = "sort_order"


def on_published(instance: Any, revision: Any, **kwargs: Any) -> None:
    """A go-live of a page, an alias, a copy or a snippet. Wagtail also sends the signal when one is only scheduled."""
    if not instance.live or not is_public(instance):
        return
    before = last_row(instance)
    row = record(instance, Cause.PUBLISHED, revision_id=revision.pk if revision else None, public=True)
    if isinstance(instance, Page) and before and before.path != row.path:
        record_where_changed(live_below(instance), Cause.MOVED)


def on_snippet_published(instance: Any, revision: Any, **kwargs: Any) -> None:
    if not isinstance(instance, Page):
        on_published(instance, revision)


def on_unpublished(instance: Any, **kwargs: Any) -> None:
    """Wagtail also sends the signal just before it deletes a page. The page's row is still live then."""
    if not was_public(instance):
        return
    if type(instance)._base_manager.filter(pk=instance.pk, live=True).exists():
        record(instance, Cause.DELETED)
    else:
        record_taken_down(instance)


def record_taken_down(instance: Any) -> None:
    record(instance, Cause.EXPIRED if instance.expired else Cause.UNPUBLISHED)


def on_moved(instance: Any, **kwargs: Any) -> None:
    """A page has another parent, or another position among its siblings. Its descendants move along."""
    page = instance.specific
    if is_public(page) or was_public(page):
        record(page, Cause.MOVED, revision_id=page.live_revision_id)
    record_where_changed(live_below(page), Cause.MOVED)


def live_below(page: Page) -> Any:
    return page.get_descendants().live().specific()


def on_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Deleting a page also deletes its rows of the parent models. Only one of these signals is recorded."""
    if is_recorded(sender) and sender is not Page and was_public(instance):
        record(instance, Cause.DELETED, gone=True)


def on_saved(
    sender: Any, instance: Any, created: bool, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """Changes that are public without being published.

    Those of an object without drafts, an object taken down, a new alias, and a new position in a list.
    """
    if raw or not is_recorded(sender):
        return
    if not isinstance(instance, DraftStateMixin):
        record_if_changed(instance)
        return
    if not instance.live:
        # Wagtail unpublishes by a save, too, and says so after it: by then there is a row.
        writes_live = not update_fields or "live" in update_fields
        if writes_live and not created and was_public(instance):
            record_taken_down(instance)
        return
    if created and isinstance(instance, Page) and instance.alias_of_id:
        record_where_changed([instance], Cause.PUBLISHED)
    if update_fields and ORDER in update_fields:
        record(instance, Cause.EDITED, revision_id=instance.live_revision_id)


def on_page_restricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A page, its descendants and all their aliases have become private, or public again."""
    if _goes_along(PageViewRestriction, **kwargs):
        return
    below = reduce(or_, (Q(path__startswith=path) for path in paths_restricted_by(instance.page.path)))
    pages: Any = Page.objects.live().filter(below)
    record_where_changed(pages.specific(), Cause.RESTRICTED)


def on_collection_restricted(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    if _goes_along(CollectionViewRestriction, **kwargs):
        return
    documents = get_document_model().objects.filter(collection__path__startswith=instance.collection.path)
    record_where_changed(documents, Cause.RESTRICTED)


def on_site_changed(**kwargs: Any) -> None:
    """With another root page of the site, every page has another path."""
    if _goes_along(Site, **kwargs):
        return
    Site.clear_site_root_paths_cache()
    record_where_changed(Page.objects.live().specific(), Cause.MOVED)


def _goes_along(model: Any, origin: Any = None, raw: bool = False, **kwargs: Any) -> bool:
    """Whether the object is loaded by a fixture, or deleted only because the object it belongs to is."""
    return raw or (origin is not None and getattr(origin, "model", type(origin)) is not model)


def connect() -> None:
    """Called once, in `AppConfig.ready()`."""
    page_published.connect(on_published, dispatch_uid="ledger.page_published")
    published.connect(on_snippet_published, dispatch_uid="ledger.published")
    unpublished.connect(on_unpublished, dispatch_uid="ledger.unpublished")
    post_page_move.connect(on_moved, dispatch_uid="ledger.moved")
    post_save.connect(on_saved, dispatch_uid="ledger.saved")
    post_delete.connect(on_deleted, dispatch_uid="ledger.deleted")
    for signal in (post_save, post_delete):
        signal.connect(on_page_restricted, sender=PageViewRestriction, dispatch_uid="ledger.private_page")
        signal.connect(on_collection_restricted, CollectionViewRestriction, dispatch_uid="ledger.private_collection")
        signal.connect(on_site_changed, sender=Site, dispatch_uid="ledger.site")
