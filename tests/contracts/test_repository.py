"""The repository as a whole: what stands at its top, how large its parts are, and what it depends on."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from site_core.settings.base import BASE_DIR

APPS = {"site_core", "home", "news", "strategies", "impact"}
BESIDE_THEM = {"templates", "tests", "benchmarks", "deploy", "docs", ".ci"}
FILES = {"manage.py", "Makefile", "README.md", "CHANGELOG.md", ".gitignore"}
PACKAGES = {"pyproject.toml", "requirements.txt", "requirements-dev.txt"}


def test_nothing_else_is_tracked_at_the_top() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=BASE_DIR, capture_output=True, text=True, check=True)
    top = {path.partition("/")[0] for path in listed.stdout.split("\0") if path}
    assert top == APPS | BESIDE_THEM | FILES | PACKAGES


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for file in (BASE_DIR / folder).rglob("*.py"):
            if "migrations" not in file.parts:
                yield file


def imported_packages(file: Path) -> Iterator[str]:
    """The first name of each absolute import."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def canonical(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_every_package_that_the_apps_import_is_declared() -> None:
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]
    declared = {canonical(re.split(r"[\[><=~ ]", line)[0]) for line in project["dependencies"]}
    imported = {name for file in python_files(*APPS) for name in imported_packages(file)}
    third_party = imported - APPS - set(sys.stdlib_module_names)
    providers = packages_distributions()
    undeclared = {name for name in third_party if not {canonical(one) for one in providers[name]} & declared}
    assert undeclared == set()


@pytest.mark.parametrize("folder", [*sorted(APPS), "tests", "benchmarks"])
def test_no_folder_holds_more_than_twenty_modules(folder: str) -> None:
    modules = Counter(file.parent for file in python_files(folder) if file.name != "__init__.py")
    assert {str(parent): count for parent, count in modules.items() if count > 20} == {}


def test_no_file_of_the_apps_has_more_than_300_lines() -> None:
    lines = {str(file): len(file.read_text().splitlines()) for file in python_files(*APPS)}
    assert {name: count for name, count in lines.items() if count > 300} == {}
