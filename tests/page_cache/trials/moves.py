"""How often the generation moves while a test does something, and what is written down of it."""

from typing import Any

from site_core.page_cache.invalidation import generation
from site_core.page_cache.invalidation.committed_change import CommittedChange


class Moves:
    """What has become of the generation since this was made."""

    def __init__(self) -> None:
        self._began_at = generation.number()
        self._rows_before = set(CommittedChange.objects.values_list("pk", flat=True))

    @property
    def number(self) -> int:
        return generation.number() - self._began_at

    @property
    def rows(self) -> Any:
        """The rows that tell of it, as far as this connection sees them."""
        return CommittedChange.objects.exclude(pk__in=self._rows_before).order_by("pk")

    @property
    def known(self) -> int:
        """How many of them say that this machine knows."""
        return int(self.rows.exclude(known_at=None).count())
