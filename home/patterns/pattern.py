"""The structure of the pattern page: groups of patterns, each a template with examples."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify


@dataclass(frozen=True)
class Example:
    """The context of a template. `state` names the state that it shows, or is ""."""

    context: dict[str, Any] = field(default_factory=dict)
    state: str = ""


@dataclass(frozen=True)
class Pattern:
    """One component or block, named by its template."""

    template: str
    examples: list[Example]
    # The name of a block. The element around a block on a page has a class of that name.
    block: str = ""
    # Whether it occurs only in a list of its kind.
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
    """Patterns under one heading."""

    heading: str
    patterns: list[Pattern]


@dataclass(frozen=True)
class RenderedExample:
    """The HTML of an example."""

    state: str
    html: SafeString

    @property
    def is_blank(self) -> bool:
        """Whether the template rendered nothing, such as a picture on a site without one."""
        return not self.html.strip()


@dataclass(frozen=True)
class RenderedPattern:
    """A pattern with its rendered examples."""

    pattern: Pattern
    examples: list[RenderedExample]

    @classmethod
    def of(cls, pattern: Pattern, request: HttpRequest) -> "RenderedPattern":
        rendered = [
            RenderedExample(example.state, render_to_string(pattern.template, example.context, request))
            for example in pattern.examples
        ]
        return cls(pattern, rendered)
