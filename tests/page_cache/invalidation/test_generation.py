"""The generation is shared by all processes of a machine, and never decreases."""

import fcntl
import multiprocessing
import struct
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from site_core.page_cache.invalidation import generation
from site_core.page_cache.invalidation.generation_file import NUMBER, GenerationFile


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The generation file of another machine, not yet mapped by this process."""
    file = tmp_path / "state" / "generation"
    monkeypatch.setattr(generation, "_file", GenerationFile(file))
    return file


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unmaps the file, as in a new process."""
    monkeypatch.setattr(generation, "_file", GenerationFile(generation._file.path))


def test_it_increments_by_one_and_outlives_the_process(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = generation.number()
    generation.increment()
    assert generation.number() == first + 1
    forget(monkeypatch)
    assert generation.number() == first + 1


def test_no_increment_is_lost_between_threads_and_processes(file: Path) -> None:
    before = generation.number()

    def move_on_often() -> None:
        for _ in range(500):
            generation.increment()

    fork = multiprocessing.get_context("fork")
    others: list[Any] = [
        *(fork.Process(target=move_on_often) for _ in range(2)),
        *(Thread(target=move_on_often) for _ in range(2)),
    ]
    for one in others:
        one.start()
    for one in others:
        one.join()
    assert generation.number() == before + 2_000


def test_in_a_new_file_it_starts_above_its_earlier_values(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = generation.number()
    file.unlink()
    forget(monkeypatch)
    monkeypatch.setattr("time.time", lambda: (before >> 32) + 1)
    assert generation.number() > before


@pytest.mark.parametrize("seconds", [0, 2**31])
def test_after_a_boot_it_is_above_that_of_every_stored_page(
    file: Path, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    """Whatever the clock shows. It is written to disk before a page is rendered with it."""
    known = (1_900_000_000 << 32) + 7
    file.parent.mkdir()
    file.write_bytes(struct.pack("QQQQQ", known, 12345, known - 3, 0, known))
    monkeypatch.setattr("time.time", lambda: seconds)
    first = generation.number()
    assert first > known
    assert generation.oldest_served() == first
    assert struct.unpack("QQQQQ", file.read_bytes())[0] == first
    assert generation.looked_at() is None
    forget(monkeypatch)
    assert generation.number() == first


def test_a_file_of_eight_bytes_is_extended(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(struct.pack("Q", 41))
    assert generation.number() > 41
    assert file.stat().st_size == 40


def test_nothing_older_than_the_last_withdrawal_is_served(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = generation.number()
    generation.increment()
    assert generation.oldest_served() <= first
    generation.withdraw()
    assert generation.number() == generation.oldest_served() == first + 2
    generation.increment()
    forget(monkeypatch)
    assert (generation.number(), generation.oldest_served()) == (first + 3, first + 2)


def test_a_proxy_finds_another_real_path_after_each_withdrawal_and_no_other_change(file: Path) -> None:
    generation.number()
    latest = file.parent / "withdrawals" / "latest"
    seen = [latest.resolve(strict=True)]
    generation.increment()
    assert latest.resolve(strict=True) == seen[0]
    for _ in range(3):
        generation.withdraw()
        seen.append(latest.resolve(strict=True))
    assert len(set(seen)) == 4
    assert len(list(latest.parent.iterdir())) == 3


def test_it_withdraws_by_itself_when_something_expires(file: Path) -> None:
    before = generation.number()
    with time_machine.travel(1_900_000_000, tick=False) as clock:
        generation.end_at(timezone.now() + timedelta(seconds=2))
        clock.shift(1)
        assert (generation.number(), generation.oldest_served()) == (before, before)
        clock.shift(1)
        assert [generation.number(), generation.number(), generation.oldest_served()] == [before + 1] * 3
        generation.end_at(timezone.now() + timedelta(seconds=2))
        generation.end_at(None)
        clock.shift(3)
        assert generation.number() == before + 1


def test_a_thread_that_comes_while_another_maps_the_file_waits_for_it(tmp_path: Path) -> None:
    """As in the first requests of a worker: none may take the file for unusable."""
    file = GenerationFile(tmp_path / "generation")
    (tmp_path / "generation").touch()
    found: list[int] = []

    def look() -> None:
        found.append(file.numbers()[NUMBER])

    threads = [Thread(target=look) for _ in range(2)]
    with (tmp_path / "generation").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        for thread in threads:
            thread.start()
            # The first waits for the file, the second for the first.
            thread.join(0.2)
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert found[0] == found[1] > 0
