"""The versions that CHANGELOG.md tells of."""

import re
import tomllib
from datetime import date
from typing import NamedTuple

from site_core.settings.base import BASE_DIR


class Version(NamedTuple):
    """Its number as a tuple, and the day of its release."""

    number: tuple[int, ...]
    released_on: date


def numbered(written: str) -> tuple[int, ...]:
    """(0, 3, 0) for “0.3.0”."""
    return tuple(int(part) for part in written.split("."))


def versions() -> list[Version]:
    """Each, in the order of the text."""
    headings = re.findall(r"^## (.*)$", (BASE_DIR / "CHANGELOG.md").read_text(), re.M)
    return [
        Version(numbered(number), date.fromisoformat(day))
        for number, _, day in (heading.partition(" – ") for heading in headings)
    ]


def version_of_the_code() -> str:
    return str(tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"])
