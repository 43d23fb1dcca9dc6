"""Collects and compresses the static files, only if they have changed."""

from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from site_core.page_cache.build_id import digest, stamp


def collect_static_files() -> None:
    """Runs collectstatic, which takes half a minute, unless nothing has changed."""
    file = Path(settings.STATIC_ROOT) / "fingerprint.txt"
    fingerprint = static_fingerprint()
    if file.is_file() and file.read_text() == fingerprint:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    file.write_text(fingerprint)


def static_fingerprint() -> str:
    """A digest of every file to collect and of what processes them."""
    parts = [f"{package} {version(package)}" for package in ("django", "wagtail", "whitenoise", "brotli")]
    parts += [str(settings.STORAGES["staticfiles"]), settings.STATIC_URL]
    found = (storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    return digest([*parts, *(stamp(Path(path)) for path in found)])
