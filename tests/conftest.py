"""What tests share: a site to look at, and a real browser to look at it with."""

import json
import os
from collections.abc import Generator, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management.commands import flush
from django.db.backends.base.creation import BaseDatabaseCreation
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from home.content_loader import load_content
from home.management.commands.load_content import CONTENT_FOLDER
from site_core.page_cache.invalidation.committed_change import CommittedChange
from site_core.publishing.ledger.guard import unprotected_ledger
from tests import chromium, factories, migrated_database
from tests.shared_database import kept_for_the_module

WAIT_MILLISECONDS = 10_000

# The same examples in every run: what passed once must not fail by chance.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.load_profile("repeatable")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives the browser, and refuse a test that would leave an empty database to those after it."""
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction") and not marker.kwargs.get("serialized_rollback"):
            raise pytest.UsageError(f"{item.nodeid}: beside transaction=True, give serialized_rollback=True.")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Leave word of a failure where the fixture `page` finds it."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture(autouse=True)
def _empty_caches() -> None:
    """What one test looked up (the root of the site, a rendition) is gone from the database in the next."""
    for alias in ("generation", "renditions"):
        caches[alias].clear()


@pytest.fixture(scope="session")
def kept_database(request: pytest.FixtureRequest) -> Path:
    """Where a migrated database is kept for the next run; where pytest keeps nothing, with the rest of this one."""
    cache = getattr(request.config, "cache", None)
    # Of its own, because other databases in it are deleted.
    folder = cache.mkdir("migrated") if cache else Path(settings.STATE_DIR) / "migrated"
    folder.mkdir(exist_ok=True)
    return folder / migrated_database.name_of_this()


@pytest.fixture(scope="session")
def django_db_keepdb(kept_database: Path, django_db_modify_db_settings: None) -> bool:
    """Tells pytest-django not to begin with an empty database where there is a migrated one."""
    return migrated_database.begin_with(kept_database)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, kept_database: Path) -> None:
    """The database of the tests is there, and kept."""
    with django_db_blocker.unblock():
        migrated_database.keep(kept_database)


@pytest.fixture(scope="session", autouse=True)
def _ledger_may_be_emptied() -> Iterator[None]:
    """After a test that commits, Django empties every table, and before one it writes over what is there."""
    emptying = flush.Command.handle
    filling = BaseDatabaseCreation.deserialize_db_from_string

    def empty(command: flush.Command, **options: Any) -> None:
        with unprotected_ledger(options["database"]):
            emptying(command, **options)

    def fill(creation: BaseDatabaseCreation, rows: str) -> None:
        # Filling it is a change, too, which takes the number of the row that told of one before.
        kept = [row for row in json.loads(rows) if row["model"] != CommittedChange._meta.label_lower]
        with unprotected_ledger(creation.connection.alias):
            filling(creation, json.dumps(kept))

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(flush.Command, "handle", empty)
        monkeypatch.setattr(BaseDatabaseCreation, "deserialize_db_from_string", fill)
        yield


@pytest.fixture(scope="module")
def tree_of_the_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[factories.SiteTree]:
    """The tree below, made once: publishing its pages costs more than most tests."""
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            tree = factories.site_tree()
        yield tree


@pytest.fixture
def site_tree(tree_of_the_module: factories.SiteTree, db: None) -> factories.SiteTree:
    """The home page and the pages below it that every site has, read anew for each test."""
    pages = {field.name: getattr(tree_of_the_module, field.name) for field in fields(factories.SiteTree)}
    return factories.SiteTree(**{name: type(page).objects.get(pk=page.pk) for name, page in pages.items()})


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The organization's content is in the database, loaded once for all tests of a module."""
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            load_content(CONTENT_FOLDER)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    # Playwright's loop stands in the thread that the tests use the database in. They never run at once.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        program = chromium.chromium(playwright)
        browser = playwright.chromium.launch(executable_path=program, args=chromium.FLAGS)
        yield browser
        browser.close()


def note_violation(message: ConsoleMessage, violations: list[str]) -> None:
    """Chromium says so in the console where a page loads or runs what its policy does not let it."""
    if message.type == "error" and "Content Security Policy" in message.text:
        violations.append(f"{message.page and message.page.url}: {message.text}")


@pytest.fixture
def page(
    request: pytest.FixtureRequest,
    browser: Browser,
    live_server: Any,
    django_db_serialized_rollback: None,
    tmp_path: Path,
) -> Iterator[Page]:
    """A window on the live site, addresses relative to it. After a failure its picture is in the test's folder.

    The live server's threads see only what is committed, so the test runs without a transaction around it; what
    migrations put into the database (the root page, the roles) is put back before each such test.
    """
    context = browser.new_context(base_url=live_server.url, locale="en-US", timezone_id="America/New_York")
    context.set_default_timeout(WAIT_MILLISECONDS)
    window = context.new_page()
    violations: list[str] = []
    context.on("console", lambda message: note_violation(message, violations))
    yield window
    if request.node.stash.get(FAILED, False):
        window.screenshot(path=tmp_path / "failure.png", full_page=True)
    context.close()
    assert violations == []
