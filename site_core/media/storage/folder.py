"""MediaFolder: uploads in a folder of this machine. A failed upload leaves nothing there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile


class MediaFolder(FileSystemStorage):
    """Django's storage leaves the beginning of a file on a disk that is full."""

    def _save(self, name: str, content: Any) -> str:
        is_new = not self.exists(name)
        try:
            return str(super()._save(name, content))  # type: ignore[misc]
        except BaseException:
            if is_new:
                self.delete(name)
            raise


@contextmanager
def no_file_left(file: FieldFile) -> Iterator[None]:
    """A block that saves a row with its file. If the row cannot be saved, a file that was new is deleted.

    The old file of a row that stays is not touched.
    """
    is_new = bool(file) and not file._committed  # type: ignore[attr-defined]
    try:
        yield
    except BaseException:
        if is_new and file._committed and file.name:  # type: ignore[attr-defined]
            file.storage.delete(file.name)
        raise
