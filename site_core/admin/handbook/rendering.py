"""Renders a page of the handbook: Markdown to HTML whose headings have anchors and whose links stay in the admin."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

# HTML in the text is shown as text.
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_LINKED_PAGE = re.compile(r"([\w-]+)\.md(#.*)?")
_PICTURE = re.compile(r"pictures/([\w.-]+)")
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")


# The page that lists the others.
START = "README"


@dataclass(frozen=True)
class Section:
    """A heading with the words below it, up to the next heading."""

    heading: str
    anchor: str
    level: int
    text: str


@dataclass(frozen=True)
class Rendered:
    """The HTML of a page and its sections. The first section is that of the title."""

    html: SafeString
    sections: tuple[Section, ...]


def rendered(source: str) -> Rendered:
    tokens = _markdown.parse(source)
    for token in tokens:
        for inline in token.children or []:
            _keep_in_admin(inline)
    sections = tuple(_sections(tokens))
    html = str(_markdown.renderer.render(tokens, _markdown.options, {}))
    html = html.replace("<table>", '<div class="admin-wide"><table class="listing">')
    html = html.replace("</table>", "</table></div>")
    return Rendered(mark_safe(html), sections)  # noqa: S308 - the renderer escapes what is not Markdown


def page_url(name: str) -> str:
    return reverse("handbook") if name == START else reverse("handbook_page", args=[name])


def anchor_of(heading: str) -> str:
    """The anchor that a link to a heading names, as GitHub makes it."""
    return _NOT_IN_ANCHORS.sub("", heading.lower()).replace(" ", "-")


def _keep_in_admin(token: Token) -> None:
    """Have a link to another page, or a picture, lead to its URL in the admin."""
    if token.type == "link_open" and (page := _LINKED_PAGE.fullmatch(str(token.attrGet("href")))):
        token.attrSet("href", page_url(page[1]) + (page[2] or ""))
    elif token.type == "image" and (picture := _PICTURE.fullmatch(str(token.attrGet("src")))):
        token.attrSet("src", reverse("handbook_picture", args=[picture[1]]))


def _sections(tokens: list[Token]) -> Iterator[Section]:
    """The sections of a page. Gives each heading its anchor."""
    heading, anchor, level = "", "", 1
    words: list[str] = []
    for opening, token in pairwise(tokens):
        if opening.type == "heading_open":
            if heading:
                yield Section(heading, anchor, level, " ".join(words))
            heading, level, words = _text(token), int(opening.tag[1:]), []
            anchor = anchor_of(heading)
            opening.attrSet("id", anchor)
        elif token.type in {"inline", "code_block", "fence"}:
            words.append(_text(token))
    yield Section(heading, anchor, level, " ".join(words))


def _text(token: Token) -> str:
    """The words of a token, as they are read."""
    if not token.children:
        return token.content
    breaks = {"softbreak", "hardbreak"}
    return "".join(" " if inline.type in breaks else inline.content for inline in token.children)
