"""A three-way merge of serialized content: what one fix and one scheduled update make of the same base.

Plain data in, plain data out; no database. What only one of the two changed is taken from it, what both changed alike
is taken once, and what they changed differently is a conflict that somebody has to decide. Fields are compared whole,
but the blocks of a body one by one, by their id, and the rows that belong to an object one by one, by what names them.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Content = dict[str, Any]
# Every save of the rich text editor may write these anew; they say nothing.
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
# Of a row: its number in the database and its place in the list, neither of which is what it says.
_NOT_SAID_BY_A_ROW = frozenset({"pk", "sort_order"})
ORDER = "order"


class Absent:
    """In place of a block or row that one side does not have."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent()


class Side(StrEnum):
    """Whose version of a conflict stands."""

    FIX = "fix"
    SCHEDULED = "scheduled"


@dataclass(frozen=True)
class Shape:
    """What the fields of a model hold, as far as the merge has to know."""

    streams: frozenset[str] = frozenset()
    # For each relation whose rows belong to the object, the fields that name a row, if any do.
    relations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Fields that nobody edits, and the dates of publishing: the scheduled update keeps its own.
    left_alone: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Conflict:
    """What both sides changed differently: a field, or one block or row of it, or the order of them (`key`)."""

    field: str
    key: str
    base: Any
    fix: Any
    scheduled: Any

    @property
    def name(self) -> str:
        return f"{self.field}.{self.key}" if self.key else self.field


@dataclass(frozen=True)
class Merge:
    """The merged content and every conflict met. An undecided one stands as the scheduled update has it."""

    content: Content
    conflicts: list[Conflict]


def merge(
    base: Content, fix: Content, scheduled: Content, shape: Shape, choices: Mapping[str, Side] | None = None
) -> Merge:
    """Carry the fix into the scheduled update. `choices` holds whose version stands, by the names of conflicts."""
    merging = _Merging(shape, choices or {})
    content = {}
    for name in {**scheduled, **fix}:
        sides = (base.get(name), fix.get(name), scheduled.get(name))
        content[name] = scheduled.get(name) if name in shape.left_alone else merging.field(name, *sides)
    return Merge(content, merging.conflicts)


def changed_fields(before: Content, after: Content, shape: Shape) -> list[str]:
    """The fields that say something else than before."""
    return [
        name
        for name in after
        if name not in shape.left_alone and _said(name, before.get(name), shape) != _said(name, after[name], shape)
    ]


