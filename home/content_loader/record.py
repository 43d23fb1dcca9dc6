"""What was loaded before, what is being loaded now, and what the loader says about it in the end."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from home.content_loader.digests import object_digest
from home.content_loader.entries import Entry, key_of
from home.loaded_entry import LoadedEntry


def name_of(target: models.Model) -> str:
    """How a message names an object: news item “Headline”."""
    return f"{target._meta.verbose_name} “{target}”"


@dataclass
class Report:
    """What became of the entries."""

    loaded: int = 0
    updated: int = 0
    unchanged: int = 0
    left: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        return [
            f"Loaded {self.loaded}, updated {self.updated}, unchanged {self.unchanged}.",
            *(f"Left as an editor changed it: {name}." for name in self.left),
            *(f"Left out because an editor deleted it: {name}." for name in self.deleted),
        ]


class Record:
    """The objects behind the entries: those memoized from earlier runs, and those made in this one."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.report = Report()
        self._keys = {entry.key for entry in entries}
        self._rows = {row.key: row for row in LoadedEntry.objects.all()}
        self._made: dict[str, Any] = {}

    def row_of(self, entry: Entry) -> LoadedEntry | None:
        """What is memoized of an entry that was loaded before."""
        return self._rows.get(entry.key)

    def note_made(self, entry: Entry, target: Any) -> None:
        self._made[entry.key] = target

    def made_for(self, entry: Entry) -> Any:
        return self._made[entry.key]

    def object_of(self, row: LoadedEntry) -> Any | None:
        """The object that an entry became, or None if an editor has deleted it since."""
        return apps.get_model(row.model)._default_manager.filter(pk=row.object_id).first()

    def find(self, entry: Entry, field: str, family: str, name: str) -> Any | None:
        """The object that `entry` names in `field`; None if an editor has deleted it.

        Raises ContentError if the files hold no entry of that name, or only further down.
        """
        key = key_of(family, name)
        if key in self._made:
            if self._made[key].pk is None:
                raise entry.error(field, f"“{name}” must stand above the entry that names it.")
            return self._made[key]
        if row := self._rows.get(key):
            return self.object_of(row)
        known = sorted(found.partition("/")[2] for found in self._keys if found.startswith(key_of(family, "")))
        raise entry.error(field, f"there is no {family} “{name}” in these files, only {', '.join(known)}.")

    def remember(self, entry: Entry, target: models.Model) -> None:
        """Note how the entry and its object stand now, to tell later what has changed."""
        stored = type(target)._default_manager.get(pk=target.pk)
        self._rows[entry.key], _ = LoadedEntry.objects.update_or_create(
            key=entry.key,
            defaults={
                "model": target._meta.label_lower,
                "object_id": target.pk,
                "entry_digest": entry.digest,
                "object_digest": object_digest(stored),
            },
        )
