"""The build ID: it changes with the code, the templates, the packages and the settings that render pages."""

import hashlib
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings

_NOT_RENDERING = {".venv", "var", "tests", "docs", "benchmarks", "node_modules"}


def build_id() -> str:
    """A digest of the size and modification time of every file. Pages that another build rendered are out of date."""
    parts = [f"{package.name} {package.version}" for package in distributions()]
    parts += [settings.WAGTAILADMIN_BASE_URL, *(str(file) for file in _files(settings.BASE_DIR))]
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists():
        # The names of the stylesheets and scripts that pages link to.
        parts.append(manifest.read_text())
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()[:32]


def _files(top: Path) -> list[tuple[str, int, int]]:
    found = []
    for folder in sorted(top.iterdir()):
        if folder.is_dir() and folder.name not in _NOT_RENDERING and not folder.name.startswith("."):
            for file in folder.rglob("*"):
                if file.suffix in (".py", ".html", ".txt", ".yaml") and file.is_file():
                    stat = file.stat()
                    found.append((str(file.relative_to(top)), stat.st_size, stat.st_mtime_ns))
    return found
