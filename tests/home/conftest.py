"""A copy of the content files, to change."""

import shutil
from pathlib import Path

import pytest

from home.management.commands.load_content import CONTENT_FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content files that a test may change."""
    return Path(shutil.copytree(CONTENT_FOLDER, tmp_path / "content"))
