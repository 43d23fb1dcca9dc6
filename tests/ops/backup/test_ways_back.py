"""Backups of a whole site in processes of its own: moved, killed in the middle, tried, and of an earlier version."""

import os
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from tests.ops.backup.commands import backed_up, command, empty_site, said
from tests.ops.backup.rewritten import change_rows, make_earlier, manifest_of, rows_of
from tests.page_cache.trials.machine import Machine
from tests.page_cache.trials.prepared import SQLITE, Prepared
from tests.postgresql import VARIABLE, drop_databases, new_database

pytestmark = [pytest.mark.processes, pytest.mark.sweep]
CHANGE = """
from news.models import NewsItemPage
item = NewsItemPage.objects.live().first()
item.title = "A title since the backup"
item.save_revision().publish()
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
NUMBERS = "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"
DRILLS = "from site_core.ops.models import RestoreDrill; print(RestoreDrill.objects.count())"


def state_of(site: Machine) -> tuple[str, dict[str, str]]:
    """Everything that is in its database, and its uploads."""
    files = sorted((site.folder / "media").rglob("*.png"))
    return sha256("\n".join(lines_of(site)).encode()).hexdigest(), {file.name: file.read_text() for file in files}


def numbers_of(site: Machine) -> dict[str, int]:
    """The last number of each sequence. SQLite has its own in a table."""
    address = site.environment.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        return {}
    with psycopg.connect(address) as connection:
        return {name: number or 0 for name, number in connection.execute(NUMBERS).fetchall()}


def lines_of(site: Machine) -> Iterator[str]:
    """Every row."""
    address = site.environment.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        with closing(sqlite3.connect(site.folder / SQLITE)) as database:
            yield from database.iterdump()
        return
    with psycopg.connect(address) as connection:
        for (table,) in connection.execute(TABLES).fetchall():
            yield table
            rows = SQL("SELECT t::text FROM {} AS t ORDER BY 1").format(Identifier(table))
            yield from (row for (row,) in connection.execute(rows).fetchall())


def upload(site: Machine, **contents: str) -> None:
    folder = site.folder / "media" / "original_images"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / f"{name}.png").write_text(content)


@pytest.fixture
def site(prepared_on_sqlite: Prepared, tmp_path: Path) -> Machine:
    made = prepared_on_sqlite.machine(tmp_path / "site", 1)
    upload(made, kept="as it was", changed="as it was")
    return made


def test_sqlite_becomes_postgresql_and_postgresql_sqlite(site: Machine, tmp_path: Path) -> None:
    if VARIABLE not in os.environ:
        pytest.skip(f"{VARIABLE} names no PostgreSQL")
    on_sqlite = backed_up(site, tmp_path / "sqlite.zip")
    name = "nnsc_moved"
    try:
        moved = empty_site(tmp_path / "moved", site, DATABASE_URL=new_database(os.environ[VARIABLE], name))
        said(moved, "restore", on_sqlite)
        said(moved, "check_ledger")
        on_postgresql = backed_up(moved, tmp_path / "postgresql.zip")
    finally:
        drop_databases(os.environ[VARIABLE], name)
    back = empty_site(tmp_path / "back", site)
    said(back, "restore", on_postgresql)
    again = backed_up(back, tmp_path / "again.zip")
    first, *others = (manifest_of(file) for file in (on_sqlite, on_postgresql, again))
    assert first.pages
    for file, other in zip((on_postgresql, again), others, strict=True):
        assert rows_of(file) == rows_of(on_sqlite)
        assert other.pages == first.pages
        assert other.media == first.media
        numbers = [[(one.table, one.next_number) for one in manifest.tables] for manifest in (first, other)]
        assert numbers[0] == numbers[1]


@pytest.fixture
def changed_since(prepared: Prepared, tmp_path: Path) -> tuple[Machine, Path]:
    """A site on either database, and its backup, since when rows and uploads have changed, come and gone."""
    site = prepared.machine(tmp_path / "changed", 1)
    upload(site, kept="as it was", changed="as it was")
    file = backed_up(site, tmp_path / "site.zip")
    site.shell(CHANGE)
    upload(site, changed="since then", new="since then")
    (site.folder / "media" / "original_images" / "kept.png").unlink()
    return site, file


def test_killed_in_the_middle_the_old_site_is_there(changed_since: tuple[Machine, Path]) -> None:
    site, file = changed_since
    before, numbers = state_of(site), numbers_of(site)

    process = command(site, "restore", "--replace", file)
    assert process.stdout
    assert any("Building the search index" in line for line in process.stdout), "it ended before"
    process.send_signal(signal.SIGKILL)
    process.wait()

    assert state_of(site) == before
    # A number that was taken in a transaction is not given back, but none may be given out twice.
    assert all(numbers_of(site)[name] >= number for name, number in numbers.items())
    said(site, "check_ledger")
    said(site, "restore", "--replace", file)
    assert state_of(site)[1] == {"kept.png": "as it was", "changed.png": "as it was"}


def cut_off(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def changed(whole: bytes) -> bytes:
    """One byte is another."""
    at = len(whole) // 2
    return whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]


@pytest.mark.parametrize("damage", [cut_off, changed])
def test_a_damaged_file_is_refused_and_changes_nothing(
    changed_since: tuple[Machine, Path], damage: Callable[[bytes], bytes]
) -> None:
    site, file = changed_since
    before = state_of(site)
    file.write_bytes(damage(file.read_bytes()))
    assert "is damaged" in said(site, "restore", "--replace", file, code=1)
    assert state_of(site) == before


@pytest.mark.parametrize("prepared", ["PostgreSQL"], indirect=True)
def test_a_drill_passes_although_the_site_has_changed_since(prepared: Prepared, tmp_path: Path) -> None:
    site = prepared.machine(tmp_path / "site", 1)
    file = backed_up(site, tmp_path / "site.zip")
    site.shell(CHANGE)
    words = said(site, "restore_drill", file)
    assert "The drill succeeded." in words
    assert " 0 are as they were" not in words
    assert site.shell(DRILLS).strip() == "1"
    assert not (site.folder / "restore_drill").exists()


def test_a_drill_finds_what_differs(site: Machine, tmp_path: Path) -> None:
    file = backed_up(site, tmp_path / "site.zip")
    table = next(table for table in manifest_of(file).tables if table.table == "wagtailcore_page")
    title = [column.name for column in table.columns].index("title")
    change_rows(file, table.table, lambda row: [*row[:title], f"{row[title]}, but not quite", *row[title + 1 :]])
    assert "Differs: /" in said(site, "restore_drill", file, code=1)
    assert site.shell(DRILLS).strip() == "0"


def test_a_backup_of_an_earlier_version_is_migrated(site: Machine, tmp_path: Path) -> None:
    file = backed_up(site, tmp_path / "site.zip")
    expected: dict[str, Any] = rows_of(file)
    make_earlier(file, "ops_restoredrill", ("ops", "0001_restore_drill"))
    assert "earlier version" in said(site, "restore", "--replace", file, code=1)
    newer = empty_site(tmp_path / "newer", site)
    assert "Migrating to this version" in said(newer, "restore", file)
    assert rows_of(backed_up(newer, tmp_path / "again.zip")) == expected
