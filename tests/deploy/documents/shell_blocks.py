"""The steps of a document: its blocks of shell commands, as they stand in the text."""

import re
import textwrap
from pathlib import Path
from typing import NamedTuple


class Block(NamedTuple):
    """Commands, and the heading that they stand below."""

    heading: str
    commands: str


def blocks(document: Path) -> list[Block]:
    """Each block of indented lines, in order. Lists are not indented this far."""
    heading, found, lines = "", [], list[str]()
    for line in [*document.read_text().splitlines(), ""]:
        if line.startswith("    "):
            lines.append(line)
            continue
        if lines:
            found.append(Block(heading, textwrap.dedent("\n".join(lines))))
            lines = []
        if title := re.fullmatch(r"#+ (.+)", line):
            heading = title[1]
    return found
