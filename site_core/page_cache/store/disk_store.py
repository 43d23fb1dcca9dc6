"""The stored pages on disk, each in a file of its own, so that a restarted process starts with them."""

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path

from site_core.page_cache.store.request_key import Key
from site_core.page_cache.store.stored_page import StoredPage

# The budget of the disk is this many times that of the memory.
TIMES_THE_MEMORY = 16
# A file of another format version is ignored.
FORMAT_VERSION = 2


class DiskStore:
    """A folder of pages, which all processes of a machine read and write."""

    def __init__(self, folder: Path, build_id: str, budget: int) -> None:
        """`build_id` identifies the code that renders. Pages of another build are out of date, but can be served."""
        self.folder = folder
        self.build_id = build_id
        self.budget = budget

    def read(self, key: Key) -> StoredPage | None:
        """The page, or None if there is none or its file cannot be read."""
        try:
            with self._file(key).open("rb") as file:
                head = json.loads(file.readline())
                if head["format"] != FORMAT_VERSION or head["key"] != list(key):
                    return None
                bodies = {encoding: file.read(length) for encoding, length in head["lengths"].items()}
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if any(len(body) != head["lengths"][encoding] for encoding, body in bodies.items()):
            return None
        return StoredPage(
            status=head["status"],
            headers=[(name, value) for name, value in head["headers"]],
            bodies=bodies,
            generation=head["generation"] if head["build_id"] == self.build_id else -1,
            made_at=head["made_at"],
            modified=head["modified"],
        )

    def write(self, key: Key, page: StoredPage) -> None:
        """Writes the page atomically. Raises OSError if the disk is full or read-only."""
        head = {
            "format": FORMAT_VERSION,
            "key": key,
            "build_id": self.build_id,
            "status": page.status,
            "headers": page.headers,
            "generation": page.generation,
            "made_at": page.made_at,
            "modified": page.modified,
            "lengths": {encoding: len(body) for encoding, body in page.bodies.items()},
        }
        file = self._file(key)
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=file.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as writer:
                writer.write(json.dumps(head).encode() + b"\n")
                writer.writelines(page.bodies.values())
            Path(unfinished).replace(file)
        except OSError:
            Path(unfinished).unlink(missing_ok=True)
            raise

    def remove(self, key: Key) -> None:
        """Removes the page if there is one."""
        self._file(key).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Removes the oldest pages if all together exceed the budget."""
        found = []
        for file in self.folder.glob("??/*"):
            with contextlib.suppress(FileNotFoundError):
                stat = file.stat()
                found.append((stat.st_mtime, stat.st_size, file))
        surplus = sum(size for _, size, _ in found) - self.budget
        for _, size, file in sorted(found):
            if surplus <= 0:
                return
            file.unlink(missing_ok=True)
            surplus -= size

    def _file(self, key: Key) -> Path:
        name = hashlib.sha256("\n".join(key).encode("utf-8", "surrogateescape")).hexdigest()
        return self.folder / name[:2] / name[2:]
