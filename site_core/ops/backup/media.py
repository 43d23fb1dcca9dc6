"""Uploads in a backup, and their way back.

A restore puts what it lacks beside the files that are there, then commits, and only then replaces and deletes. So
until the commit the site that was there has every file it had.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage

from site_core.chores.stored_files import names
from site_core.ops.backup.error import BackupError

FOLDER = "media/"
STAGED = ".staged"
_CHUNK = 1 << 20


def is_in_a_folder() -> bool:
    """Whether uploads are files of this machine, and not in a bucket."""
    return isinstance(default_storage, FileSystemStorage)


class MediaRestore:
    """The uploads of a backup, by name, brought back in three steps around the commit of the database."""

    def __init__(self, digests: dict[str, str], *, replaces: bool) -> None:
        """`digests` has the SHA-256 of each. With `replaces`, the uploads that the backup has not are deleted."""
        self._digests = digests
        self._replaces = replaces
        self._root = Path(default_storage.path("")).resolve() if is_in_a_folder() else None
        self._staged = self._root.with_name(self._root.name + STAGED) if self._root else None

    def stage(self, opened: Callable[[str], IO[bytes]]) -> None:
        """Unpack beside the uploads what is not among them as it is. A bucket gets what it has not."""
        if not self._root or not self._staged:
            for name in self._digests:
                _add_to_bucket(name, opened)
            return
        shutil.rmtree(self._staged, ignore_errors=True)
        for name, digest in self._digests.items():
            if _digest(_inside(self._root, name)) != digest:
                target = _inside(self._staged, name)
                target.parent.mkdir(parents=True, exist_ok=True)
                with opened(name) as source, target.open("wb") as file:
                    shutil.copyfileobj(source, file, _CHUNK)

    def add(self) -> None:
        """Before the commit: put in place what takes no other file's place."""
        for staged, target in self._waiting():
            if not target.exists():
                _move(staged, target)

    def finish(self) -> None:
        """After the commit: replace what differs, and delete what the backup has not."""
        for staged, target in self._waiting():
            _move(staged, target)
        if self._staged:
            shutil.rmtree(self._staged, ignore_errors=True)
        if self._root and self._replaces:
            for name in list(names()):
                if name not in self._digests:
                    default_storage.delete(name)

    def _waiting(self) -> Iterator[tuple[Path, Path]]:
        """The staged files, each with its place."""
        if not self._root or not self._staged or not self._staged.exists():
            return
        for staged in [file for file in self._staged.rglob("*") if file.is_file()]:
            yield staged, self._root / staged.relative_to(self._staged)


def missing(listing: tuple[tuple[str, int], ...]) -> list[str]:
    """The names of a listing that are not among the uploads."""
    return [name for name, _ in listing if not default_storage.exists(name)]


def _add_to_bucket(name: str, opened: Callable[[str], IO[bytes]]) -> None:
    if not default_storage.exists(name):
        with opened(name) as source:
            default_storage.save(name, File(source))


def _move(staged: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    mode = default_storage.file_permissions_mode if isinstance(default_storage, FileSystemStorage) else None
    if mode is not None:
        staged.chmod(mode)
    staged.replace(target)


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise BackupError(f"The backup names an upload outside of its folder: {name}.")
    return path


def _digest(file: Path) -> str:
    if not file.is_file():
        return ""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
