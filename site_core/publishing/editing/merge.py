"""A three-way merge of serialized content: a fix and a scheduled update, both made from the same base.

Plain data in, plain data out, without the database. A change that only one side made is taken from it. A change that
both made alike is taken once. What both changed differently is a conflict for the editor to decide. Fields are
compared as a whole. The blocks of a body are matched by id, and the rows of a child relation by what identifies them.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from site_core.publishing.differences.changed_fields import (
    Shape,
    blocks_by_id,
    comparable_field,
    in_order,
    without_editor_keys,
)
from site_core.publishing.types import Content

T = TypeVar("T")

ORDER = "order"


class Absent:
    """In place of a block or row that one side does not have."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


class Side(StrEnum):
    """The side whose version of a conflict is taken."""

    FIX = "fix"
    SCHEDULED = "scheduled"


@dataclass(frozen=True)
class Conflict:
    """What both sides changed differently: a field, or one block or row of it, or their order (`key`)."""

    field: str
    key: str
    base: object
    fix: object
    scheduled: object

    @property
    def name(self) -> str:
        return f"{self.field}.{self.key}" if self.key else self.field


@dataclass(frozen=True)
class Merge:
    """The merged content and all conflicts. An undecided conflict has the version of the scheduled update."""

    content: Content
    conflicts: list[Conflict]


def merge(
    base: Content, fix: Content, scheduled: Content, shape: Shape, choices: Mapping[str, Side] | None = None
) -> Merge:
    """Merge the fix into the scheduled update. `choices` maps the name of a conflict to the side that is taken."""
    merging = _Merging(shape, choices or {})
    content = {}
    for name in {**scheduled, **fix}:
        sides = (base.get(name), fix.get(name), scheduled.get(name))
        content[name] = scheduled.get(name) if name in shape.unmerged else merging.field(name, *sides)
    return Merge(content, merging.conflicts)


class _Merging:
    """One merge in progress."""

    def __init__(self, shape: Shape, choices: Mapping[str, Side]) -> None:
        self.shape = shape
        self.choices = choices
        self.conflicts: list[Conflict] = []

    def field(self, name: str, base: object, fix: object, scheduled: object) -> object:
        was, by_fix, by_scheduled = (comparable_field(name, value, self.shape) for value in (base, fix, scheduled))
        if by_scheduled == was:
            return fix if by_fix != was else scheduled
        if by_fix in (was, by_scheduled):
            return scheduled
        if name in self.shape.streams:
            return json.dumps(self.items(name, *(blocks_by_id(value) for value in (base, fix, scheduled))))
        if name in self.shape.relations:
            rows = self.items(name, *_rows_by_key(self.shape.relations[name], base, fix, scheduled))
            return [{**row, "sort_order": at} if "sort_order" in row else row for at, row in enumerate(rows)]
        return self.settle(name, "", base, fix, scheduled)

    def items(
        self, name: str, base: Mapping[str, Content], fix: Mapping[str, Content], scheduled: Mapping[str, Content]
    ) -> list[Content]:
        """Merge blocks or rows one by one, then put them in order."""
        settled = {
            key: self.settle(name, key, base.get(key, ABSENT), fix.get(key, ABSENT), scheduled.get(key, ABSENT))
            for key in {**base, **fix, **scheduled}
        }
        merged = {key: value for key, value in settled.items() if not isinstance(value, Absent)}
        in_base, in_fix, in_scheduled = ([key for key in side if key in merged] for side in (base, fix, scheduled))
        shared = self.order(name, merged, in_base, in_fix, in_scheduled)
        return [merged[key] for key in _insert_unshared(shared, in_fix, in_scheduled, merged)]

    def order(
        self, name: str, merged: Mapping[str, Content], base: list[str], fix: list[str], scheduled: list[str]
    ) -> list[str]:
        """The keys that both sides have, in the order of the side that moved something."""
        by_fix, by_scheduled = _only(fix, scheduled), _only(scheduled, fix)
        if by_fix == by_scheduled:
            return by_fix
        in_base = [key for key in base if key in by_fix]
        fix_moved, scheduled_moved = _only(by_fix, in_base) != in_base, _only(by_scheduled, in_base) != in_base
        if fix_moved != scheduled_moved:
            return by_fix if fix_moved else by_scheduled
        orders = ([merged[key] for key in keys] for keys in (in_base, by_fix, by_scheduled))
        conflict = Conflict(name, ORDER, *orders)
        return by_fix if self.decide(conflict) == Side.FIX else by_scheduled

    def settle(self, name: str, key: str, base: T, fix: T, scheduled: T) -> T:
        """The version of the side that changed it. If both did, the chosen one."""
        was, by_fix, by_scheduled = (without_editor_keys(value) for value in (base, fix, scheduled))
        if by_fix in (was, by_scheduled):
            return scheduled
        if by_scheduled == was:
            return fix
        return fix if self.decide(Conflict(name, key, base, fix, scheduled)) == Side.FIX else scheduled

    def decide(self, conflict: Conflict) -> Side:
        self.conflicts.append(conflict)
        return self.choices.get(conflict.name, Side.SCHEDULED)


