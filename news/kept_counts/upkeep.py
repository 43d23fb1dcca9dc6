"""Adds up the kept counts, and corrects them where they differ from the items."""

import logging
from collections import Counter

from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper

from news.kept_counts.models import KeptCount
from news.kept_counts.statements import ITEMS, of_live_items
from news.kept_counts.triggers import install_triggers, remove_triggers

logger = logging.getLogger(__name__)
TABLE = KeptCount._meta.db_table
# So many more rows than counts are left, because a page reads them in a millisecond.
MOST_SURPLUS_ROWS = 2_000
# So many are added up at a time: an import leaves hundreds of thousands.
ROWS_AT_ONCE = 20_000
# In one statement, which sees the items and the counts as of one time.
_DIFFERENCES = (
    "SELECT facet, value, SUM(change) FROM"  # noqa: S608 (our names)
    f" ({of_live_items()} UNION ALL SELECT facet, value, -change FROM {TABLE}) changes"
    " GROUP BY facet, value HAVING SUM(change) <> 0"
)


def correct(using: str = "default") -> int:
    """Add what the kept counts lack, and return the number of counts that were wrong."""
    with connections[using].cursor() as cursor:
        cursor.execute(_DIFFERENCES)
        if not cursor.fetchall():
            return 0
        cursor.execute(f"INSERT INTO {TABLE} (facet, value, change) {_DIFFERENCES}")
        return int(cursor.rowcount)


def add_up() -> None:
    """Replace the rows by one for each count, if there are many more."""
    if KeptCount.objects.count() <= KeptCount.objects.values("facet", "value").distinct().count() + MOST_SURPLUS_ROWS:
        return
    sums: Counter[tuple[str, str]] = Counter()
    with transaction.atomic(), connection.cursor() as cursor:
        # What is deleted is what is summed, whatever others add or add up meanwhile.
        while rows := _deleted(cursor):
            for facet, value, change in rows:
                sums[facet, value] += change
        KeptCount.objects.bulk_create(
            KeptCount(facet=facet, value=value, change=change) for (facet, value), change in sums.items() if change
        )


def _deleted(cursor: CursorWrapper) -> list[tuple[str, str, int]]:
    """Delete some rows and return them. A queryset would fetch each row again to send signals, which nobody needs."""
    some = f"SELECT id FROM {TABLE} LIMIT {ROWS_AT_ONCE}"  # noqa: S608 (our names)
    cursor.execute(f"DELETE FROM {TABLE} WHERE id IN ({some}) RETURNING facet, value, change")  # noqa: S608
    return cursor.fetchall()


def before_migrate(using: str, plan: list[object], **kwargs: object) -> None:
    """Does nothing before a migrate that has nothing to do."""
    if plan and connections[using].vendor == "sqlite":
        remove_triggers(using)


def after_migrate(using: str, **kwargs: object) -> None:
    tables = connections[using].introspection.table_names()
    if TABLE in tables:
        install_triggers(using)
        correct(using)
    elif ITEMS in tables:
        # The migration of the counts was reversed.
        remove_triggers(using)


def keep_up() -> str:
    """The chore. Returns a sentence that says how many counts were wrong."""
    if wrong := correct():
        logger.error("%d counts of news items were wrong and have been corrected.", wrong)
    add_up()
    return f"{wrong or 'No'} wrong {'count' if wrong == 1 else 'counts'} corrected."
