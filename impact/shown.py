"""The figures that pages show: some dozens, read with their evidence once in each generation."""

from collections.abc import Iterable

from impact.stats import ImpactStat
from site_core.page_cache.memoize import memoized


@memoized
def stats_on_record() -> tuple[ImpactStat, ...]:
    """Every live figure in the editors' order, withdrawn ones too. Nobody may change them."""
    return tuple(ImpactStat.objects.live().with_evidence().in_order())


def current_stats() -> list[ImpactStat]:
    """Those that stand."""
    return [stat for stat in stats_on_record() if not stat.is_withdrawn]


def current_among(chosen: Iterable[ImpactStat | None]) -> list[ImpactStat]:
    """Those of an author's choice that stand, in the author's order. One that was deleted since is None."""
    found = {stat.pk: stat for stat in current_stats()}
    return [found[stat.pk] for stat in chosen if stat and stat.pk in found]
