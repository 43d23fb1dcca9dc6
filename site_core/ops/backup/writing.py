"""Writes a backup: a ZIP file with a member for each table and each upload, and the manifest as the last one."""

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.utils import timezone

from site_core.chores.stored_files import names
from site_core.ops.backup import manifest as manifests
from site_core.ops.backup.compatibility import migrations_of_database, require_current
from site_core.ops.backup.counters import next_number
from site_core.ops.backup.encryption import encrypted
from site_core.ops.backup.error import BackupError
from site_core.ops.backup.manifest import Manifest, Media, Member, TableMember
from site_core.ops.backup.media import FOLDER, is_in_a_folder
from site_core.ops.backup.public_pages import digests, public_paths
from site_core.ops.backup.snapshot import snapshot
from site_core.ops.backup.tables import Table, lines, tables

_CHUNK = 1 << 20


def write_backup(file: Path, recipient: str = "") -> Manifest:
    """Write the backup of the site into a file that only its owner reads, and that appears once it is whole.

    Raises BackupError, and leaves nothing then.
    """
    require_current()
    try:
        with _appearing(file) as target, encrypted(target, recipient) if recipient else nullcontext(target) as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                manifest = _write(archive)
            # The system has it on the disk before it has the name of a backup.
            target.flush()
    except OSError as error:
        raise BackupError(f"The backup cannot be written to {file}: {error.strerror or error}.") from error
    except DatabaseError as error:
        raise BackupError(f"The database cannot be read: {str(error).strip()}") from error
    return manifest


@contextmanager
def _appearing(file: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name when the block ends without an error, and is gone otherwise."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def _write(archive: zipfile.ZipFile) -> Manifest:
    made_at = timezone.now().isoformat()
    with snapshot():
        pages, unreadable = digests(public_paths())
        written = tuple(_write_table(archive, table) for table in tables())
    manifest = Manifest(
        made_at=made_at,
        versions=manifests.versions(),
        migrations=migrations_of_database(),
        settings=manifests.settings_in_use(),
        tables=written,
        # After the rows: what a row names was there before it.
        media=_write_media(archive),
        pages=pages,
        unreadable=tuple(unreadable),
    )
    archive.writestr(manifests.NAME, manifest.to_json())
    return manifest


def _write_table(archive: zipfile.ZipFile, table: Table) -> TableMember:
    number = next_number(table.name, table.counter, connection) if table.counter else 0
    rows = 0

    def encoded() -> Iterator[bytes]:
        nonlocal rows
        for line in lines(table, connection):
            rows += 1
            yield line.encode()

    member = _write_member(archive, f"tables/{table.name}.jsonl", encoded(), zipfile.ZIP_DEFLATED)
    return TableMember(table.name, tuple(table.columns), rows, table.counter, number, member)


def _write_media(archive: zipfile.ZipFile) -> Media:
    if not is_in_a_folder():
        return Media((), tuple((name, default_storage.size(name)) for name in names()))
    members = []
    for name in names():
        try:
            opened = default_storage.open(name)
        except FileNotFoundError:
            # Deleted since it was listed.
            continue
        with opened:
            chunks = iter(lambda opened=opened: opened.read(_CHUNK), b"")  # type: ignore[misc]
            # Pictures and most documents are compressed as they are.
            members.append(_write_member(archive, FOLDER + name, chunks, zipfile.ZIP_STORED))
    return Media(tuple(members), ())


def _write_member(archive: zipfile.ZipFile, name: str, chunks: Iterable[bytes], compression: int) -> Member:
    described = zipfile.ZipInfo(name, timezone.now().timetuple()[:6])
    described.compress_type = compression
    described.external_attr = 0o600 << 16
    digest, size = hashlib.sha256(), 0
    with archive.open(described, "w", force_zip64=True) as member:
        for chunk in chunks:
            member.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return Member(name, size, digest.hexdigest())
