"""The pages on disk: each in a file of its own, written whole or not at all, so that a restart begins with them."""

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path

from site_core.page_cache.store.request_key import Key
from site_core.page_cache.store.stored_page import StoredPage

# How often the budget of memory fits into that of the disk.
TIMES_THE_MEMORY = 16
# A file of an older form is read as none.
FORM = 1


class DiskStore:
    """A folder of pages. Other processes of the machine read and write the same."""

    def __init__(self, folder: Path, release: str, budget: int) -> None:
        """`release` names the code that renders: what another rendered is out of date, and better than nothing."""
        self.folder = folder
        self.release = release
        self.budget = budget

    def read(self, key: Key) -> StoredPage | None:
        """The page, or None where there is none that can be read."""
        try:
            with self._file(key).open("rb") as file:
                head = json.loads(file.readline())
                if head["form"] != FORM or head["key"] != list(key):
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
            generation=head["generation"] if head["release"] == self.release else -1,
            made_at=head["made_at"],
            modified=head["modified"],
        )

    def write(self, key: Key, page: StoredPage) -> None:
        """Raises OSError where the disk is full or may not be written to."""
        head = {
            "form": FORM,
            "key": key,
            "release": self.release,
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

    def take(self, key: Key) -> None:
        """Remove a page, where there is one."""
        self._file(key).unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove the pages written longest ago, where all together are larger than the budget."""
        found = []
        for file in self.folder.glob("??/*"):
            with contextlib.suppress(FileNotFoundError):
                found.append((file.stat().st_mtime, file.stat().st_size, file))
        surplus = sum(size for _, size, _ in found) - self.budget
        for _, size, file in sorted(found):
            if surplus <= 0:
                return
            file.unlink(missing_ok=True)
            surplus -= size

    def _file(self, key: Key) -> Path:
        name = hashlib.sha256("\n".join(key).encode("utf-8", "surrogateescape")).hexdigest()
        return self.folder / name[:2] / name[2:]