def _insert_unshared(
    shared: list[str], fix: Iterable[str], scheduled: Iterable[str], merged: Mapping[str, Content]
) -> list[str]:
    """Insert what only one side has after its predecessor there. Two such runs in one place get a fixed order."""
    runs: dict[str | None, list[list[str]]] = {}
    for side in (fix, scheduled):
        after: str | None = None
        run: list[str] = []
        runs.setdefault(None, []).append(run)
        for key in side:
            if key in shared:
                run, after = [], key
                runs.setdefault(after, []).append(run)
            else:
                run.append(key)
    ordered = []
    for place in (None, *shared):
        found = sorted((run for run in runs[place] if run), key=lambda run: _as_text(merged[run[0]]))
        ordered += [*([place] if place is not None else []), *(key for run in found for key in run)]
    return ordered


def _only(keys: Iterable[str], among: Iterable[str]) -> list[str]:
    wanted = set(among)
    return [key for key in keys if key in wanted]


def _rows_by_key(names: tuple[str, ...], base: object, fix: object, scheduled: object) -> list[dict[str, Content]]:
    """The rows of each side, by a key that is the same on every side for the same row."""
    identities: list[Callable[[Content], object]] = [
        lambda row: row.get("pk"),
        lambda row: _as_text([row.get(name) for name in names]) if names else None,
        _as_text,
    ]
    known = {f"row {place}": row for place, row in enumerate(in_order(base))}
    by_fix, added_by_fix = _match(known, in_order(fix), identities)
    by_scheduled, added_by_scheduled = _match(known, in_order(scheduled), identities)
    added = {f"added {place}": row for place, row in enumerate(added_by_fix)}
    by_both, by_scheduled_only = _match(added, added_by_scheduled, identities)
    unmatched = {f"added {len(added) + place}": row for place, row in enumerate(by_scheduled_only)}
    return [
        known,
        _in_order_of(in_order(fix), by_fix | added),
        _in_order_of(in_order(scheduled), by_scheduled | by_both | unmatched),
    ]


def _match(
    known: Mapping[str, Content], rows: list[Content], identities: list[Callable[[Content], object]]
) -> tuple[dict[str, Content], list[Content]]:
    """The rows that match a known row, by its key, and the other rows.

    Rows match if they have the same pk, or else the same identifying fields, or else the same content.
    """
    matched: dict[str, Content] = {}
    unmatched = list(rows)
    for identity in identities:
        for row in list(unmatched):
            identifier = identity(row)
            same = (key for key, one in known.items() if key not in matched and identity(one) == identifier)
            if identifier is not None and (key := next(same, None)):
                matched[key] = row
                unmatched.remove(row)
    return matched, unmatched


def _in_order_of(rows: list[Content], keyed: Mapping[str, Content]) -> dict[str, Content]:
    places = {id(row): place for place, row in enumerate(rows)}
    return dict(sorted(keyed.items(), key=lambda item: places[id(item[1])]))


def _as_text(value: object) -> str:
    return json.dumps(without_editor_keys(value), sort_keys=True, default=str)
