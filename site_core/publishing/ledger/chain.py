"""The chain of the ledger: each row has a digest of itself together with the row before it.

Changing, deleting or inserting a row breaks the chain from there on. Each part of a row is digested by itself with
a salt of its own, so that personal data can be erased: its digest stays, and without the salt nobody can guess what it
was the digest of.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_hex
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder

# What may hold personal data. Each field of the content is a part as well, as “content.title”.
TEXTS = ("title", "path", "references", "by", "note")
CONTENT = "content."
# The name under which a row that nobody has redacted holds one salt for all parts.
ALL = ""
# Made once, because a row takes a hundred digests.
_ENCODER = DjangoJSONEncoder(sort_keys=True)


class ChainedRow(Protocol):
    """A row of the ledger, stored or about to be."""

    at: datetime
    model_label: str
    object_id: str
    is_public: bool
    content: dict[str, Any] | None
    revision_id: int | None
    cause: str
    user_id: int | None
    salts: dict[str, str]
    erased: dict[str, str]


def new_salts() -> dict[str, str]:
    return {ALL: token_hex(16)}


def parts_of(row: ChainedRow) -> dict[str, object]:
    """What is still in the row, by the name of the part."""
    parts = {name: getattr(row, name) for name in TEXTS}
    parts |= {f"{CONTENT}{name}": value for name, value in (row.content or {}).items()}
    return {name: value for name, value in parts.items() if name not in row.erased}


def salt_of(salts: Mapping[str, str], part: str) -> str:
    """The salt of a part, "" if it has none."""
    return _digest(salts[ALL], part) if ALL in salts else salts.get(part, "")


def digests_of(row: ChainedRow) -> dict[str, str]:
    """The digest of each part, erased ones included."""
    parts = {name: _digest(salt_of(row.salts, name), value) for name, value in parts_of(row).items()}
    return parts | row.erased


def chained(before: str, row: ChainedRow) -> str:
    """The link of a row that follows the link `before`, "" for the first row."""
    certain = {
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "object": [row.model_label, row.object_id],
        "is_public": row.is_public,
        "has_content": row.content is not None,
        "revision_id": row.revision_id,
        "cause": str(row.cause),
        "user_id": row.user_id,
    }
    return _digest(before, [certain, digests_of(row)])


def _digest(salt: str, value: object) -> str:
    return sha256(f"{salt}\n{_ENCODER.encode(value)}".encode()).hexdigest()
