"""Proves that no row of the ledger was changed, deleted or inserted, by following its chain."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache

from site_core.chores.registry import ChoreProblem
from site_core.publishing.ledger.chain import chained
from site_core.publishing.ledger.publications import Publication

logger = logging.getLogger(__name__)

# Seconds between two proofs by the publishing process. It reads the whole ledger.
PROVE_EVERY = 3600
BREAKS_KEY, END_KEY = "ledger_breaks", "ledger_end"
# Clocks of two machines differ, and a transaction takes a while.
TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold."""

    pk: int
    problem: str

    def __str__(self) -> str:
        return f"Row {self.pk} of the ledger {self.problem}."


def breaks() -> list[Break]:
    """Every place where the chain does not hold. Remembers its end, so that rows missing from there are seen later."""
    end: tuple[int, str] | None = cache.get(END_KEY)
    found, last, is_end_there = [], None, end is None
    for row, problem in _followed():
        if problem:
            found.append(Break(row.pk, problem))
        if end == (row.pk, row.chain):
            is_end_there = True
        last = (row.pk, row.chain)
    if not is_end_there and end is not None:
        found.append(Break(end[0], "was the last one, and is gone or changed"))
    if not found and last is not None:
        cache.set(END_KEY, last, None)
        logger.info("The chain of the ledger holds. It ends with row %s, %s.", *last)
    cache.set(BREAKS_KEY, len(found), 2 * PROVE_EVERY)
    return found


def prove() -> str:
    """The chore: look for breaks. Raises ChoreProblem if there is one."""
    found = breaks()
    for one in found:
        logger.error("%s", one)
    if found:
        raise ChoreProblem(" ".join(str(one) for one in found[:3]))
    return "No changes found."


def recent_breaks() -> int:
    """How many breaks there are, as of at most two hours ago, for what is asked often."""
    count: int | None = cache.get(BREAKS_KEY)
    return len(breaks()) if count is None else count


def _followed() -> Iterator[tuple[Publication, str]]:
    """Each row in the order of the chain, and what is wrong with it, "" if nothing is."""
    before, newest = "", None
    for row in Publication.objects.order_by("pk").iterator(chunk_size=500):
        problem = ""
        if not row.chain:
            # Rows from before there was a chain have no link.
            problem = "has no link, and was inserted past the site" if before else ""
        elif row.chain != chained(before, row):
            problem = "was changed, or a row before it was deleted or inserted"
        elif newest is not None and row.at < newest - TOLERANCE:
            problem = "is dated before the row before it"
        yield row, problem
        before = row.chain or before
        newest = row.at if newest is None else max(newest, row.at)
