"""Entries of the content files, and the validation of their fields."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class ContentError(Exception):
    """The reason why a content file cannot be loaded: one sentence with the file, the entry and the field."""


@dataclass(frozen=True)
class Refers:
    """The type of a field that names an entry of another family, such as a place."""

    family: str


@dataclass(frozen=True)
class Shape:
    """The fields of an entry with their types, and the required fields.

    A type is `str`, `int`, `float` (any number), `bool`, `date`, `dict` or `Refers(…)`; a list is written `[str]`.
    """

    fields: Mapping[str, Any]
    required: tuple[str, ...] = ()


def key_of(family: str, name: str) -> str:
    """Return the key under which an entry is recorded."""
    return f"{family}/{name}"


@dataclass(frozen=True)
class Entry:
    """One entry of a content file. `position` counts from 1 within its list."""

    file: str
    family: str
    name: str
    position: int
    values: dict[str, Any]

    @property
    def key(self) -> str:
        return key_of(self.family, self.name)

    @property
    def digest(self) -> str:
        """A digest of the values, regardless of the order of the fields."""
        text = json.dumps(self.values, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def error(self, field: str, message: str) -> ContentError:
        return ContentError(f"{self.file}, entry “{self.name}”, field “{field}”: {message}")

    def check(self, shape: Shape) -> None:
        """Raise ContentError for a field that is unknown, missing or of another type."""
        self.check_part(self.values, shape, "")

    def check_part(self, values: dict[str, Any], shape: Shape, where: str) -> None:
        """Check a part of the entry. In messages, `where` precedes the name of the field."""
        for field, value in values.items():
            if field not in shape.fields:
                raise self.error(f"{where}{field}", f"there is no such field. Use {', '.join(shape.fields)}.")
            if not is_a(value, shape.fields[field]):
                raise self.error(f"{where}{field}", f"must be {words_for(shape.fields[field])}.")
        for field in shape.required:
            if field not in values:
                raise self.error(f"{where}{field}", "is missing.")

    @contextmanager
    def validation_errors(self, where: str = "") -> Iterator[None]:
        """Turn a ValidationError of a model into a ContentError with this entry and the field."""
        try:
            yield
        except ValidationError as error:
            field, message = first_error(error)
            raise self.error(f"{where}{field}", message) from error


def first_error(error: ValidationError) -> tuple[str, str]:
    """Return the field and the message of the first error."""
    if not hasattr(error, "error_dict"):
        return "whole entry", error.messages[0]
    field, messages = next(iter(error.message_dict.items()))
    return "whole entry" if field == NON_FIELD_ERRORS else field, messages[0]


_WORDS = {
    str: "text (put it in quotation marks)",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date such as 2016-09-19",
    dict: "fields with values",
}


def words_for(kind: Any) -> str:
    """Return the words for a type in a message."""
    if isinstance(kind, list):
        return "a list"
    return "a name" if isinstance(kind, Refers) else _WORDS[kind]


def is_a(value: object, kind: object) -> bool:
    """Whether a value from a file is of a type in a shape."""
    if isinstance(kind, Refers):
        return type(value) is str
    if isinstance(kind, list):
        return isinstance(value, list) and all(is_a(item, kind[0]) for item in value)
    if kind is float:
        return type(value) in (int, float)
    return type(value) is kind
