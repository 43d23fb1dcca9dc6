"""The stats that pages show: a few dozen, read with their evidence once per generation of the page cache."""

from collections.abc import Iterable

from impact.stats import ImpactStat
from site_core.page_cache.memoize import memoized


@memoized
def stats_on_record() -> tuple[ImpactStat, ...]:
    """Every live stat in the editors' order, withdrawn ones included. All threads share them, so callers only read."""
    return tuple(ImpactStat.objects.live().with_evidence().in_order())


def current_stats() -> list[ImpactStat]:
    """The live stats that are not withdrawn, in the editors' order."""
    return [stat for stat in stats_on_record() if not stat.is_withdrawn]


def current_among(chosen: Iterable[ImpactStat | None]) -> list[ImpactStat]:
    """The current stats among those that an author chose, in the author's order.

    A chosen stat that was deleted since is None.
    """
    found = {stat.pk: stat for stat in current_stats()}
    return [found[stat.pk] for stat in chosen if stat and stat.pk in found]
