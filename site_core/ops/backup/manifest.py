"""The manifest: what is in a backup, so that a reader can tell whether it is whole and whether it fits."""

import json
import os
import platform
from dataclasses import asdict, dataclass
from typing import Any

import django
import wagtail
from django.db import connection

from site_core.ops.backup.columns import KINDS, Column
from site_core.page_cache.build_id import build_id
from site_core.settings.environment import BUCKET

NAME = "manifest.json"
FORMAT = "nnsc-site backup"
FORMAT_VERSION = 1
# What the site reads from its environment. None of it is in a backup.
SETTINGS = (
    *("DJANGO_SETTINGS_MODULE", "SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_URL", "DATABASE_URL", "EMAIL_URL"),
    *(
        "DEFAULT_FROM_EMAIL",
        "VERIFICATION_URL",
        "CDN_URL",
        "OUTGOING_REQUESTS",
        "PAGE_STORE_BYTES",
        "SENTRY_DSN",
        *BUCKET,
    ),
)


@dataclass(frozen=True)
class Member:
    """A file inside the backup: its size in bytes, and the SHA-256 of its bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class TableMember:
    """A table, whose rows are in a member. `next_number` is that of its `counter`, the column the database numbers."""

    table: str
    columns: tuple[Column, ...]
    rows: int
    counter: str
    next_number: int
    member: Member


@dataclass(frozen=True)
class Media:
    """Uploads: the members that hold them, or only the listing (name and size) of a bucket that keeps them."""

    members: tuple[Member, ...]
    listing: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Manifest:
    """`pages` has the digest of each public page, by its path, and `unreadable` the paths that answered an error."""

    made_at: str
    versions: dict[str, str]
    migrations: tuple[tuple[str, str], ...]
    settings: tuple[str, ...]
    tables: tuple[TableMember, ...]
    media: Media
    pages: dict[str, str]
    unreadable: tuple[str, ...]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    @property
    def members(self) -> list[Member]:
        return [*(table.member for table in self.tables), *self.media.members]

    def to_json(self) -> str:
        return json.dumps({"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(self)}, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Manifest | None":
        """None for the manifest of something else. Raises ValueError, TypeError or KeyError for a damaged one."""
        said: dict[str, Any] = json.loads(text)
        if not isinstance(said, dict) or (said.pop("format", ""), said.pop("format_version", 0)) != (
            FORMAT,
            FORMAT_VERSION,
        ):
            return None
        said["tables"] = tuple(_table(one) for one in said["tables"])
        said["media"] = Media(
            tuple(Member(**one) for one in said["media"]["members"]),
            tuple((name, size) for name, size in said["media"]["listing"]),
        )
        said["migrations"] = tuple((app, name) for app, name in said["migrations"])
        said |= {name: tuple(said[name]) for name in ("settings", "unreadable")}
        return cls(**said)


def _table(said: dict[str, Any]) -> TableMember:
    columns = tuple(Column(**one) for one in said["columns"])
    if unknown := {column.kind for column in columns} - KINDS.keys():
        raise ValueError(f"There are no {unknown}.")
    return TableMember(**said | {"columns": columns, "member": Member(**said["member"])})


def versions() -> dict[str, str]:
    return {
        "build": build_id(),
        "wagtail": wagtail.__version__,
        "django": django.get_version(),
        "python": platform.python_version(),
        "database": connection.vendor,
    }


def settings_in_use() -> tuple[str, ...]:
    """The names of the variables that this process was given, which a restored site needs as well."""
    return tuple(name for name in SETTINGS if os.environ.get(name) or os.environ.get(f"{name}_FILE"))
