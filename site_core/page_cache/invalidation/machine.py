"""The name of this machine, by which it tells its own changes from those of others."""

import hashlib
import uuid
from contextlib import suppress
from functools import cache
from pathlib import Path

from django.conf import settings

from site_core.page_cache import faults
from site_core.page_cache.invalidation.generation_file import boot_id

# systemd makes it when a machine is installed. Containers may have none.
_MACHINE_ID = Path("/etc/machine-id")


@cache
def this_machine() -> str:
    """A digest of this system, this boot and a file beside the generation, which all processes of the machine share.

    A folder that was copied from another machine, or on this one, has another name: the file is another inode. If two
    machines had one name, neither would learn what the other changes.
    """
    file = Path(settings.STATE_DIR) / "machine"
    return hashlib.sha256("\n".join([*_of_system(), *_of_file(file)]).encode()).hexdigest()[:32]


def _of_system() -> list[str]:
    with suppress(OSError):
        return [_MACHINE_ID.read_text().strip(), str(boot_id())]
    return [str(boot_id())]


def _of_file(file: Path) -> list[str]:
    """What tells the file from every copy. Without a file it is of this process alone, which counts as a machine."""
    try:
        if not file.exists():
            _make(file)
        status = file.stat()
        return [file.read_text(), str(status.st_dev), str(status.st_ino)]
    except (OSError, UnicodeDecodeError) as error:
        faults.note("machine", error)
        return [uuid.uuid4().hex]


def _make(file: Path) -> None:
    name = uuid.uuid4().hex
    file.parent.mkdir(parents=True, exist_ok=True)
    candidate = file.with_name(f"machine-{name}")
    try:
        candidate.write_text(name)
        # If several processes do this at the same time, the first one wins. No process reads half a name.
        with suppress(FileExistsError):
            file.hardlink_to(candidate)
    finally:
        candidate.unlink(missing_ok=True)
