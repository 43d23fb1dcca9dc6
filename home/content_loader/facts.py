"""The recorded facts, and the entries of the content that state them.

`facts.yaml` lists each fact with an id. An entry, or a part of one, names those it tells under `facts`. The loader
ignores these names, so they change no digest.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from home.content_loader.entries import ContentError
from home.content_loader.reading import read_sections

FACTS_FILE = "facts.yaml"
_KEY = "facts"


def without_facts(values: Any) -> Any:
    """Return the values of an entry without the ids of facts, at any depth."""
    if isinstance(values, dict):
        return {name: without_facts(value) for name, value in values.items() if name != _KEY}
    return [without_facts(value) for value in values] if isinstance(values, list) else values


def untold_facts(folder: Path) -> dict[str, str]:
    """Return the facts that no entry of a content folder tells, by id.

    Raises ContentError for an entry that names a fact that is not on record, and for a file that cannot be read.
    """
    record = {entry["id"]: entry["fact"] for entry in read_sections(folder / FACTS_FILE)["facts"]}
    untold = dict(record)
    for file in sorted(folder.glob("*.yaml")):
        if file.name == FACTS_FILE:
            continue
        for fact in facts_of(read_sections(file)):
            if fact not in record:
                raise ContentError(f"{file.name}: there is no fact “{fact}” in {FACTS_FILE}.")
            untold.pop(fact, None)
    return untold


def facts_of(values: Any) -> Iterator[str]:
    """Yield the ids of the facts that entries name, at any depth."""
    if isinstance(values, dict):
        yield from values.get(_KEY, [])
        values = list(values.values())
    if isinstance(values, list):
        for value in values:
            yield from facts_of(value)
