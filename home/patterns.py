"""The pattern page of the admin, in development: every component and every block in its states.

`patterns.yaml` beside the template holds the examples. They are made up and never saved, so the page looks the same on
every site. The hooks register the page only with `DEBUG`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from pkgutil import resolve_name
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.text import slugify
from wagtail.admin.menu import MenuItem
from wagtail.blocks import Block
from wagtail.fields import StreamField
from wagtail.models import Page

from site_core.accounts.permissions import is_administrator
from site_core.page_cache.sites import root_path

EXAMPLES = settings.BASE_DIR / "templates/home/admin/patterns.yaml"
HEAD = {
    "title": "Patterns",
    "summary": "Every component and every block of the site in its states. The content is made up, and the links in "
    "the examples lead nowhere.",
}

# The context of a template for each state that it shows.
Examples = Mapping[str, dict[str, Any]]


class ExampleLoader(yaml.CSafeLoader):
    """Safe YAML in which lists are tuples, so that examples can be hashed, and in which `!new:module.name` calls."""

    def sequence(self, node: yaml.SequenceNode) -> tuple[Any, ...]:
        return tuple(self.construct_sequence(node, deep=True))

    def new(self, name: str, node: yaml.MappingNode | yaml.SequenceNode | yaml.ScalarNode) -> object:
        """Return a new object. A page is live, and has a URL on this site."""
        make = resolve_name(name)
        if isinstance(node, yaml.MappingNode):
            fields: dict[Any, Any] = self.construct_mapping(node, deep=True)
            if isinstance(make, type) and issubclass(make, Page):
                fields |= {"live": True, "url_path": f"{root_path()}example/"}
            return make(**fields)
        if isinstance(node, yaml.SequenceNode):
            return make(*self.sequence(node))
        return make(self.construct_scalar(node))


ExampleLoader.add_constructor("tag:yaml.org,2002:seq", ExampleLoader.sequence)
ExampleLoader.add_multi_constructor("!new:", ExampleLoader.new)


@dataclass(frozen=True)
class Pattern:
    """One component or block, named by its template, with its rendered examples by state."""

    template: str
    examples: dict[str, SafeString]
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


def rendered(template: str, examples: Examples, request: HttpRequest) -> dict[str, SafeString]:
    return {state: render_to_string(template, context, request) for state, context in examples.items()}


def groups_of(request: HttpRequest) -> dict[str, list[Pattern]]:
    """Return all patterns by the heading of their group."""
    content = yaml.load(EXAMPLES.read_text(encoding="utf-8"), ExampleLoader)  # noqa: S506 (a CSafeLoader)
    examples_of_blocks = content["groups"].pop("Blocks")
    groups = {
        heading: [
            Pattern(template, rendered(template, examples, request), is_row=template in content["rows"])
            for template, examples in patterns.items()
        ]
        for heading, patterns in content["groups"].items()
    }
    return groups | {"Blocks": list(block_patterns(examples_of_blocks, request))}


def block_patterns(given: Mapping[str, Examples], request: HttpRequest) -> Iterator[Pattern]:
    """Yield a pattern for each block that an author can pick: its preview value, with the examples that are given."""
    for template, block in sorted(blocks_by_template().items()):
        preview = block.get_context(block.get_preview_value(), {"request": request})
        examples = {state: preview | context for state, context in given.get(template, {"": {}}).items()}
        yield Pattern(template, rendered(template, examples, request), block=block.name)


def blocks_by_template() -> dict[str, Block]:
    """Return a block for each template, from the StreamFields of all models."""
    fields = [field for model in apps.get_models() for field in model._meta.local_fields]
    streams = [field.stream_block for field in fields if isinstance(field, StreamField)]
    return {block.meta.template: block for stream in streams for block in stream.child_blocks.values()}


def patterns(request: HttpRequest) -> HttpResponse:
    """Render all patterns on one page, as visitors see them."""
    # The page has an example of an alert, so it does not show a real one as well.
    context = {"head": HEAD, "groups": groups_of(request), "alert": None}
    return render(request, "home/admin/patterns.html", context)


def pattern_urls() -> list[URLPattern]:
    return [path("patterns/", patterns, name="patterns")]


class PatternsMenuItem(MenuItem):
    """The menu item under Reports. Administrators have it: it is about the site's code, not about its content."""

    def __init__(self) -> None:
        super().__init__("Patterns", reverse("patterns"), icon_name="view", order=1200)

    def is_shown(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)
