"""Stands in for Debian's Python where it makes the site's environment: one with the packages of this one."""

import sys
from importlib.metadata import version
from pathlib import Path

from packaging.requirements import Requirement

from tests.deploy.documents.stand_ins.units import ROOT


def make_environment(folder: str) -> None:
    """“python3 -m venv FOLDER”."""
    programs = Path(folder) / "bin"
    programs.mkdir(parents=True)
    for name, command in {"python": sys.executable, "pip": f"{ROOT}/bin/pip"}.items():
        (programs / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        (programs / name).chmod(0o755)


def install(lock: str) -> None:
    """“pip install --require-hashes -r LOCK”: here all of it has to be installed already."""
    text = Path(lock).read_text()
    pinned = [Requirement(line.removesuffix("\\")) for line in text.splitlines() if "==" in line.split(" ")[0]]
    assert pinned and text.count("--hash=sha256:") >= len(pinned)
    here = [one for one in pinned if one.marker is None or one.marker.evaluate()]
    wrong = {one.name for one in here if not one.specifier.contains(version(one.name))}
    assert not wrong, f"installed in other versions: {wrong}"


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["-m", "venv", folder]:
            make_environment(folder)
        case ["install", "--require-hashes", "-r", lock]:
            install(lock)
        case others:
            sys.exit(f"Nobody has said what this is to do here: {others}")
