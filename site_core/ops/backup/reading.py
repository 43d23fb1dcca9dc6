"""Opens a backup and proves that it is whole, before anything is done with it."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from site_core.ops.backup import manifest as manifests
from site_core.ops.backup.encryption import is_encrypted
from site_core.ops.backup.error import BackupError
from site_core.ops.backup.manifest import Manifest, Member, TableMember
from site_core.ops.backup.media import FOLDER

_CHUNK = 1 << 20
# What zipfile raises for a damaged file, depending on where it is damaged.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
_DAMAGED_MANIFEST = (ValueError, TypeError, KeyError)


@dataclass(frozen=True)
class Backup:
    """An opened backup, which has been proved."""

    manifest: Manifest
    archive: zipfile.ZipFile

    def rows(self, table: TableMember) -> Iterator[list[Any]]:
        """The rows of a table, each with a value for each column."""
        with self.archive.open(table.member.name) as member:
            for line in member:
                yield json.loads(line)

    def upload(self, name: str) -> IO[bytes]:
        """An upload, by its name in the storage."""
        return self.archive.open(FOLDER + name)

    @property
    def uploads(self) -> dict[str, str]:
        """The SHA-256 of each upload, by its name in the storage."""
        return {member.name.removeprefix(FOLDER): member.sha256 for member in self.manifest.media.members}


@contextmanager
def opened(file: Path) -> Iterator[Backup]:
    """A backup that is whole. Raises BackupError for every other file, in one sentence."""
    if not file.is_file():
        raise BackupError(f"There is no file {file}.")
    if is_encrypted(file):
        raise BackupError(f"{file} is encrypted: decrypt it first, with “age --decrypt” or “gpg --decrypt”.")
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGED as error:
        # The directory of a ZIP file is at its end.
        with file.open("rb") as beginning:
            is_cut = beginning.read(4) == b"PK\x03\x04"
        raise _damaged(file, "its end is missing") if is_cut else _foreign(file) from error
    with archive:
        manifest = _manifest(file, archive)
        _prove(file, archive, manifest)
        yield Backup(manifest, archive)


def _manifest(file: Path, archive: zipfile.ZipFile) -> Manifest:
    if manifests.NAME not in archive.namelist():
        raise _foreign(file)
    try:
        manifest = Manifest.from_json(archive.read(manifests.NAME).decode())
    except (*_DAMAGED, *_DAMAGED_MANIFEST) as error:
        raise _damaged(file, "its manifest cannot be read") from error
    if manifest is None:
        raise _foreign(file)
    return manifest


def _prove(file: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    if sorted(archive.namelist()) != sorted([manifests.NAME, *(member.name for member in manifest.members)]):
        raise _damaged(file, "it holds other parts than its manifest says")
    rows = {table.member.name: table.rows for table in manifest.tables}
    for member in manifest.members:
        try:
            found, lines = _read(archive, member.name)
        except _DAMAGED as error:
            raise _damaged(file, f"{member.name} cannot be read") from error
        if found != member or lines != rows.get(member.name, lines):
            raise _damaged(file, f"{member.name} is not what the manifest says")


def _read(archive: zipfile.ZipFile, name: str) -> tuple[Member, int]:
    """A member as it is, and how many lines it has."""
    digest, size, lines = hashlib.sha256(), 0, 0
    with archive.open(name) as opened:
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            lines += chunk.count(b"\n")
    return Member(name, size, digest.hexdigest()), lines


def _damaged(file: Path, how: str) -> BackupError:
    return BackupError(f"{file} is damaged: {how}. Nothing was changed.")


def _foreign(file: Path) -> BackupError:
    return BackupError(f"{file} is not a backup of this site that this version can read. Nothing was changed.")
