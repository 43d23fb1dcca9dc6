"""An empty variable is no variable: not to the site, not to the libraries that read some of their own, not to make."""

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import yaml

from site_core.settings.base import BASE_DIR
from tests.deploy.deploy_files import FILES, example_environment
from tests.settings.test_settings import COMPLETE

pytestmark = pytest.mark.sweep

OPTIONAL = (
    *("STATE_DIR", "PAGE_STORE_BYTES", "VERIFICATION_URL", "CDN_URL", "SENTRY_DSN", "OUTGOING_REQUESTS", "PORT"),
    "CROSSREF",
    *("MEDIA_BUCKET", "MEDIA_ENDPOINT", "MEDIA_REGION", "MEDIA_KEY", "MEDIA_SECRET"),
)
OURS = (*COMPLETE, *OPTIONAL)
# What libraries read by themselves: Prometheus, granian, boto3, the driver of PostgreSQL, OpenSSL and C's own.
OF_LIBRARIES = (
    *("PROMETHEUS_MULTIPROC_DIR", "prometheus_multiproc_dir", "GRANIAN_PORT", "GRANIAN_WORKERS"),
    *("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL"),
    *("PGHOST", "PGPORT", "PGSSLMODE", "PGSERVICE", "SSL_CERT_FILE", "MALLOC_ARENA_MAX"),
)
ALL = (*OURS, *(f"{name}_FILE" for name in OURS), *OF_LIBRARIES)
SETTINGS = "DJANGO_SETTINGS_MODULE"

# What the site holds, and what it would hand on to a process that it starts.
SHOW = """
import json, os
from django.conf import settings
held = {name: repr(getattr(settings, name)) for name in dir(settings) if name.isupper()}
print(json.dumps([held, dict(os.environ)], indent=1, sort_keys=True))
"""
NOTE_WHAT_IS_READ = """
from site_core.settings import environment
read, text = set(), environment.text
environment.text = lambda name, default: (read.add(name), text(name, default))[1]
import {settings}
print(*read)
"""


@cache
def run(command: tuple[str, ...], variables: frozenset[tuple[str, str]], folder: Path = BASE_DIR) -> tuple[int, str]:
    """The exit code of a command with these variables and no others of ours, and all that it prints."""
    inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "TMPDIR")}
    ended = subprocess.run(
        command,
        cwd=folder,
        # Sets are shown in the same order each time.
        env=inherited | {"PYTHONPATH": str(BASE_DIR), "PYTHONHASHSEED": "0"} | dict(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("state")
    (folder / "static").mkdir()
    return folder


def shown(settings: str, variables: dict[str, str]) -> tuple[int, str]:
    chosen = variables | {SETTINGS: f"site_core.settings.{settings}"}
    return run((sys.executable, "-c", SHOW), frozenset(chosen.items()))


@pytest.mark.parametrize("name", COMPLETE)
def test_in_production_one_that_is_needed_is_missing(name: str, folder: Path) -> None:
    others = {other: value for other, value in (COMPLETE | {"STATE_DIR": str(folder)}).items() if other != name}
    without = shown("production", others)
    assert shown("production", others | {name: ""}) == without
    assert without[0] != 0


def test_in_production_all_others_are_as_if_they_were_not_there(folder: Path) -> None:
    given = COMPLETE | {"STATE_DIR": str(folder)}
    without = shown("production", given)
    assert without[0] == 0
    # In one process, because each takes half a second.
    assert shown("production", dict.fromkeys(ALL, "") | given) == without


def test_in_production_an_empty_state_folder_is_the_usual_one(folder: Path) -> None:
    without = shown("production", COMPLETE)
    assert shown("production", COMPLETE | {"STATE_DIR": ""}) == without
    assert without[0] == 0


@pytest.mark.parametrize("name", ["PORT", "PUBLIC_URL", "VERIFICATION_URL", "DATABASE_URL", "PAGE_STORE_BYTES"])
def test_under_make_run_it_is_as_if_it_were_not_there(name: str, folder: Path) -> None:
    others = {"STATE_DIR": str(folder)}
    without = shown("local", others)
    assert shown("local", others | {name: ""}) == without
    assert without[0] == 0


def test_an_empty_file_holds_no_value_either(folder: Path) -> None:
    empty = folder / "empty"
    empty.touch()
    others = {name: value for name, value in COMPLETE.items() if name != "SECRET_KEY"}
    command = (sys.executable, "manage.py", "check")
    chosen = others | {SETTINGS: "site_core.settings.production", "SECRET_KEY_FILE": str(empty)}
    code, printed = run(command, frozenset(chosen.items()))
    assert (code, printed.startswith("SECRET_KEY is not set: give it ")) == (1, True)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (("manage.py", "shell", "--verbosity=0", "--command", ""), "local"),
        (("-c", "import site_core.wsgi"), "production"),
        (("-c", "from site_core.ops.web_server import load; load()"), "production"),
    ],
)
def test_each_way_to_start_has_settings_of_its_own(command: tuple[str, ...], expected: str, folder: Path) -> None:
    # What only a public server needs is a sign that manage.py should not run as it does at home.
    given = {} if expected == "local" else COMPLETE
    chosen = given | {"STATE_DIR": str(folder), SETTINGS: ""}
    shows = f"{command[-1]}\nimport os; print(os.environ.get('{SETTINGS}'))"
    code, printed = run((sys.executable, *command[:-1], shows), frozenset(chosen.items()))
    # What runs beside may have logged that there is no database here.
    assert (code, printed.splitlines()[-1]) == (0, f"site_core.settings.{expected}")


