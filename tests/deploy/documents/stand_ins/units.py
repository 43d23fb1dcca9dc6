"""What a unit of systemd says, and the variables of its processes."""

import os
import shlex
from collections import defaultdict
from pathlib import Path

ROOT = Path(os.environ.get("ROOT", "/nonexistent"))
INHERITED = ("PATH", "LANG", "TMPDIR")


class Unit:
    """A service: “nnsc-web@8001” is an instance of the file nnsc-web@.service."""

    def __init__(self, name: str) -> None:
        self.name = name.removesuffix(".service")
        template, _, self.instance = self.name.partition("@")
        file = f"{template}@.service" if self.instance else f"{template}.service"
        self._said: defaultdict[str, list[str]] = defaultdict(list)
        for line in (ROOT / "etc/systemd/system" / file).read_text().splitlines():
            key, separator, value = line.partition("=")
            if separator and not line.startswith("#"):
                self._said[key].append(self._expanded(value))

    def _expanded(self, value: str) -> str:
        return value.replace("%i", self.instance).replace("%%", "%").replace("$$", "$")

    def said(self, key: str) -> list[str]:
        return self._said[key]

    def commands(self, key: str) -> list[list[str]]:
        return [shlex.split(line) for line in self.said(key)]

    @property
    def is_oneshot(self) -> bool:
        return self.said("Type") == ["oneshot"]

    @property
    def folder(self) -> Path:
        return Path(self.said("WorkingDirectory")[0])

    def environment(self) -> dict[str, str]:
        given = dict(line.split("=", 1) for line in self.said("Environment"))
        return variables(self.said("EnvironmentFile")) | given

    def make_folders(self) -> None:
        """What RuntimeDirectory and StateDirectory do."""
        for folder in self.said("RuntimeDirectory"):
            (ROOT / "run" / folder).mkdir(parents=True, exist_ok=True)
        for folder in self.said("StateDirectory"):
            (ROOT / "var/lib" / folder).mkdir(parents=True, exist_ok=True)


def variables(files: list[str]) -> dict[str, str]:
    """What a service gets from its EnvironmentFiles, and nothing else of ours."""
    inherited = {name: value for name, value in os.environ.items() if name in INHERITED}
    lines = [line for file in files for line in Path(file).read_text().splitlines()]
    return inherited | dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
