"""Stands in for systemctl: starts, stops and restarts what the unit files of the machine say."""

import os
import signal
import subprocess
import sys
import time
from fnmatch import fnmatch
from pathlib import Path

from tests.debian import program
from tests.deploy.documents.stand_ins.units import ROOT, Unit

RUNNING = ROOT / "run"
SECONDS_TO_STOP = 40


def main(action: str, *names: str) -> None:
    if action == "daemon-reload":
        assert list((ROOT / "etc/systemd/system").glob("nnsc-*"))
        return
    act = {"start": start, "enable": start, "stop": stop, "restart": restart, "reload": reload}
    for name in names:
        if name == "--now":
            continue
        if action == "try-reload-or-restart":
            if _pid(name):
                reload(name)
        else:
            act[action](name)


def start(name: str) -> None:
    if name.endswith(".timer"):
        # Its time does not come here. There has to be what it starts.
        assert Unit(name.removesuffix(".timer")).is_oneshot
    elif name == "nginx":
        _run(name, _nginx(), None, Path("/"))
    elif not _pid(name):
        _start(Unit(name))


def stop(name: str) -> None:
    for file in RUNNING.glob("*.pid"):
        if fnmatch(file.stem, name):
            _end(file)


def restart(name: str) -> None:
    stop(name)
    start(name)


def reload(name: str) -> None:
    os.kill(_pid(name), signal.SIGHUP)


def _start(unit: Unit) -> None:
    unit.make_folders()
    variables = unit.environment()
    for command in unit.commands("ExecStartPre"):
        subprocess.run(command, cwd=unit.folder, env=variables, check=True)
    for command in unit.commands("ExecStart"):
        if not unit.is_oneshot:
            _run(unit.name, command, variables, unit.folder)
        elif not _is_done_already(command):
            subprocess.run(command, cwd=unit.folder, env=variables, stdout=subprocess.DEVNULL, check=True)
    for command in unit.commands("ExecStartPost"):
        subprocess.run(command, cwd=unit.folder, env=variables, check=True)


def _is_done_already(command: list[str]) -> bool:
    """The static files of a version stay what they are, and compressing them anew takes half a minute."""
    return "collectstatic" in command and (ROOT / "var/lib/nnsc/static/staticfiles.json").exists()


def _run(name: str, command: list[str], variables: dict[str, str] | None, folder: Path) -> None:
    with (ROOT / f"var/log/{name}.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    (RUNNING / f"{name}.pid").write_text(str(process.pid))


def _nginx() -> list[str]:
    folder = ROOT / "etc/nginx"
    main = f"pid {folder / 'nginx.pid'}; daemon off;"
    return [program("nginx"), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"), "-g", main]


def _pid(name: str) -> int:
    """The process of a service that runs, 0 if none does."""
    file = RUNNING / f"{name.removesuffix('.service')}.pid"
    return int(file.read_text()) if file.exists() and _is_running(int(file.read_text())) else 0


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _end(file: Path) -> None:
    pid, deadline = int(file.read_text()), time.monotonic() + SECONDS_TO_STOP
    if _is_running(pid):
        os.kill(pid, signal.SIGTERM)
    while _is_running(pid):
        assert time.monotonic() < deadline, f"{file.stem} does not stop"
        time.sleep(0.05)
    file.unlink()


if __name__ == "__main__":
    main(*sys.argv[1:])
