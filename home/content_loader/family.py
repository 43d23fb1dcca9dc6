"""What the families of entries have in common: how one entry becomes an object, once."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models

from home.content_loader.digests import object_digest
from home.content_loader.entries import Entry, Refers, Shape
from home.content_loader.record import Record, name_of


class Family:
    """Entries of one kind. A subclass says where they stand, what they may hold and what they become."""

    # What references and messages call an entry, its list in the files, and the field that names an entry.
    name: ClassVar[str]
    file: ClassVar[str]
    section: ClassVar[str]
    name_field: ClassVar[str] = "name"
    shape: ClassVar[Shape]
    model: ClassVar[Any]
    # Whether the last entry is made first.
    from_the_end: ClassVar[bool] = False

    def __init__(self, record: Record) -> None:
        self.record = record

    def make(self, entry: Entry) -> Any:
        """A new object for an entry, before anything is filled in. Others may already refer to a saved one."""
        return self.model()

    def is_free(self, target: Any) -> bool:
        """Whether a new object may be filled: False if it is there already and an editor has used it."""
        return True

    def fill(self, target: Any, entry: Entry) -> None:
        """Give the object what the entry holds. What it does not hold goes back to the model's default."""
        self.fill_fields(target, entry, entry.values, self.shape)

    def save(self, target: Any, entry: Entry) -> None:
        """Check and store the object. Raises ValidationError."""
        target.full_clean()
        target.save()

    def settle(self, entry: Entry) -> None:
        """Load, update or leave what the entry stands for."""
        report, row = self.record.report, self.record.row_of(entry)
        target = self.record.object_of(row) if row else self.record.made_for(entry)
        if target is None:
            report.deleted.append(f"{self.name} “{entry.name}”")
        elif not (object_digest(target) == row.object_digest if row else self.is_free(target)):
            report.left.append(name_of(target))
        elif row and row.entry_digest == entry.digest:
            report.unchanged += 1
        else:
            self.fill(target, entry)
            with entry.naming_errors():
                self.save(target, entry)
            self.record.remember(entry, target)
            report.loaded, report.updated = report.loaded + (not row), report.updated + bool(row)

    def fill_fields(self, target: Any, entry: Entry, values: Mapping[str, Any], shape: Shape, where: str = "") -> None:
        """Fill the fields of a shape that hold one value each; fields with lists are up to the family."""
        for field, kind in shape.fields.items():
            if isinstance(kind, Refers):
                name = values.get(field)
                setattr(target, field, self.record.find(entry, f"{where}{field}", kind.family, name) if name else None)
            elif isinstance(kind, type):
                value = values.get(field, default_of(target, field))
                check_length(target, entry, f"{where}{field}", field, value)
                setattr(target, field, Decimal(str(value)) if type(value) is float else value)


def default_of(target: models.Model, field: str) -> Any:
    """What the field holds in a new object."""
    return target._meta.get_field(field).get_default()  # type: ignore[union-attr]


def check_length(target: models.Model, entry: Entry, where: str, field: str, value: Any) -> None:
    """Refuse long text that the admin would refuse: a model's own check leaves the length of a TextField alone."""
    longest = getattr(target._meta.get_field(field), "max_length", None)
    if longest and isinstance(value, str) and len(value) > longest:
        raise entry.error(where, f"has {len(value)} characters, and {longest} are the most. Shorten it.")


def publish(target: Any) -> None:
    """Make a stored object public the way the admin does: by a revision, so that it has a live one."""
    target.save_revision().publish()
