"""Collects and compresses the static files, only if they have changed."""

import hashlib
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_static_files() -> None:
    """Runs collectstatic, which takes half a minute, unless nothing has changed."""
    file = Path(settings.STATIC_ROOT) / "fingerprint.txt"
    fingerprint = static_fingerprint()
    if file.is_file() and file.read_text() == fingerprint:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    file.write_text(fingerprint)


def static_fingerprint() -> str:
    """A digest of every file to collect (path, size, modification time) and of what processes them."""
    digest = hashlib.sha256()
    for package in ("django", "wagtail", "whitenoise", "brotli"):
        digest.update(f"{package} {version(package)}\n".encode())
    digest.update(f"{settings.STORAGES['staticfiles']} {settings.STATIC_URL}\n".encode())
    for path, size, modified_at in sorted(_files()):
        digest.update(f"{path} {size} {modified_at}\n".encode())
    return digest.hexdigest()


def _files() -> list[tuple[str, int, int]]:
    found = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            found.append((storage.path(name), stat.st_size, stat.st_mtime_ns))
    return found
