"""The content files as entries: read, and checked for what they may hold before anything is made of them."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class ContentError(Exception):
    """A content file that cannot be loaded, in one sentence that names file, entry and field."""


@dataclass(frozen=True)
class Refers:
    """In a shape: a field that names an entry of another family, such as a place."""

    family: str


@dataclass(frozen=True)
class Shape:
    """What an entry may hold: each field with its type, and the fields that must be there.

    A type is `str`, `int`, `float` (any number), `bool`, `date`, `dict` or `Refers(…)`; a list is written `[str]`.
    """

    fields: Mapping[str, Any]
    required: tuple[str, ...] = ()


def key_of(family: str, name: str) -> str:
    """What an entry is memoized by."""
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
        """The same for the same values, whatever their order in the file."""
        text = json.dumps(self.values, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def error(self, field: str, message: str) -> ContentError:
        return ContentError(f"{self.file}, entry “{self.name}”, field “{field}”: {message}")

    def check(self, shape: Shape) -> None:
        """Raises ContentError for a field that is unknown, missing or of another type."""
        self.check_part(self.values, shape, "")

    def check_part(self, values: dict[str, Any], shape: Shape, where: str) -> None:
        """As `check`, for a part of the entry; `where` stands before the field's name in messages."""
        for field, value in values.items():
            if field not in shape.fields:
                raise self.error(f"{where}{field}", f"there is no such field. Use {', '.join(shape.fields)}.")
            if not is_a(value, shape.fields[field]):
                raise self.error(f"{where}{field}", f"must be {words_for(shape.fields[field])}.")
        for field in shape.required:
            if field not in values:
                raise self.error(f"{where}{field}", "is missing.")

    @contextmanager
    def naming_errors(self, where: str = "") -> Iterator[None]:
        """What a model refuses comes out as a ContentError that names this entry and the field."""
        try:
            yield
        except ValidationError as error:
            field, message = first_error(error)
            raise self.error(f"{where}{field}", message) from error


def first_error(error: ValidationError) -> tuple[str, str]:
    """The first field that a model refused, and why."""
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
    """A type in the words of a message."""
    if isinstance(kind, list):
        return "a list"
    return "a name" if isinstance(kind, Refers) else _WORDS[kind]


def is_a(value: Any, kind: Any) -> bool:
    """Whether a value read from a file is of a type that a shape names."""
    if isinstance(kind, Refers):
        return type(value) is str
    if isinstance(kind, list):
        return isinstance(value, list) and all(is_a(item, kind[0]) for item in value)
    if kind is float:
        return type(value) in (int, float)
    return type(value) is kind
