"""Backups that somebody changed."""

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from site_core.ops.backup import manifest as manifests
from site_core.ops.backup.columns import Column
from site_core.ops.backup.manifest import Manifest, Media, Member, TableMember

ROWS = b'[1,"one"]\n[2,null]\n'


def manifest_of(file: Path) -> Manifest:
    with zipfile.ZipFile(file) as archive:
        manifest = Manifest.from_json(archive.read(manifests.NAME).decode())
    assert manifest
    return manifest


def small_backup(file: Path, **changes: Any) -> Manifest:
    """Write a backup of one table and one upload. `changes` are attributes of its manifest."""
    rows = Member("tables/example.jsonl", len(ROWS), sha256(ROWS).hexdigest())
    upload = Member("media/a.txt", 5, sha256(b"hello").hexdigest())
    columns = (Column("id", "integer"), Column("name", "text"))
    manifest = Manifest(
        made_at="2026-12-01T00:00:00+00:00",
        versions={},
        migrations=(),
        settings=("SECRET_KEY",),
        tables=(TableMember("example", columns, 2, "id", 8, rows),),
        media=Media((upload,), ()),
        pages={"/": "0" * 64},
        unreadable=(),
    )
    manifest = replace(manifest, **changes)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(rows.name, ROWS)
        archive.writestr(upload.name, b"hello")
        archive.writestr(manifests.NAME, manifest.to_json())
    return manifest


@contextmanager
def edited(file: Path) -> Iterator[tuple[dict[str, Any], dict[str, bytes]]]:
    """The manifest and the members, by name, to be changed in the block and written again at its end."""
    with zipfile.ZipFile(file) as archive:
        said = json.loads(archive.read(manifests.NAME))
        parts = {name: archive.read(name) for name in archive.namelist()}
    yield said, parts
    parts[manifests.NAME] = json.dumps(said).encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def change_rows(file: Path, table: str, change: Callable[[list[Any]], list[Any]]) -> None:
    """Change every row of a table, with hashes that fit: what only a comparison of pages can find."""
    with edited(file) as (said, parts):
        described = next(one for one in said["tables"] if one["table"] == table)
        name = described["member"]["name"]
        rows = [change(json.loads(line)) for line in parts[name].splitlines()]
        parts[name] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
        described["member"] = asdict(Member(name, len(parts[name]), sha256(parts[name]).hexdigest()))


def make_earlier(file: Path, table: str, migration: tuple[str, str]) -> None:
    """Make it the backup of the version before a table came, by its first migration."""
    with edited(file) as (said, parts):
        described = next(one for one in said["tables"] if one["table"] == table)
        said["tables"].remove(described)
        said["migrations"].remove([*migration])
        del parts[described["member"]["name"]]


def rows_of(file: Path) -> dict[str, list[list[Any]]]:
    """The rows of every table. JSON is parsed: PostgreSQL keeps it in another order."""
    found: dict[str, list[list[Any]]] = {}
    with zipfile.ZipFile(file) as archive:
        for table in manifest_of(file).tables:
            is_json = [column.kind == "json" for column in table.columns]
            lines = archive.read(table.member.name).splitlines()
            found[table.table] = [
                [
                    json.loads(value) if parse and value is not None else value
                    for parse, value in zip(is_json, json.loads(line), strict=True)
                ]
                for line in lines
            ]
    return found
