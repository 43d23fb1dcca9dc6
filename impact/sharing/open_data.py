"""All live stats for other programs, as JSON and CSV."""

from collections.abc import Iterable
from decimal import Decimal

from impact.evidence import Evidence, Rating
from impact.notation import json_number, plain_number
from impact.stats import ImpactStat
from site_core.fields.spreadsheets import csv_lines

NOTE = (
    "These figures measure different things in different places and cannot be compared with one another. "
    "Always quote a figure with its population and status. Blank means no data."
)
_COLUMNS = (
    *("address", "figure", "low", "high", "unit", "direction", "outcome", "kind_of_outcome"),
    *("population", "scope", "program", "sentence", "place", "strategy", "strategy_is_our_classification", "period"),
    *("status", "status_in_words", "evidence", "ratings", "compared_on", "checked_on", "next_check_due"),
    *("correction", "what_changed_and_why", "corrected_on"),
)


def live_stats() -> list[ImpactStat]:
    """Every live stat in the editors' order, corrected and withdrawn ones included."""
    return list(ImpactStat.objects.live().with_everything().in_order())


def stat_record(stat: ImpactStat, root_url: str) -> dict[str, object]:
    """One stat with everything on record, and None for what is not."""
    return {
        "address": f"{root_url}{stat.get_absolute_url()}",
        "figure": stat.figure,
        "low": json_number(stat.value_low),
        "high": json_number(stat.value_high),
        "unit": stat.unit,
        "direction": stat.direction,
        "outcome": stat.outcome,
        "kind_of_outcome": stat.outcome_group,
        "population": stat.population or None,
        "scope": stat.scope or None,
        "program": stat.program or None,
        "sentence": stat.whole_sentence,
        "place": str(stat.place) if stat.place else None,
        "strategy": str(stat.strategy) if stat.strategy else None,
        "strategy_is_our_classification": bool(stat.strategy and stat.strategy_inferred),
        "period": stat.period or None,
        "status": str(stat.status),
        "status_in_words": stat.status_words,
        "evidence": [_evidence_record(item) for item in stat.evidence.all()],
        "ratings": [_rating_record(rating) for rating in stat.ratings.all()],
        "compared_on": stat.compared_on,
        "checked_on": stat.checked_on,
        "next_check_due": stat.next_due,
        "correction": stat.correction or None,
        "what_changed_and_why": stat.correction_text or None,
        "corrected_on": stat.corrected_on,
    }


def _evidence_record(item: Evidence) -> dict[str, object]:
    return {
        "study": item.study.citation if item.study else None,
        "short_name": item.study.short_name if item.study else None,
        "address": (item.study.public_url or None) if item.study else None,
        "relation": item.relation_words,
        "reports": item.reports or None,
        "of_outcome": item.of_outcome or None,
        "page_or_table": item.locator or None,
    }


def _rating_record(rating: Rating) -> dict[str, object]:
    return {"scheme": rating.scheme, "label": rating.label, "of": rating.of, "as_of": rating.date}


def stats_json(stats: Iterable[ImpactStat], root_url: str) -> dict[str, object]:
    """The content of /impact/figures.json."""
    return {"note": NOTE, "figures": [stat_record(stat, root_url) for stat in stats]}


def stats_csv(stats: Iterable[ImpactStat], root_url: str) -> bytes:
    """The content of /impact/figures.csv: a header row, then one row for each stat."""
    records = (stat_record(stat, root_url) for stat in stats)
    return b"".join(csv_lines(_COLUMNS, ([_cell(record[name]) for name in _COLUMNS] for record in records)))


def _cell(value: object) -> object:
    """The value in the form that is read most easily in a table."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return Decimal(plain_number(Decimal(str(value))))
    return " | ".join(_in_one_cell(part) for part in value) if isinstance(value, list) else value


def _in_one_cell(part: dict[str, object]) -> str:
    """One study or rating as “name: value; name: value”."""
    return "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in part.items() if value is not None)
