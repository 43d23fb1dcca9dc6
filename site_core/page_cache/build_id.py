"""The build ID: it changes with the code, the templates, the packages and the settings that render pages."""

import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings

_NOT_RENDERING = {".venv", "var", "tests", "docs", "benchmarks", "node_modules"}


def build_id() -> str:
    """A digest of every file. Pages that another build rendered are out of date."""
    parts = [f"{package.name} {package.version}" for package in distributions()]
    parts += [settings.WAGTAILADMIN_BASE_URL, *(stamp(file) for file in _files(settings.BASE_DIR))]
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists():
        # The names of the stylesheets and scripts that pages link to.
        parts.append(manifest.read_text())
    return digest(parts)


def stamp(file: Path) -> str:
    """The path of a file with its size and modification time, which change with its content."""
    stat = file.stat()
    return f"{file} {stat.st_size} {stat.st_mtime_ns}"


def digest(parts: Iterable[str]) -> str:
    """A digest of the parts in any order."""
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()[:32]


def _files(top: Path) -> Iterator[Path]:
    for folder in top.iterdir():
        if folder.is_dir() and folder.name not in _NOT_RENDERING and not folder.name.startswith("."):
            files = (file for file in folder.rglob("*") if file.suffix in (".py", ".html", ".txt", ".yaml"))
            yield from (file for file in files if file.is_file())
