"""A page store in front of the site, and whole sites to run."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_core.page_cache.store.page_store import PageStore
from tests import factories
from tests.page_cache.trials.asking import Counting, in_this_transaction, store_in
from tests.page_cache.trials.prepared import SQLITE, Prepared, prepare_sqlite, prepared_on_postgresql
from tests.postgresql import VARIABLE


@pytest.fixture
def django_site(site_tree: factories.SiteTree) -> Iterator[Counting]:
    """The site itself, counting its renderings."""
    with in_this_transaction():
        yield Counting()


@pytest.fixture
def store(django_site: Counting, tmp_path: Path) -> PageStore:
    return store_in(tmp_path, django_site)


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of static files. It is empty until the first site is prepared."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(scope="session", params=["SQLite", "PostgreSQL"])
def prepared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, kept_database: Path, static_files: Path
) -> Iterator[Prepared]:
    """A site with its content, to be copied: on SQLite, and on PostgreSQL if there is a server."""
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "static").symlink_to(static_files)
    if request.param == "SQLite":
        if kept_database.exists():
            shutil.copy(kept_database, folder / SQLITE)
        yield prepare_sqlite(folder)
    elif VARIABLE in os.environ:
        with prepared_on_postgresql(folder, os.environ[VARIABLE]) as site:
            yield site
    else:
        pytest.skip(f"{VARIABLE} names no PostgreSQL")
