"""The stored pages on disk, each in a file of its own, so that a restarted process starts with them."""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from stat import S_ISDIR
from typing import IO, Any

from site_core.page_cache import faults
from site_core.page_cache.store.request_key import Key
from site_core.page_cache.store.stored_page import StoredPage

# The budget of the disk is this many times that of the memory.
TIMES_THE_MEMORY = 16
# The share of the budget that a process fills before it tidies, and the share that tidying leaves free. Together the
# processes of a machine write less meanwhile than is free.
SHARE_BETWEEN_TIDYINGS, SHARE_LEFT_FREE = 1 / 32, 1 / 4
# A file of another format version is ignored.
FORMAT_VERSION = 2


class DiskStore:
    """A folder of pages, which all processes of a machine read and write."""

    def __init__(self, folder: Path, build_id: str, budget: int) -> None:
        """`build_id` identifies the code that renders. Pages of another build are out of date, but can be served."""
        self.folder = folder
        self.build_id = build_id
        self.budget = budget
        self._written = 0

    def read(self, key: Key) -> StoredPage | None:
        """The page, or None if there is none or its file cannot be read."""
        try:
            with self._file(key).open("rb") as file:
                head = json.loads(file.readline())
                if head["format"] != FORMAT_VERSION or head["key"] != list(key):
                    return None
                return self._page(head, file)
        except FileNotFoundError:
            return None
        except Exception as error:
            # Whatever is wrong with what was written there, the page is rendered anew.
            faults.note("pages", error, self._file(key))
            return None

    def _page(self, head: dict[str, Any], file: IO[bytes]) -> StoredPage:
        """Raises ValueError, TypeError or another error if a part is missing or of a wrong type."""
        bodies = {encoding: file.read(length) for encoding, length in head["lengths"].items()}
        if any(len(body) != head["lengths"][encoding] for encoding, body in bodies.items()):
            raise ValueError("the file is cut off")
        numbers = (head["generation"], head["modified"], int(head["status"][:3]))
        if not all(type(number) is int for number in numbers) or not isfinite(head["made_at"]):
            raise ValueError("a number has a wrong type")
        return StoredPage(
            status=head["status"],
            headers=list(_headers(head["headers"])),
            bodies=bodies,
            generation=head["generation"],
            made_at=head["made_at"],
            modified=head["modified"],
            is_of_this_build=head["build_id"] == self.build_id,
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
        self._written += page.size
        if self._written > self.budget * SHARE_BETWEEN_TIDYINGS:
            self._written = 0
            self.tidy()

    def remove(self, key: Key) -> None:
        """Removes the page if there is one."""
        self._file(key).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Removes the oldest pages if all together, with their folders, take too much of the budget."""
        found = []
        surplus = -int(self.budget * (1 - SHARE_LEFT_FREE))
        for file in self.folder.rglob("*"):
            with contextlib.suppress(FileNotFoundError):
                stat = file.stat()
                surplus += taken(stat)
                if not S_ISDIR(stat.st_mode):
                    found.append((stat.st_mtime, taken(stat), file))
        for _, size, file in sorted(found):
            if surplus <= 0:
                return
            try:
                file.unlink(missing_ok=True)
                surplus -= size
            except OSError as error:
                faults.note("pages", error)

    def _file(self, key: Key) -> Path:
        name = hashlib.sha256("\n".join(key).encode("utf-8", "surrogateescape")).hexdigest()
        return self.folder / name[:2] / name[2:]


def _headers(pairs: Any) -> Iterator[tuple[str, str]]:
    """Raises ValueError or TypeError unless they are pairs of texts that fit into one line each."""
    for name, value in pairs:
        if not (isinstance(name, str) and isinstance(value, str)) or not f"{name}{value}".isprintable():
            raise ValueError("a header has a wrong type")
        yield name, value


def taken(stat: os.stat_result) -> int:
    """The bytes that a file or folder takes on the disk, in blocks that are always 512 bytes here."""
    return stat.st_blocks * 512
