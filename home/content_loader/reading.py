"""Reads the files: YAML, with a list of entries below each heading."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from home.content_loader.entries import ContentError


class PlainLoader(yaml.CSafeLoader):
    """Safe YAML, in which a field that an entry has twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [self.construct_object(key) for key, _ in node.value]
        for name in names:
            if names.count(name) > 1:
                raise yaml.constructor.ConstructorError(
                    problem=f"“{name}” is there twice", problem_mark=node.start_mark
                )
        return super().construct_mapping(node, deep)


def read_sections(file: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the lists of a file by heading. Raises ContentError for a file without such lists."""
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), PlainLoader)  # noqa: S506 (a CSafeLoader)
    except FileNotFoundError:
        raise ContentError(f"{file.name}: there is no such file in the content folder.") from None
    except UnicodeDecodeError:
        raise ContentError(f"{file.name}: save the file as UTF-8.") from None
    except yaml.YAMLError as error:
        raise ContentError(f"{file.name}, {_position_of(error)}") from error
    if not isinstance(content, dict):
        raise ContentError(f"{file.name}: must hold lists below headings, such as “places:”.")
    for heading, entries in content.items():
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise ContentError(f"{file.name}, “{heading}”: must be a list of entries, each with its fields.")
    return content


def _position_of(error: yaml.YAMLError) -> str:
    """Return the line of a syntax error, and the problem."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    return f"line {mark.line + 1}: {problem}." if mark else f"as a whole: {problem}."
