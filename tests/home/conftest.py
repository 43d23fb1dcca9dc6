"""The organization's content, loaded once for all tests of a module, and a copy of its files to change."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from home.content_loader import load_content
from home.management.commands.load_content import CONTENT_FOLDER
from tests.shared_database import kept_for_the_module


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The content is in the database."""
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            load_content(CONTENT_FOLDER)
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content files that a test may change."""
    return Path(shutil.copytree(CONTENT_FOLDER, tmp_path / "content"))
