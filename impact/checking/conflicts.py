"""Conflicts: stats that say different things of the same, and studies that report another number than their stat."""

from collections import defaultdict
from collections.abc import Iterable

from impact.evidence import Evidence
from impact.notation import has_digits, has_number
from impact.stats import ImpactStat
from impact.status import Relation
from site_core.fields.text import comparable

DISPUTES = (Relation.DIFFERS, Relation.CONFLICTS)


def conflicts_of(stats: Iterable[ImpactStat]) -> dict[int, list[str]]:
    """Every conflict as a sentence, by the pk of the stat. The stats come with their evidence."""
    stats = list(stats)
    found: dict[int, list[str]] = defaultdict(list)
    for alike in _about_the_same(stats):
        for stat in alike:
            for other in alike:
                if _value(other) != _value(stat):
                    found[stat.pk].append(_contradiction(other))
    for stat in stats:
        found[stat.pk] += [_report(item) for item in stat.evidence.all() if reports_another_number(stat, item)]
    return {pk: sentences for pk, sentences in found.items() if sentences}


def reports_another_number(stat: ImpactStat, item: Evidence) -> bool:
    """Whether a study disputes the stat, or the number entered for it is another, whatever its relation says."""
    if item.relation in DISPUTES:
        return True
    ends = [end for end in (stat.value_low, stat.value_high) if end is not None]
    return has_digits(item.reports) and not all(has_number(item.reports, end) for end in ends)


def _about_the_same(stats: list[ImpactStat]) -> list[list[ImpactStat]]:
    """The stats of the same place, outcome and strategy, where there are several."""
    groups: dict[tuple[object, ...], list[ImpactStat]] = defaultdict(list)
    for stat in stats:
        groups[stat.place_id, comparable(stat.outcome), stat.strategy_id].append(stat)
    return [group for group in groups.values() if len(group) > 1]


def _value(stat: ImpactStat) -> tuple[object, ...]:
    return stat.value_low, stat.value_high, stat.unit, stat.direction


def _contradiction(other: ImpactStat) -> str:
    """Its people and period are named, because two stats may differ for a good reason."""
    rest = ", ".join(part for part in (other.whole_sentence, other.period) if part)
    return f"Another impact stat of the same place, outcome and strategy says {other.figure} {rest}."


def _report(item: Evidence) -> str:
    study = item.study.short_name if item.study else "A study that is no longer on file"
    return f"{study} reports {item.reported or 'otherwise'}."
