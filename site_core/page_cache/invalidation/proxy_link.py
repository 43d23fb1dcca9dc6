"""The link `withdrawals/latest`, by which a proxy on this machine learns not to serve its copies any more."""

from contextlib import suppress
from pathlib import Path

from site_core.page_cache import faults


def tell_proxy(folder: Path, oldest: int) -> None:
    """Points the link to a folder with another name, unless it points there already. Raises nothing.

    A proxy has the real path of the link in the keys of its copies, and so never finds an older one. Where the link
    cannot be moved it is removed: a proxy that finds none has no copies.
    """
    latest = folder / "latest"
    try:
        if pointed_to(latest) != str(oldest):
            _point(folder, latest, str(oldest))
    except OSError as error:
        faults.note("withdrawals", error)
        with suppress(OSError):
            latest.unlink(missing_ok=True)


def pointed_to(latest: Path) -> str:
    """The name of the folder that the link points to. "" if there is no such link."""
    return latest.readlink().name if latest.is_symlink() else ""


def _point(folder: Path, latest: Path, name: str) -> None:
    following = folder / "following"
    (folder / name).mkdir(parents=True, exist_ok=True)
    # A proxy may be looking at the previous one.
    left = {name, pointed_to(latest)}
    following.unlink(missing_ok=True)
    following.symlink_to(name)
    following.replace(latest)
    for old in folder.glob("[0-9]*"):
        if old.name not in left:
            old.rmdir()
