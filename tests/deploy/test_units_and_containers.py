"""The units of systemd and the containers: whole, and running the same commands with the same files."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from site_core.media.decoding import MOST_PIXELS
from tests import debian
from tests.deploy.deploy_files import CHECKOUT, FILES, STATE, example_environment, said_in_unit

WEB, PUBLISHING, PREPARE, BACKUP, DRILL = UNITS = (
    *("nnsc-web@.service", "nnsc-publishing.service", "nnsc-prepare.service"),
    *("nnsc-backup.service", "nnsc-restore-drill.service"),
)
TIMERS = [file.name for file in (FILES / "systemd").glob("*.timer")]
# systemd's own measure of how much of a machine a service could get at, from 0 to 10.
MOST_EXPOSED = 2.0
# What decoding a picture takes at most, and what benchmarks/memory.py allows besides stored pages.
BYTES_A_PIXEL = 16
BYTES_OF_WORKERS = 256_000_000


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    described: dict[str, Any] = yaml.safe_load((FILES / "compose.yaml").read_text())
    return described


@pytest.fixture(scope="module")
def stages() -> dict[str, list[str]]:
    """The lines of the Containerfile, by image."""
    parts = re.split(r"^FROM \S+ AS (\w+)\n", (FILES / "Containerfile").read_text(), flags=re.M)[1:]
    return {name: lines.splitlines() for name, lines in zip(parts[::2], parts[1::2], strict=True)}


def copied(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith("COPY "):
            yield from line.split()[1:-1]


@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_nothing_wrong_with_a_unit(name: str, tmp_path: Path) -> None:
    """With programs that are there."""
    program = debian.program("systemd-analyze", "systemd")
    file = tmp_path / name
    text = (FILES / "systemd" / name).read_text()
    file.write_text(re.sub(rf"{CHECKOUT}/.venv/bin/\w+", "/bin/true", text).replace("/usr/bin/curl", "/bin/true"))
    checked = subprocess.run([program, "verify", file], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    threshold = f"--threshold={MOST_EXPOSED * 10:.0f}"
    security = subprocess.run(
        [program, "security", "--offline=yes", threshold, file], capture_output=True, check=False
    )
    assert security.returncode == 0, security.stdout.decode()


@pytest.mark.parametrize("name", TIMERS)
def test_systemd_finds_nothing_wrong_with_a_timer(name: str, tmp_path: Path) -> None:
    """Beside the service that it starts, with programs that are there."""
    program = debian.program("systemd-analyze", "systemd")
    service = name.replace(".timer", ".service")
    for file in (name, service):
        (tmp_path / file).write_text((FILES / "systemd" / file).read_text())
    checked = subprocess.run([program, "verify", tmp_path / name], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    assert said_in_unit(name, "OnCalendar")


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_knows_the_places_that_the_other_files_know(name: str) -> None:
    assert said_in_unit(name, "WorkingDirectory") == [CHECKOUT]
    owner = ["/etc/nnsc/owner"] if name in (PREPARE, DRILL) else []
    assert said_in_unit(name, "EnvironmentFile") == ["/etc/nnsc/environment", *owner]
    assert [f"/var/lib/{folder}" for folder in said_in_unit(name, "StateDirectory")] == [STATE]
    assert example_environment()["STATE_DIR"] == STATE


def test_every_unit_is_shut_in_alike() -> None:
    shut_in = [
        (FILES / "systemd" / name).read_text().partition("\nUMask=")[2].partition("\n\n[Install]")[0] for name in UNITS
    ]
    assert len({part.strip() for part in shut_in}) == 1


def test_containers_run_the_commands_of_the_units(compose: dict[str, Any]) -> None:
    services = compose["services"]
    web = said_in_unit(WEB, "ExecStart")[0]
    assert services["web-1"]["command"] == web.replace("%i", "8001")
    assert services["web-2"]["command"] == web.replace("%i", "8002")
    assert [services["publishing"]["command"]] == said_in_unit(PUBLISHING, "ExecStart")
    assert services["prepare"]["command"][-1].splitlines() == said_in_unit(PREPARE, "ExecStart")


def test_containers_refer_to_what_is_there(compose: dict[str, Any], stages: dict[str, list[str]]) -> None:
    for name, service in compose["services"].items():
        assert service.get("depends_on", {}).keys() <= compose["services"].keys(), name
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in {*compose["volumes"], "/etc/nnsc/tls", "./database.sql"}, name
        if build := service.get("build"):
            assert (FILES / build["context"]).resolve() == settings.BASE_DIR, name
            assert (settings.BASE_DIR / build["dockerfile"]).exists(), name
            assert build["target"] in stages, name


def test_only_what_prepares_knows_the_owner_of_the_tables(compose: dict[str, Any]) -> None:
    files = {name: service.get("env_file", []) for name, service in compose["services"].items()}
    assert [name for name, named in files.items() if "/etc/nnsc/owner" in named] == ["prepare"]
    assert [name for name, named in files.items() if "/etc/nnsc/database" in named] == ["database"]


def test_memory_is_limited_to_what_the_budgets_add_up_to(compose: dict[str, Any]) -> None:
    limits = {name: service["mem_limit"].upper() for name, service in compose["services"].items()}
    services = {WEB: ("web-1", "web-2"), PUBLISHING: ("publishing",), PREPARE: ("prepare",)}
    for unit, containers in services.items():
        assert {limits[name] for name in containers} == {*said_in_unit(unit, "MemoryMax")}
    picture = MOST_PIXELS * BYTES_A_PIXEL
    needed = BYTES_OF_WORKERS + 2 * settings.PAGE_STORE_BYTES + picture
    (high,) = said_in_unit(WEB, "MemoryHigh")
    assert needed <= int(high.removesuffix("M")) * 2**20 < 2**30


def test_no_image_runs_as_root(stages: dict[str, list[str]]) -> None:
    users = {name: [line for line in lines if line.startswith("USER ")] for name, lines in stages.items()}
    # www-data.
    assert users == {"web": ["USER 33"], "nginx": ["USER 33"]}


def test_images_hold_everything_that_runs(stages: dict[str, list[str]]) -> None:
    for source in (*copied(stages["web"]), *copied(stages["nginx"])):
        assert list(settings.BASE_DIR.glob(source)), source
    ours = {app for app in settings.INSTALLED_APPS if (settings.BASE_DIR / app).is_dir()}
    assert {"templates", "docs/editors", "manage.py", "requirements.txt", *ours} <= set(copied(stages["web"]))
    assert list(copied(stages["nginx"])) == ["deploy/nginx/*.conf"]
    used = [word for word in said_in_unit(WEB, "ExecStart")[0].split() if word.startswith("deploy/")]
    assert set(used) <= set(copied(stages["web"]))
