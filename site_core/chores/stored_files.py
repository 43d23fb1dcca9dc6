"""The files of the library as they are stored, and those among them that nothing refers to anymore."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import PurePosixPath

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db.models import FileField
from django.utils import timezone

from site_core.chores.registry import deleted_message

# As long as pages stay in the trash, so that a row that was lost can be brought back with its file.
ORPHANS_KEPT_FOR = timedelta(days=30)


def names(storage: Storage = default_storage, folder: str = "") -> Iterator[str]:
    """The name of every file, in order. A folder that is not there has none."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield str(PurePosixPath(folder, name))
    for name in sorted(folders):
        yield from names(storage, str(PurePosixPath(folder, name)))


def orphans() -> list[str]:
    """The files that no row names, such as those of an upload that was interrupted."""
    # The files first: what is uploaded meanwhile has a row by the time the rows are read.
    stored = list(names())
    named = _named_files()
    return [name for name in stored if name not in named]


def delete_old_orphans() -> str:
    """Delete those that have been there for thirty days. Returns a sentence that says how many."""
    before = timezone.now() - ORPHANS_KEPT_FOR
    found = orphans()
    old = [name for name in found if default_storage.get_modified_time(name) < before]
    for name in old:
        default_storage.delete(name)
    message = deleted_message(len(old), "file")
    waiting = len(found) - len(old)
    return f"{message} {waiting} more will be, once 30 days old." if waiting else message


def _named_files() -> set[str]:
    """The name of every file that a row has, whatever model it is of."""
    return {
        name
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, FileField)
        for name in model._base_manager.order_by().values_list(field.name, flat=True)
        if name
    }