@pytest.mark.parametrize("settings", ["production", "local", "development"])
def test_every_variable_that_the_settings_read_is_tried_here(settings: str, folder: Path) -> None:
    command = (sys.executable, "-c", NOTE_WHAT_IS_READ.format(settings=f"site_core.settings.{settings}"))
    code, printed = run(command, frozenset((COMPLETE | {"STATE_DIR": str(folder)}).items()))
    assert code == 0, printed
    assert set(printed.split()) - set(OURS) == set()
    assert printed.split()


def test_every_variable_that_is_told_of_is_tried_here() -> None:
    papers = (BASE_DIR / "docs" / "operations.md").read_text()
    tables = {name for row in re.findall(r"^\| (`[A-Z_`, ]+`) \|", papers, re.M) for name in re.findall(r"\w+", row)}
    units = {
        name
        for file in (FILES / "systemd").iterdir()
        for name in re.findall(r"^Environment=(\w+)=", file.read_text(), re.M)
    }
    services = yaml.safe_load((FILES / "compose.yaml").read_text())["services"]
    containers = {
        name for key in ("web-1", "web-2", "publishing", "prepare") for name in services[key].get("environment", ())
    }
    in_code = {
        name
        for app in ("site_core", "home", "news", "strategies", "impact")
        for file in (BASE_DIR / app).rglob("*.py")
        for name in re.findall(r"""os\.environ(?:\.\w+\(|\[)["'](\w+)""", file.read_text())
    }
    assert tables >= set(OURS)
    told_of = tables | units | containers | in_code | set(example_environment())
    assert told_of - {*ALL, SETTINGS, "TEST_DATABASE_TEMPLATE"} == set()


def test_what_counts_nowhere_writes_no_file(tmp_path: Path, folder: Path) -> None:
    """The library takes an empty name for the folder in which the process was started."""
    chosen = COMPLETE | {"STATE_DIR": str(folder), "PROMETHEUS_MULTIPROC_DIR": "", SETTINGS: ""}
    counts = (
        "from site_core.ops.web_server import load; load()\n"
        "from site_core.page_cache.metrics import FOLDER, REQUESTS, STORE_ANSWERS\n"
        "STORE_ANSWERS['fresh'].inc(); REQUESTS.labels('2xx').observe(1); print(repr(FOLDER))"
    )
    assert run((sys.executable, "-c", counts), frozenset(chosen.items()), tmp_path) == (0, "''\n")
    assert (
        run((sys.executable, "-m", "site_core.ops.web_server", "--version"), frozenset(chosen.items()), tmp_path)[0]
        == 0
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["in the environment", "on the command line"])
def test_make_uses_its_own_port(given: str) -> None:
    on_line = ("PORT=", "PYTHON=") if given == "on the command line" else ()
    in_environment = frozenset() if on_line else frozenset({("PORT", ""), ("PYTHON", "")})
    code, printed = run(
        ("make", "--dry-run", "dev", "help", ".venv/bin/python", "--always-make", *on_line), in_environment
    )
    assert code == 0, printed
    assert "runserver localhost:8000\n" in printed
    assert re.search(r"python3\S* -m venv", printed)
