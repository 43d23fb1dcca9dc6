"""What stands at the top of the repository is named here: nothing gets there by mistake."""

import subprocess

from site_core.settings.base import BASE_DIR

APPS = {"site_core", "home", "news", "strategies", "impact"}
BESIDE_THEM = {"templates", "tests", "benchmarks", "deploy", "docs", ".ci"}
FILES = {"manage.py", "Makefile", "README.md", ".gitignore"}
PACKAGES = {"pyproject.toml", "requirements.txt", "requirements-dev.txt"}


def test_nothing_else_is_tracked_at_the_top() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=BASE_DIR, capture_output=True, text=True, check=True)
    top = {path.partition("/")[0] for path in listed.stdout.split("\0") if path}
    assert top == APPS | BESIDE_THEM | FILES | PACKAGES