class _Merging:
    """One merge under way."""

    def __init__(self, shape: Shape, choices: Mapping[str, Side]) -> None:
        self.shape = shape
        self.choices = choices
        self.conflicts: list[Conflict] = []

    def field(self, name: str, base: Any, fix: Any, scheduled: Any) -> Any:
        said = [_said(name, value, self.shape) for value in (base, fix, scheduled)]
        if said[2] == said[0]:
            return fix if said[1] != said[0] else scheduled
        if said[1] in (said[0], said[2]):
            return scheduled
        if name in self.shape.streams:
            blocks = self.items(name, *(_blocks(value) for value in (base, fix, scheduled)))
            return json.dumps(blocks)
        if name in self.shape.relations:
            rows = self.items(name, *_rows_by_name(self.shape.relations[name], base, fix, scheduled))
            return [{**row, "sort_order": at} if "sort_order" in row else row for at, row in enumerate(rows)]
        return self.settle(name, "", base, fix, scheduled)

    def items(
        self, name: str, base: dict[str, Any], fix: dict[str, Any], scheduled: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Merge blocks or rows one by one, then put them in order."""
        settled = {
            key: self.settle(name, key, base.get(key, ABSENT), fix.get(key, ABSENT), scheduled.get(key, ABSENT))
            for key in {**base, **fix, **scheduled}
        }
        kept = {key: value for key, value in settled.items() if value is not ABSENT}
        base, fix, scheduled = ({key: None for key in side if key in kept} for side in (base, fix, scheduled))
        shared = self.order(name, kept, list(base), list(fix), list(scheduled))
        return [kept[key] for key in _with_the_rest(shared, fix, scheduled, kept)]

    def order(
        self, name: str, kept: dict[str, Any], base: list[str], fix: list[str], scheduled: list[str]
    ) -> list[str]:
        """What both sides have, in the order of the side that moved something."""
        by_fix, by_scheduled = _only(fix, scheduled), _only(scheduled, fix)
        if by_fix == by_scheduled:
            return by_fix
        known = [key for key in base if key in by_fix]
        fix_moved, scheduled_moved = _only(by_fix, known) != known, _only(by_scheduled, known) != known
        if fix_moved != scheduled_moved:
            return by_fix if fix_moved else by_scheduled
        orders = ([kept[key] for key in keys] for keys in (known, by_fix, by_scheduled))
        conflict = Conflict(name, ORDER, *orders)
        return by_fix if self.decide(conflict) == Side.FIX else by_scheduled

    def settle(self, name: str, key: str, base: Any, fix: Any, scheduled: Any) -> Any:
        """Take the version of the side that changed it; where both did, the one chosen."""
        said = [_comparable(value) for value in (base, fix, scheduled)]
        if said[1] in (said[0], said[2]):
            return scheduled
        if said[2] == said[0]:
            return fix
        return fix if self.decide(Conflict(name, key, base, fix, scheduled)) == Side.FIX else scheduled

    def decide(self, conflict: Conflict) -> Side:
        self.conflicts.append(conflict)
        return self.choices.get(conflict.name, Side.SCHEDULED)


def _with_the_rest(
    shared: list[str], fix: Iterable[str], scheduled: Iterable[str], kept: Mapping[str, Any]
) -> list[str]:
    """Put what only one side has after what it follows there. Two such runs at one place stand in a fixed order."""
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
        found = sorted((run for run in runs[place] if run), key=lambda run: _as_text(kept[run[0]]))
        ordered += [*([place] if place is not None else []), *(key for run in found for key in run)]
    return ordered


def _only(keys: Iterable[str], among: Iterable[str]) -> list[str]:
    wanted = set(among)
    return [key for key in keys if key in wanted]


def _blocks(stream: Any) -> dict[str, Content]:
    """The blocks of a body by their ids."""
    blocks = json.loads(stream) if isinstance(stream, str) and stream else stream or []
    return {block.get("id") or f"block {place}": block for place, block in enumerate(blocks)}


def _rows_by_name(names: tuple[str, ...], base: Any, fix: Any, scheduled: Any) -> list[dict[str, Content]]:
    """The rows of each side by a key that one row has on every side: those of the base first, then those added."""
    tellers = [
        lambda row: row.get("pk"),
        lambda row: _as_text([row.get(name) for name in names]) if names else None,
        _as_text,
    ]
    known = {f"row {place}": row for place, row in enumerate(_in_order(base))}
    by_fix, added_by_fix = _matched(known, _in_order(fix), tellers)
    by_scheduled, added_by_scheduled = _matched(known, _in_order(scheduled), tellers)
    added = {f"added {place}": row for place, row in enumerate(added_by_fix)}
    by_both, by_it_alone = _matched(added, added_by_scheduled, tellers)
    alone = {f"added {len(added) + place}": row for place, row in enumerate(by_it_alone)}
    return [
        known,
        _in_order_of(_in_order(fix), by_fix | added),
        _in_order_of(_in_order(scheduled), by_scheduled | by_both | alone),
    ]


def _matched(
    known: Mapping[str, Content], rows: list[Content], tellers: list[Callable[[Content], Any]]
) -> tuple[dict[str, Content], list[Content]]:
    """The rows that are one with a known row, by its key, and the others.

    Rows are one if they have the same number, or else the same fields that name them, or else say the same.
    """
    placed: dict[str, Content] = {}
    waiting = list(rows)
    for teller in tellers:
        for row in list(waiting):
            told = teller(row)
            same = (key for key, one in known.items() if key not in placed and teller(one) == told)
            if told is not None and (key := next(same, None)):
                placed[key] = row
                waiting.remove(row)
    return placed, waiting


def _in_order_of(rows: list[Content], keyed: Mapping[str, Content]) -> dict[str, Content]:
    places = {id(row): place for place, row in enumerate(rows)}
    return dict(sorted(keyed.items(), key=lambda item: places[id(item[1])]))


def _in_order(rows: Any) -> list[Content]:
    """The rows by their places. Those without a place stay where they are."""
    return sorted(rows or [], key=lambda row: row.get("sort_order") or 0)


def _said(name: str, value: Any, shape: Shape) -> Any:
    """What a field says, whatever the way it is written down."""
    if name in shape.streams:
        return _comparable(list(_blocks(value).values()))
    if name in shape.relations:
        return [_comparable(row) for row in _in_order(value)]
    return _comparable(value)


def _comparable(value: Any) -> Any:
    """A value without what editors cannot see."""
    if isinstance(value, str):
        return _BLOCK_KEY.sub("", value)
    if isinstance(value, list):
        return [_comparable(item) for item in value]
    if isinstance(value, dict):
        hidden = _NOT_SAID_BY_A_ROW if "pk" in value else frozenset()
        return {key: _comparable(item) for key, item in value.items() if key not in hidden}
    return value


def _as_text(value: Any) -> str:
    return json.dumps(_comparable(value), sort_keys=True, default=str)
