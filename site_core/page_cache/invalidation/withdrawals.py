"""Recognizes the writes that may take something from visitors, which no stored page may show them again.

A write withdraws unless it is known not to: a new row adds something, and an edit of a page leaves the page public.
What is not understood withdraws. That costs nothing but copies, which nobody misses while the database is up.
"""

from wagtail.models import Page

from site_core.page_cache.invalidation.private_writes import owners, tables_of
from site_core.page_cache.invalidation.sql import Write

_withdrawing_when_new = ["wagtailcore.PageViewRestriction", "wagtailcore.CollectionViewRestriction"]


def register_withdrawing_when_new(*labels: str) -> None:
    """Declares that a new row of these models takes something from visitors, as a view restriction does."""
    _withdrawing_when_new.extend(label for label in labels if label not in _withdrawing_when_new)


def may_withdraw(write: Write | None) -> bool:
    """Whether a visible write may take something from visitors. None is a write that was not understood."""
    if write is None:
        return True
    if write.inserts:
        return write.table in tables_of(tuple(_withdrawing_when_new))
    pages = Page._meta.db_table
    owner = owners().get(write.table)
    if owner is None or owner.table != pages:
        return True
    return write.table == pages and not _stays(write)


def _stays(write: Write) -> bool:
    """Whether an update of pages leaves them live and at their place in the tree. A deletion has no values."""
    goes = "live" in write.values and not (write.values["live"] and all(write.values["live"]))
    # A page is moved by a path that the database computes. A saved page repeats its own.
    is_moved = "path" in write.values and write.values["path"] is None
    return bool(write.values) and not goes and not is_moved
