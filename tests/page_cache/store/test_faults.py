"""Faults of the page cache's own files: visitors get every page, none is stale, and each is counted and logged."""

import json
import logging
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from site_core.page_cache import faults
from site_core.page_cache.headers import REVALIDATED
from site_core.page_cache.invalidation import generation, generation_file
from site_core.page_cache.invalidation.generation_file import BYTES, GenerationFile
from site_core.page_cache.metrics import FAULTS, STORE_ANSWERS
from site_core.page_cache.store.page_store import PageStore
from tests.deploy.faults.witness import NewWitness
from tests.page_cache.trials.asking import ask, store_in
from tests.small_disk import small_disk

NOBODY = 65534


class Site:
    """An application whose pages say how often the site has changed."""

    def __init__(self) -> None:
        self.changes = 0
        self.renders = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.renders += 1
        start_response("200 OK", [("Content-Type", "text/html"), ("Cache-Control", REVALIDATED)])
        return [f"after {self.changes} changes".encode()]

    def change(self) -> None:
        """As a commit does: what cannot be announced now is left to the listener."""
        self.changes += 1
        with suppress(OSError):
            generation.increment()


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a machine that has just booted. The file of the generation is looked at each time."""
    monkeypatch.setattr(generation, "_file", GenerationFile(tmp_path / "generation"))
    monkeypatch.setattr(generation_file, "LOOKS_EVERY", 0)
    faults.forget()
    yield tmp_path
    faults.forget()


@pytest.fixture
def store(state: Path, site: Site) -> PageStore:
    return store_in(state / "pages", site)


def counted(part: str) -> float:
    return float(FAULTS[part]._value.get())


def is_fresh(store: PageStore, site: Site, url: str = "/") -> bool:
    """Whether a visitor gets what the site says now, twice and after another change."""
    bodies = []
    for _ in range(2):
        bodies += [(ask(store, url).body, f"after {site.changes} changes".encode()) for _ in range(2)]
        site.change()
    return all(got == wanted for got, wanted in bodies)


def zeroed(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.write(bytes(BYTES))


def filled_with_noise(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.write(b"\xff" * BYTES)


def replaced(file: Path) -> None:
    copy = file.with_name("copy")
    copy.write_bytes(file.read_bytes())
    copy.replace(file)


def cut_off(file: Path) -> None:
    os.truncate(file, 0)


def a_folder(file: Path) -> None:
    """Stands for whatever cannot be opened."""
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("harm", [zeroed, filled_with_noise, replaced, cut_off, Path.unlink])
def test_a_damaged_generation_starts_anew(
    store: PageStore, site: Site, state: Path, harm: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    assert is_fresh(store, site)
    before, counted_before = generation.number(), counted("generation")
    harm(state / "generation")
    assert generation.number() > before
    assert generation.oldest_served() > before
    assert counted("generation") > counted_before
    assert "cannot use its generation (it was replaced or damaged" in caplog.text
    assert is_fresh(store, site)
    # Another process, and this one, share it again.
    assert GenerationFile(state / "generation").numbers()[0] == generation.number()
    renders = site.renders
    ask(store)
    ask(store)
    assert site.renders <= renders + 1


def test_a_process_learns_within_a_second_that_others_use_another_file(
    state: Path, store: PageStore, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(store)
    monkeypatch.setattr(generation_file, "LOOKS_EVERY", 1.0)
    ask(store)
    (state / "generation").unlink()
    other = GenerationFile(state / "generation")
    with other.changing() as numbers:
        numbers[generation_file.NUMBER] += 1
    site.changes += 1
    generation._file._looks_at -= 1.0
    assert ask(store).body == b"after 1 changes"


def test_without_a_generation_every_page_is_rendered_and_none_stored(
    store: PageStore, site: Site, state: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ask(store)
    a_folder(state / "generation")
    passed = STORE_ANSWERS["passed"]._value.get()
    assert is_fresh(store, site, "/") and is_fresh(store, site, "/other/")
    assert STORE_ANSWERS["passed"]._value.get() == passed + 8
    lines = [record for record in caplog.records if "cannot use its generation" in record.getMessage()]
    assert [(line.levelno, line.exc_info) for line in lines] == [(logging.ERROR, None)]
    (state / "generation").rmdir()
    assert is_fresh(store, site)
    renders = site.renders
    ask(store)
    ask(store)
    assert site.renders <= renders + 1


def test_a_writer_that_cannot_lock_the_generation_lets_all_processes_look_at_it(state: Path) -> None:
    seen = GenerationFile(state / "generation")
    before = seen.numbers()[generation_file.NUMBER]
    seen._looks_at += 1e6
    writer = GenerationFile(state / "generation")
    writer.numbers()
    writer._looks_at += 1e6
    a_folder(state / "generation")
    with pytest.raises(IsADirectoryError), writer.changing():
        pass
    with pytest.raises(OSError):
        seen.numbers()
    (state / "generation").rmdir()
    seen._looks_at = 0
    assert seen.numbers()[generation_file.NUMBER] > before


def test_a_page_of_a_generation_that_was_lost_is_rendered_anew(store: PageStore, site: Site, state: Path) -> None:
    """As after a boot with a clock that is behind, and without the file."""
    ask(store)
    (file,) = (state / "pages" / "stored").glob("??/*")
    head, body = file.read_bytes().split(b"\n", 1)
    file.write_bytes(
        json.dumps(json.loads(head) | {"generation": generation.number() + 10**9}).encode() + b"\n" + body
    )
    site.changes += 1
    assert ask(store_in(state / "pages", site)).body == b"after 1 changes"


@pytest.mark.parametrize(
    "wrong",
    [
        {"generation": "1"},
        {"generation": None},
        {"generation": 1e300},
        {"made_at": "now"},
        {"made_at": float("nan")},
        {"modified": 1e9},
        {"modified": 10**30},
        {"status": 200},
        {"status": "fine"},
        {"headers": 5},
        {"headers": [["Content-Type"]]},
        {"headers": [["Content-Type", 5]]},
        {"headers": [["X", "one\r\ntwo"]]},
        {"lengths": {"identity": "5"}},
        {"lengths": {}},
        {"lengths": []},
        {"lengths": {"identity": -1}},
    ],
)
def test_a_stored_page_with_a_head_of_a_wrong_type_is_rendered_anew(
    store: PageStore, site: Site, state: Path, wrong: dict[str, object]
) -> None:
    ask(store)
    (file,) = (state / "pages" / "stored").glob("??/*")
    head, body = file.read_bytes().split(b"\n", 1)
    file.write_bytes(json.dumps(json.loads(head) | wrong).encode() + b"\n" + body)
    before = counted("pages")
    assert ask(store_in(state / "pages", site)).body == b"after 0 changes"
    noted = counted("pages")
    assert noted > before
    assert str(file) in faults.recent()["pages"]
    # The new one took its place.
    ask(store_in(state / "pages", site))
    assert (counted("pages"), site.renders) == (noted, 2)


def test_without_locks_or_a_folder_pages_are_rendered_and_kept_in_memory(
    state: Path, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    (state / "pages").write_text("a file where a folder should be")
    store = store_in(state / "pages", site)
    assert is_fresh(store, site)
    assert "cannot use its locks" in caplog.text
    assert "cannot use its pages" in caplog.text
    renders = site.renders
    ask(store)
    ask(store)
    assert site.renders == renders + 1


def test_a_folder_of_locks_that_was_deleted_is_made_again(store: PageStore, site: Site, state: Path) -> None:
    ask(store)
    before = counted("locks")
    for file in (state / "pages" / "locks").iterdir():
        file.unlink()
    (state / "pages" / "locks").rmdir()
    assert is_fresh(store, site)
    assert counted("locks") == before


def test_a_fault_that_nobody_foresaw_is_no_blank_error(
    store: PageStore, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(store.disk, "read", fail)
    before = counted("store")
    assert is_fresh(store, site)
    assert counted("store") > before


def test_a_disk_without_inodes(site: Site, monkeypatch: pytest.MonkeyPatch, state: Path) -> None:
    with small_disk(inodes=8) as disk:
        monkeypatch.setattr(generation, "_file", GenerationFile(disk / "generation"))
        store = store_in(disk / "pages", site)
        for number in range(6):
            assert is_fresh(store, site, f"/{number}/")
        assert faults.recent().keys() >= {"pages", "locks"}
        assert "No space left" in faults.recent()["pages"]
        # A withdrawal that cannot be told takes the link away, without which a proxy has no copies.
        generation.withdraw()
        assert not (disk / "withdrawals" / "latest").exists()
        assert not list(disk.rglob("*.part"))


def test_files_of_another_user(site: Site, new_witness: NewWitness) -> None:
    """As after a command that was run as root. It takes a process that is not root."""
    if os.geteuid() != 0:
        pytest.skip("Only root has files that it cannot give itself.")
    with tempfile.TemporaryDirectory() as name:
        state = Path(name)
        store = store_in(state / "pages", site)
        generation_of_root = GenerationFile(state / "generation")
        generation_of_root.numbers()
        (state / "pages" / "locks").mkdir(parents=True)
        for folder, _, files in os.walk(state):
            Path(folder).chmod(0o755)
            for file in files:
                (Path(folder) / file).chmod(0o600)
        outcome = get_context("fork").Queue()

        def visit() -> None:
            os.setuid(NOBODY)
            generation._file = GenerationFile(state / "generation")
            results = [is_fresh(store, site), sorted(faults.recent())]
            outcome.put(results)

        def seen(fault: str) -> Any:
            witness = new_witness(fault)
            child = get_context("fork").Process(target=visit)
            child.start()
            got, noted = outcome.get(timeout=20)
            child.join()
            witness.visitors_see("every page, fresh" if got else "a stale page")
            witness.signal(f"counted and logged: {', '.join(noted)}")
            return got, noted

        assert seen("all files of the page cache are those of root") == (True, ["generation"])
        # The owner of the file is set right again.
        (state / "generation").chmod(0o666)
        assert seen("stored pages and locks are files of root") == (True, ["locks", "pages"])


def test_an_outdated_copy_counts_as_stale_to_a_client_that_has_it(store: PageStore, site: Site) -> None:
    page = ask(store)
    generation.increment()
    store.renderer.application = lambda environ, start_response: 1 / 0  # type: ignore[assignment,return-value]
    before = {outcome: counter._value.get() for outcome, counter in STORE_ANSWERS.items()}
    given = ask(store, if_none_match=page.headers["etag"])
    assert (given.status, "age" in given.headers) == (304, True)
    after = {outcome: counter._value.get() for outcome, counter in STORE_ANSWERS.items()}
    assert (after["stale"] - before["stale"], after["unchanged"] - before["unchanged"]) == (1, 0)
