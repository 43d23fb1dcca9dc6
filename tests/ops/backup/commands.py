"""Runs the commands of backups for sites in folders of their own."""

import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests.page_cache.trials.machine import Machine


def command(site: Machine, *arguments: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=settings.BASE_DIR,
        env=site.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def said(site: Machine, *arguments: object, code: int = 0) -> str:
    process = command(site, *arguments)
    words = process.communicate()[0]
    assert process.returncode == code, words
    return words


def backed_up(site: Machine, file: Path) -> Path:
    said(site, "backup", file)
    return file


def empty_site(folder: Path, like: Machine, **more: str) -> Machine:
    """A site without a database, or with an empty one that is named. Pages are signed with the key of the other."""
    folder.mkdir()
    (folder / "static").symlink_to((like.folder / "static").resolve())
    shutil.copy(like.folder / "secret_key", folder)
    return Machine(folder, 1, **more)
