"""The organization's content, loaded once for all tests of a module, and a copy of its files to change."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from home.content_loader import load_content
from home.management.commands.load_content import CONTENT_FOLDER


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The content is in the database, in a transaction that each test's own one stands in."""
    with django_db_blocker.unblock():
        whole_module = transaction.atomic()
        whole_module.__enter__()
        load_content(CONTENT_FOLDER)
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole_module.__exit__(None, None, None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content files that a test may change."""
    return Path(shutil.copytree(CONTENT_FOLDER, tmp_path / "content"))
