"""The record of the objects that were loaded before or are being loaded, and the report."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models

from home.content_loader.digests import object_digest
from home.content_loader.entries import Entry, key_of
from home.loaded_entry import LoadedEntry


def name_of(target: models.Model) -> str:
    """Return the name of an object in messages: news item “Headline”."""
    return f"{target._meta.verbose_name} “{target}”"


@dataclass
class Report:
    """The outcome for each entry."""

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
    """The objects of the entries: those of earlier runs, from the database, and those made in this run."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.report = Report()
        self._keys = {entry.key for entry in entries}
        self._rows = {row.key: row for row in LoadedEntry.objects.all()}
        # The objects made in this run, by the keys of their entries.
        self.made: dict[str, models.Model] = {}

    def row_of(self, entry: Entry) -> LoadedEntry | None:
        """Return the row of an entry that was loaded before."""
        return self._rows.get(entry.key)

    def object_of(self, row: LoadedEntry) -> models.Model | None:
        """Return the object of an entry, or None if an editor has deleted it since."""
        return apps.get_model(row.model)._default_manager.filter(pk=row.object_id).first()

    def find(self, entry: Entry, field: str, family: str, name: str) -> models.Model | None:
        """Return the object that `entry` names in `field`, or None if an editor has deleted it.

        Raises ContentError if no entry has the name, or only one further down.
        """
        key = key_of(family, name)
        if key in self.made:
            if self.made[key].pk is None:
                raise entry.error(field, f"“{name}” must come before the entry that names it.")
            return self.made[key]
        if row := self._rows.get(key):
            return self.object_of(row)
        known = sorted(found.partition("/")[2] for found in self._keys if found.startswith(key_of(family, "")))
        raise entry.error(field, f"there is no {family} “{name}” in these files, only {', '.join(known)}.")

    def store(self, entry: Entry, target: models.Model) -> None:
        """Store the digests of the entry and its object, to recognize later changes."""
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
