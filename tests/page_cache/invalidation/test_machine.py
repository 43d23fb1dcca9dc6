"""The name of a machine: no two have the same, even if one is a copy of the other."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from site_core.page_cache import faults
from site_core.page_cache.invalidation import machine


@pytest.fixture(autouse=True)
def _other_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "STATE_DIR", tmp_path / "state")


def name(state: Path | None = None) -> str:
    """As a new process of the machine with this folder would say it."""
    if state:
        settings.STATE_DIR = state
    return machine.this_machine.__wrapped__()


def test_all_processes_of_a_machine_have_one_name() -> None:
    assert name() == name()
    assert len(name()) == 32


def test_a_copied_folder_is_another_machine(tmp_path: Path) -> None:
    """On this system as well, and however it is copied."""
    names = {name()}
    shutil.copytree(tmp_path / "state", tmp_path / "copy", copy_function=shutil.copy2)
    names |= {name(tmp_path / "copy")}
    assert len(names) == 2


def test_another_system_is_another_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a virtual machine was cloned, inodes and all."""
    names = [name()]
    monkeypatch.setattr(machine, "_MACHINE_ID", tmp_path / "machine-id")
    for system in ("9dcb", "51fe"):
        (tmp_path / "machine-id").write_text(system)
        names.append(name())
    (tmp_path / "machine-id").unlink()
    names.append(name())
    assert len(set(names)) == 4


def test_without_a_file_each_process_counts_as_a_machine(tmp_path: Path) -> None:
    """Then it misses no change: it takes those of its neighbors for those of others."""
    (tmp_path / "state" / "machine").mkdir(parents=True)
    assert name() != name()
    assert "Is a directory" in faults.recent()["machine"]
    faults.forget()
