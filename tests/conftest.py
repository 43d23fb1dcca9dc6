"""What tests share: a site to look at, and a real browser to look at it with."""

import gc
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from django.template import Template
from django.test import TransactionTestCase
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from site_core.page_cache.invalidation import generation
from site_core.publishing.runner import clock
from tests import chromium, factories, migrated_database, page_contexts
from tests.browser.contexts import Contexts
from tests.browser.journeys import table as journeys
from tests.contracts.stock import StockedSite
from tests.databases import DATABASE_FIXTURES, EMPTY, Databases, asked_for, fixtures_of
from tests.deploy.faults import table as faults
from tests.deploy.faults.witness import NewWitness, Witness
from tests.page_cache.trials.prepared import SQLITE, Prepared, prepare_sqlite, prepared_on_postgresql
from tests.postgresql import VARIABLE

# The same examples in every run: what passed once must not fail by chance.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.load_profile("repeatable")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by what it uses."""
    for item in items:
        if "browser" in fixtures_of(item):
            item.add_marker("browser")
        if "new_witness" in fixtures_of(item):
            item.add_marker("fault")
        if item.get_closest_marker("django_db") or not DATABASE_FIXTURES.isdisjoint(fixtures_of(item)):
            item.add_marker("database")
        if is_unit(item):
            item.add_marker("unit")


def is_unit(test: pytest.Item) -> bool:
    """Whether it commits nothing, starts nothing and asks the site for no page: what is quick."""
    marker = test.get_closest_marker("django_db")
    return not (
        (marker and marker.kwargs.get("transaction"))
        or any(test.get_closest_marker(name) for name in ("browser", "processes", "deploy"))
        or not SLOW_FIXTURES.isdisjoint(fixtures_of(test))
        or any(hasattr(getattr(test, "module", None), name) for name in SLOW_IMPORTS)
    )


def pytest_collection_finish() -> None:
    """Spare every collection of garbage what is there to stay: Django, Wagtail and the tests themselves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Leave word of a failure where the fixture `page` finds it."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print in how many steps people did their tasks, and what was seen of faults, if this run had any."""
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.getreports(outcome)]
    calls = [report for report in reports if report.when == "call"]
    for title, table_of in TABLES.items():
        if lines := list(table_of(calls)):
            terminalreporter.section(title)
            terminalreporter.write("".join(f"{line}\n" for line in lines))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    item.session.stash[DATABASE] = asked_for(item)


TABLES = {"Journeys": journeys.table_of, "Faults": faults.table_of}
SLOW_FIXTURES = {"client", "live_server", "loaded", "transactional_db"}
SLOW_IMPORTS = {"Client", "subprocess"}
FAILED = pytest.StashKey[bool]()
DATABASE = pytest.StashKey[str]()


@pytest.fixture(autouse=True)
def _empty_caches() -> None:
    """What one test looked up (the root of the site, a rendition, a menu) is gone from the database in the next."""
    generation.increment()
    for alias in ("generation", "renditions"):
        caches[alias].clear()
        # Nor is anything set that the last one looked for in vain.
        caches[alias].close()


