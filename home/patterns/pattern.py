"""What the pattern page is made of: groups of patterns, each a template in its states."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify


@dataclass(frozen=True)
class Example:
    """A template with what it shows; `state` says what is special about it, if anything is."""

    context: dict[str, Any] = field(default_factory=dict)
    state: str = ""


@dataclass(frozen=True)
class Pattern:
    """One component or block, by the template it is made with."""

    template: str
    examples: list[Example]
    # The name of a block, whose place on a page has a class of that name.
    block: str = ""
    # Whether it is never seen outside a list of its kind.
    is_row: bool = False

    @property
    def name(self) -> str:
        """“News list” for “components/news_list.html”."""
        return PurePosixPath(self.template).stem.replace("_", " ").capitalize()

    @property
    def anchor(self) -> str:
        return slugify(self.template.removesuffix(".html").replace("/", "-"))


@dataclass(frozen=True)
class Group:
    """Patterns that belong together."""

    heading: str
    patterns: list[Pattern]


@dataclass(frozen=True)
class ShownExample:
    """An example as it is put on the page."""

    state: str
    html: SafeString

    @property
    def is_blank(self) -> bool:
        """Whether nothing came of it: a picture on a site that has none."""
        return not self.html.strip()


@dataclass(frozen=True)
class ShownPattern:
    """A pattern with its examples rendered, by the very templates that the public pages use."""

    pattern: Pattern
    examples: list[ShownExample]

    @classmethod
    def of(cls, pattern: Pattern, request: HttpRequest) -> "ShownPattern":
        shown = [
            ShownExample(example.state, render_to_string(pattern.template, example.context, request))
            for example in pattern.examples
        ]
        return cls(pattern, shown)
