"""What containers need beside the commands of the units: health, limits, logs that end, and a version."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.deploy_files import FILES
from tests.versions.changelog import version_of_the_code

TOOLS = Path(sys.executable).parent
# It ends by itself.
ONCE = {"prepare"}


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    described: dict[str, Any] = yaml.safe_load((FILES / "compose.yaml").read_text())["services"]
    return described


@pytest.mark.parametrize(
    "command",
    [
        ("check-jsonschema", "--builtin-schema", "vendor.compose-spec", str(FILES / "compose.yaml")),
        ("hadolint", str(FILES / "Containerfile")),
    ],
)
def test_the_files_are_as_their_makers_want_them(command: tuple[str, ...]) -> None:
    checked = subprocess.run([TOOLS / command[0], *command[1:]], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_container_is_limited_and_its_log_ends(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        assert service["mem_limit"] and service["pids_limit"] > 0, name
        assert set(service["logging"]["options"]) == {"max-size", "max-file"}, name


def test_every_container_that_stays_says_whether_it_is_well(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        if name not in ONCE:
            assert {"test", "interval", "timeout"} <= service["healthcheck"].keys(), name


def test_images_are_of_the_version_of_the_code(services: dict[str, dict[str, Any]]) -> None:
    version = version_of_the_code()
    for name, service in services.items():
        if build := service.get("build"):
            assert service["image"].endswith(f":{version}"), name
            assert build["args"] == {"VERSION": version}, name


def test_what_a_health_check_asks_is_there_to_answer(services: dict[str, dict[str, Any]]) -> None:
    """The words that the one of the publishing process looks for are those of the site."""
    ready = services["publishing"]["healthcheck"]["test"][1]
    said = '{"ready": true, "database": "ok", "publishing": "ok"}'
    words = ready.partition("| ")[2]
    assert subprocess.run(["sh", "-c", words], input=said, text=True, check=False).returncode == 0
    other = said.replace('"publishing": "ok"', '"publishing": "no publishing process is running"')
    assert subprocess.run(["sh", "-c", words], input=other, text=True, check=False).returncode == 1