@pytest.fixture(scope="session", autouse=True)
def _contexts_of_pages(django_test_environment: None) -> Iterator[None]:
    """Spares each response the contexts that no test looks into. They take a tenth of the time of an admin page."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(Template, "_render", page_contexts.render)
        yield


@pytest.fixture(scope="session")
def kept_database(request: pytest.FixtureRequest) -> Path:
    """Where a migrated database is kept for the next run; where pytest keeps nothing, with the rest of this one."""
    cache = getattr(request.config, "cache", None)
    folder = cache.mkdir("migrated") if cache else Path(settings.STATE_DIR) / "migrated"
    folder.mkdir(exist_ok=True)
    return folder / migrated_database.name_of_this()


@pytest.fixture(scope="session")
def django_db_keepdb(kept_database: Path, django_db_modify_db_settings: None) -> bool:
    """Tells pytest-django not to begin with an empty database where there is a migrated one."""
    return migrated_database.begin_with(kept_database)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, kept_database: Path
) -> Iterator[Databases]:
    """The databases that the tests of this run ask for are there, and a migrated one is kept."""
    with django_db_blocker.unblock():
        migrated_database.keep(kept_database)
        databases = Databases()
        for name in {asked_for(item) for item in request.session.items} - {EMPTY}:
            databases.fill(name)
    with pytest.MonkeyPatch.context() as monkeypatch:
        # A test that commits is spared Django's way of emptying every table after it, and of filling them before.
        begin = classmethod(lambda cls: databases.begin(request.session.stash[DATABASE]))
        monkeypatch.setattr(TransactionTestCase, "_fixture_setup", begin)
        monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: databases.end())
        monkeypatch.setattr(TransactionTestCase, "_should_reload_connections", lambda test: False)
        yield databases
    with django_db_blocker.unblock():
        databases.remove()


@pytest.fixture(scope="session")
def databases(django_db_setup: Databases) -> Databases:
    return django_db_setup


@pytest.fixture(scope="module")
def tree_of_the_module(databases: Databases) -> Iterator[factories.SiteTree]:
    """The pages that every site has, for all tests of a module."""
    with databases.in_use("tree"):
        yield databases.made["tree"]


@pytest.fixture
def site_tree(tree_of_the_module: factories.SiteTree, db: None) -> factories.SiteTree:
    """The home page and the pages below it that every site has, read anew for each test."""
    pages = {field.name: getattr(tree_of_the_module, field.name) for field in fields(factories.SiteTree)}
    return factories.SiteTree(**{name: type(page).objects.get(pk=page.pk) for name, page in pages.items()})


@pytest.fixture(scope="module")
def stocked(databases: Databases) -> Iterator[StockedSite]:
    """A site with something of everything, for all tests of a module."""
    with databases.in_use("stocked"):
        yield databases.made["stocked"]


@pytest.fixture(scope="module")
def loaded(databases: Databases) -> Iterator[None]:
    """The organization's content is in the database, for all tests of a module."""
    with databases.in_use("content"):
        yield


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Empty until the first site is prepared."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(scope="session")
def prepared_on_sqlite(tmp_path_factory: pytest.TempPathFactory, kept_database: Path, static_files: Path) -> Prepared:
    """A whole site with its content, to be copied and started: what a first start does has been done."""
    folder = tmp_path_factory.mktemp("SQLite")
    (folder / "static").symlink_to(static_files)
    if kept_database.exists():
        shutil.copy(kept_database, folder / SQLITE)
    return prepare_sqlite(folder)


@pytest.fixture(scope="session", params=["SQLite", "PostgreSQL"])
def prepared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, static_files: Path
) -> Iterator[Prepared]:
    """The same, on SQLite, and on PostgreSQL where there is one."""
    if request.param == "SQLite":
        yield request.getfixturevalue("prepared_on_sqlite")
    elif VARIABLE in os.environ:
        folder = tmp_path_factory.mktemp("PostgreSQL")
        (folder / "static").symlink_to(static_files)
        with prepared_on_postgresql(folder, os.environ[VARIABLE]) as site:
            yield site
    else:
        pytest.skip(f"{VARIABLE} names no PostgreSQL")


@pytest.fixture
def new_witness(record_property: Callable[[str, object], None]) -> NewWitness:
    """Makes one of a fault, by its name and by the seconds that an answer may take meanwhile."""
    return partial(Witness, record_property)


@pytest.fixture
def one_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who moves the clock of this machine moves that of the database with it."""
    monkeypatch.setattr(clock, "_database_time", lambda: None)


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


@pytest.fixture(scope="session")
def contexts(browser: Browser, live_server: Any) -> Contexts:
    return Contexts(browser, live_server.url)


@pytest.fixture
def page(request: pytest.FixtureRequest, contexts: Contexts, tmp_path: Path) -> Iterator[Page]:
    """A window on the live site, addresses relative to it. After a failure its picture is in the test's folder.

    The live server's threads see only what is committed, so the test runs without a transaction around it, in a
    database of its own.
    """
    context = contexts.borrow()
    window = context.new_page()
    violations: list[str] = []
    note = partial(note_violation, violations=violations)
    context.on("console", note)
    yield window
    if request.node.stash.get(FAILED, False):
        window.screenshot(path=tmp_path / "failure.png", full_page=True)
    context.remove_listener("console", note)
    contexts.give_back(context)
    assert violations == []
