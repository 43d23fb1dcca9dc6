"""Family: the base class of the kinds of entries, which makes an object of each entry."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from django.db import models

from home.content_loader.digests import object_digest
from home.content_loader.entries import Entry, Refers, Shape
from home.content_loader.record import Record, name_of

Part = TypeVar("Part", bound=models.Model)


class Family:
    """Entries of one kind. A subclass declares their place in the files, their fields and their model."""

    # The name of the family in references and messages, its list in the files, and the field with an entry's name.
    name: ClassVar[str]
    file: ClassVar[str]
    section: ClassVar[str]
    name_field: ClassVar[str] = "name"
    shape: ClassVar[Shape]
    model: ClassVar[type[models.Model]]
    # Whether objects are made and published from the last entry to the first.
    reversed_order: ClassVar[bool] = False

    def __init__(self, record: Record) -> None:
        self.record = record

    def in_order(self, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Return the entries in the order of loading."""
        return entries[::-1] if self.reversed_order else entries

    def make(self, entry: Entry) -> models.Model:
        """Return a new, empty object for an entry. If it is saved, other entries may refer to it already."""
        return self.model()

    def is_free(self, target: models.Model) -> bool:
        """Whether a made object may be filled: False if it existed already and an editor has changed it."""
        return True

    def fill(self, target: Any, entry: Entry) -> None:
        """Set the fields of the object. A field that the entry lacks gets the model's default."""
        self.fill_fields(target, entry, entry.values, self.shape)

    def save(self, target: models.Model, entry: Entry) -> None:
        """Validate and save the object. Raises ValidationError."""
        target.full_clean()
        target.save()

    def load(self, entry: Entry) -> None:
        """Load or update the object of the entry, or leave it as it is."""
        report, row = self.record.report, self.record.row_of(entry)
        target = self.record.object_of(row) if row else self.record.made[entry.key]
        if target is None:
            report.deleted.append(f"{self.name} “{entry.name}”")
        elif not (object_digest(target) == row.object_digest if row else self.is_free(target)):
            report.left.append(name_of(target))
        elif row and row.entry_digest == entry.digest:
            report.unchanged += 1
        else:
            self.fill(target, entry)
            with entry.validation_errors():
                self.save(target, entry)
            self.record.store(entry, target)
            report.loaded, report.updated = report.loaded + (not row), report.updated + bool(row)

    def parts(self, model: type[Part], shape: Shape, entry: Entry, field: str, parent: str) -> list[Part]:
        """Return the children of an object from a list of the entry, in its order. `parent` is their field for it."""
        parts = []
        for position, values in enumerate(entry.values.get(field, []), start=1):
            where = f"{field} {position}, "
            entry.check_part(values, shape, where)
            part = model(sort_order=position)
            self.fill_fields(part, entry, values, shape, where)
            with entry.validation_errors(where):
                part.full_clean(exclude=[parent])
            parts.append(part)
        return parts

    def fill_fields(self, target: Any, entry: Entry, values: Mapping[str, Any], shape: Shape, where: str = "") -> None:
        """Set the fields of a shape with a single value. The family sets those with lists."""
        for field, kind in shape.fields.items():
            if isinstance(kind, Refers):
                name = values.get(field)
                found = self.record.find(entry, f"{where}{field}", kind.family, name) if name else None
                try:
                    setattr(target, field, found)
                except ValueError:
                    raise entry.error(f"{where}{field}", f"“{name}” is of another kind.") from None
            elif isinstance(kind, type):
                value = values.get(field, default_of(target, field))
                check_length(target, entry, f"{where}{field}", field, value)
                setattr(target, field, Decimal(str(value)) if type(value) is float else value)


def default_of(target: models.Model, field: str) -> object:
    """Return the value of the field in a new object."""
    return target._meta.get_field(field).get_default()  # type: ignore[union-attr]


def check_length(target: models.Model, entry: Entry, where: str, field: str, value: object) -> None:
    """Raise ContentError for a text that is too long. A model does not validate the length of a TextField."""
    max_length = getattr(target._meta.get_field(field), "max_length", None)
    if max_length and isinstance(value, str) and len(value) > max_length:
        raise entry.error(where, f"has {len(value)} characters, and {max_length} are the most. Shorten it.")


def publish(target: Any) -> None:
    """Publish a saved object by a revision, as the admin does."""
    target.save_revision().publish()
