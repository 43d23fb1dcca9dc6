"""Counts how often the generation moves during a test, and the rows that record it."""

from typing import Any

from site_core.page_cache.invalidation import generation
from site_core.page_cache.invalidation.committed_change import CommittedChange


class Moves:
    """The moves of the generation since this object was created."""

    def __init__(self) -> None:
        self._began_at = generation.number()
        self._rows_before = set(CommittedChange.objects.values_list("pk", flat=True))

    @property
    def number(self) -> int:
        return generation.number() - self._began_at

    @property
    def rows(self) -> Any:
        """The new rows, as far as this connection sees them."""
        return CommittedChange.objects.exclude(pk__in=self._rows_before).order_by("pk")

    @property
    def known(self) -> int:
        """The number of new rows that are announced."""
        return int(self.rows.exclude(known_at=None).count())
