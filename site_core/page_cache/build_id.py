"""The release: a name for the code, templates and settings that render, which changes with each of them."""

import hashlib
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings

_READ_BY_NOBODY = {".venv", "var", "tests", "docs", "benchmarks", "node_modules"}


def release() -> str:
    """By the size and the age of every file: after a deployment what the one before rendered is out of date."""
    parts = [f"{one.name} {one.version}" for one in distributions()]
    parts += [settings.SITE_URL.url, *(str(part) for part in _files(settings.BASE_DIR))]
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists():
        # The names of stylesheets and scripts that pages refer to.
        parts.append(manifest.read_text())
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()[:32]


def _files(top: Path) -> list[tuple[str, int, int]]:
    found = []
    for folder in sorted(top.iterdir()):
        if folder.is_dir() and folder.name not in _READ_BY_NOBODY and not folder.name.startswith("."):
            for file in folder.rglob("*"):
                if file.suffix in (".py", ".html", ".txt", ".yaml") and file.is_file():
                    facts = file.stat()
                    found.append((str(file.relative_to(top)), facts.st_size, facts.st_mtime_ns))
    return found
