"""Every sentence that the public pages can print, so that somebody can read them as a whole.

The words of the organization's content, of the templates that visitors get, and of the code behind them. What an
editor has typed since is not among them.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.template.base import Lexer, TokenType

CONTENT = "home/content/*.yaml"
# The record itself, which no page shows: the other files tell its facts.
RECORD = "facts.yaml"
FOLDERS = ("", "blocks/", "components/", "feedback/", "home/", "impact/", "news/", "strategies/")
TEMPLATES = tuple(f"{folder}*.html" for folder in FOLDERS)
CODE = ("home", "strategies", "news", "impact", "site_core/feedback", "site_core/pages", "site_core/seo")
# What only the admin, the command line or a developer says.
NOT_PUBLIC = re.compile(
    r"migrations|management|content_loader|test|admin|viewset|hooks|forms?\b|_form|checks|panels|launch|loaded|settings"
    r"|_copy|patterns|report|duplicates|publisher_field|asked_for|own_term|corrections|models|pages/base"
    r"|search/(?:extensions|matching|words)"
)
# Attributes that are read aloud or shown.
SPOKEN = re.compile(r'(?:aria-label|alt|placeholder|title)="([^"{<]*)"')
BLOCK_TAG = re.compile(r"</?(?:p|ul|ol|li)>")
TAG = re.compile(r"<[^>]*>", re.S)
LINE_BREAK = re.compile(r"\s*\n\s*")
STYLE = re.compile(r"<style.*?</style>", re.S)
WORDS = re.compile(r"[^\W\d_]{2,}.*\s.*[^\W\d_]{2,}|[A-Z][a-z]{2,}", re.S)
# SQL, patterns, headers, dotted names and names of classes.
UNSPOKEN = re.compile(r"[A-Z]{2,} [A-Z(]{2,}|SELECT|\w_\w|<[a-z]|[;\[\]\\]|^\S+\.\S+$|^\w*[a-z][A-Z]\w*$|-[A-Z]")
# What fields, panels and errors of forms say in the admin, what is logged, and what nobody reads.
NOT_SHOWN = re.compile(
    r"(Field|Block|Panel|Error|Constraint|Http404|compile|grant|reverse|warning|error|TermManager)$"
)


def public_copy() -> dict[str, str]:
    """Each text once, with the file in which it stands first."""
    found: dict[str, str] = {}
    for path, texts in (*_of_content(), *_of_templates(), *_of_code()):
        for text in texts:
            text = LINE_BREAK.sub(" ", text).strip()
            if WORDS.search(text):
                found.setdefault(text, str(path.relative_to(settings.BASE_DIR)))
    return found


def _of_content() -> Iterator[tuple[Path, list[str]]]:
    for path in sorted(settings.BASE_DIR.glob(CONTENT)):
        if path.name != RECORD:
            strings = _strings(yaml.safe_load(path.read_text()))
            yield path, [TAG.sub("", text) for string in strings for text in BLOCK_TAG.split(string)]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _of_templates() -> Iterator[tuple[Path, list[str]]]:
    folder = settings.BASE_DIR / "templates"
    for pattern in TEMPLATES:
        for path in sorted(folder.glob(pattern)):
            source = STYLE.sub("", path.read_text())
            yield path, [*SPOKEN.findall(source), *template_texts(source)]


def template_texts(source: str) -> list[str]:
    """The text between a template's tags. A variable or a block tag inside a sentence is written as “…”."""
    hidden = {TokenType.VAR: "…", TokenType.BLOCK: "…", TokenType.COMMENT: ""}
    joined = "".join(hidden.get(token.token_type, token.contents) for token in Lexer(source).tokenize())
    return re.split(r"\s*(?:<[^>]*>|\n\s*\n)\s*", joined)


def _of_code() -> Iterator[tuple[Path, list[str]]]:
    for folder in CODE:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            if not NOT_PUBLIC.search(str(path.relative_to(settings.BASE_DIR))):
                texts = code_texts(_ShownOnly().visit(ast.parse(path.read_text())))
                yield path, [text for text in texts if not UNSPOKEN.search(text)]


class _ShownOnly(ast.NodeTransformer):
    """Takes from a module what only the admin or a developer reads."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if NOT_SHOWN.search(ast.unparse(node.func)):
            return ast.Constant(None)
        return self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return ast.Pass() if node.name == "Meta" else self.generic_visit(node)


def code_texts(tree: ast.Module) -> Iterator[str]:
    """The strings of a module that are no docstrings. What is filled in is written as “…”."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "…" for part in node.values]
            docstrings |= {id(part) for part in node.values}
            yield "".join(str(part) for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value
