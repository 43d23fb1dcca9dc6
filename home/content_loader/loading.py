"""Loads the whole content in one transaction."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Site

from home.content_loader.entries import ContentError, Entry
from home.content_loader.facts import without_facts
from home.content_loader.family import Family
from home.content_loader.organization import CrisisHelp, Organization, Redirects
from home.content_loader.pages import ComponentPages, InitiativePages, NewsItems, Pages, StrategyPages
from home.content_loader.promoted_results import PromotedResults
from home.content_loader.reading import read_sections
from home.content_loader.record import Record, Report
from home.content_loader.stats import Stats
from home.content_loader.terms import (
    ComponentTerms,
    InitiativeTerms,
    PlaceTerms,
    Publishers,
    StrategyTerms,
    Studies,
)

# In the order of loading: a family comes before the families that refer to it.
FAMILIES: tuple[type[Family], ...] = (
    PlaceTerms,
    InitiativeTerms,
    StrategyTerms,
    ComponentTerms,
    Publishers,
    Studies,
    Stats,
    Pages,
    StrategyPages,
    InitiativePages,
    ComponentPages,
    NewsItems,
    Organization,
    CrisisHelp,
    Redirects,
    PromotedResults,
)


def load_content(folder: Path) -> Report:
    """Load the content files of a folder. Keeps what an editor has changed or deleted since.

    Raises ContentError for files that cannot be loaded, and then loads none of them.
    """
    entries = read_entries(folder)
    try:
        with transaction.atomic():
            return _load(entries)
    finally:
        # The root page may have changed, or a rollback may have undone the change.
        Site.clear_site_root_paths_cache()


def _load(entries: dict[type[Family], list[Entry]]) -> Report:
    record = Record(entry for of_family in entries.values() for entry in of_family)
    families = [(family(record), of_family) for family, of_family in entries.items()]
    for family, of_family in families:
        for entry in family.in_order(of_family):
            if record.row_of(entry) is None:
                record.made[entry.key] = family.make(entry)
    for family, of_family in families:
        for entry in family.in_order(of_family):
            family.load(entry)
    return record.report


def read_entries(folder: Path) -> dict[type[Family], list[Entry]]:
    """Read and check every entry of every family. Raises ContentError for the first error."""
    files: dict[str, dict[str, Any]] = {}
    for name in dict.fromkeys(family.file for family in FAMILIES):
        files[name] = read_sections(folder / name)
        sections = [family.section for family in FAMILIES if family.file == name]
        for heading in files[name]:
            if heading not in sections:
                raise ContentError(f"{name}, “{heading}”: there is no such list. Use {', '.join(sections)}.")
    found = {family: list(entries_of(family, files[family.file].get(family.section, []))) for family in FAMILIES}
    _check_names(entry for entries in found.values() for entry in entries)
    return found


def entries_of(family: type[Family], values: list[dict[str, Any]]) -> Iterator[Entry]:
    """Yield the entries of one family. An entry without a name is named by its position."""
    for position, fields in enumerate(values, start=1):
        name = fields.get(family.name_field)
        named = name if isinstance(name, str) and name else f"{family.section} {position}"
        entry = Entry(family.file, family.name, named, position, without_facts(fields))
        entry.check(family.shape)
        yield entry


def _check_names(entries: Iterator[Entry]) -> None:
    """Raise ContentError for a name that two entries of a family have."""
    names_in: dict[str, list[str]] = {}
    for entry in entries:
        same_family = names_in.setdefault(entry.family, [])
        if entry.name.casefold() in same_family:
            raise entry.error("name", f"another {entry.family} has it already.")
        same_family.append(entry.name.casefold())
