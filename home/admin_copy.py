"""Every sentence, label and help text that this code adds to the admin and its mails, to be read as a whole.

Wagtail's and Django's own words are not among them, save what replaces some of Wagtail's, nor what editors typed.
"""

import ast
import re
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.utils.text import capfirst
from wagtail.admin.panels import Panel, get_edit_handler
from wagtail.blocks import Block
from wagtail.fields import StreamField
from wagtail.models import Page

from home.public_copy import code_texts, template_texts

CODE = ("home", "strategies", "news", "impact", "site_core")
# What visitors, the command line, logs or developers read.
NOT_ADMIN = re.compile(
    r"migrations/|management/|content_loader/|/settings/|/checks\.py|_copy\.py|/ops/(?!outbox)|states\.py"
    r"|^site_core/(?:page_cache|seo|social_cards|brand|search)/|^home/(?:places/map|search/(?!admin))|ledger/(?:proof|comparison)"
    r"|^templates/(?:\w+\.html|blocks/|components/|home/|impact/|news/|strategies/|previews/|wagtailcore/)"
    r"|^(?:home|news)/static/|/leave\.js|/print\.js"
)
# Who reads what these are given is a developer.
FOR_DEVELOPERS = re.compile(
    r"logger|warn|ImproperlyConfigured|RuntimeError|TypeError|AssertionError|LookupError|compile|grant"
)
# Attributes that are read aloud or shown, and what a template hands to another.
ATTRIBUTE = re.compile(r'\b(?:aria-label|alt|placeholder|(?:sub)?title|label|text)="([^"{<]*)"')
SCRIPT_TEXT = re.compile(r'"([^"\n]*)"|`([^`\n]*)`')
COMMENT = re.compile(r"^\s*//[^\n]*$|/\*.*?\*/|{#.*?#}|<style.*?</style>|<script.*?</script>", re.M | re.S)
SENTENCE = re.compile(r"[^\W\d_]{2,}\S*\s.*[^\W\d_]{2,}", re.S)
LABEL = re.compile(r"[A-Z][a-z]+(?:-[a-z]+)*[.:?…]?")
# What is filled in before or after the words.
EDGES = re.compile(r"^(?:…+\s*)+(?=\w)|(?:\s*…{2,}|\s…)+$")
# What replaces Wagtail's words, with what is filled in.
WORDING = "site_core/admin/locale/en/LC_MESSAGES/django.po"
REPLACEMENT = re.compile(r'^msgstr(?:\[\d\])? "(.+)"$', re.M)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|{\w+}")
# SQL, names, classes and URLs: not said to anyone.
UNSPOKEN = re.compile(
    r"[A-Z]{2,} [A-Z(*]{2,}|\b(?:BEGIN|CAST|COALESCE|JOIN|OLD|SELECT|WITH)\b"
    r"|\|| - |\w_\w|<[a-z]|[{}\[\]\\=]|^[a-z_-]+(?: [a-z]+-[a-z-]+)*$|^[\w.-]*/|^[#.][a-z]"
)


def admin_copy() -> dict[str, str]:
    """Each text once, with the file in which it stands first."""
    found: dict[str, str] = {}
    for path, texts in (*_of_templates(), *_of_code(), *_of_scripts(), *_of_wording(), *_of_forms()):
        for text in (EDGES.sub("", " ".join(text.split())) for text in texts):
            if (SENTENCE.search(text) or LABEL.fullmatch(text)) and not UNSPOKEN.search(text):
                found.setdefault(text, path)
    return found


def _files(folder: str, pattern: str) -> Iterator[tuple[str, str]]:
    for path in sorted((settings.BASE_DIR / folder).rglob(pattern)):
        name = path.relative_to(settings.BASE_DIR).as_posix()
        if not NOT_ADMIN.search(name):
            yield name, path.read_text()


def _of_templates() -> Iterator[tuple[str, list[str]]]:
    for pattern in ("*.html", "*.txt"):
        for name, source in _files("templates", pattern):
            source = COMMENT.sub("", source)
            yield name, [*ATTRIBUTE.findall(source), *template_texts(source)]


def _of_code() -> Iterator[tuple[str, list[str]]]:
    for folder in CODE:
        for name, source in _files(folder, "*.py"):
            yield name, list(code_texts(_SpokenOnly().visit(ast.parse(source))))


def _of_scripts() -> Iterator[tuple[str, list[str]]]:
    for folder in CODE:
        for name, source in _files(folder, "*.js"):
            yield name, ["".join(texts) for texts in SCRIPT_TEXT.findall(COMMENT.sub("", source))]


def _of_wording() -> Iterator[tuple[str, list[str]]]:
    for text in REPLACEMENT.findall((settings.BASE_DIR / WORDING).read_text()):
        yield WORDING, list(template_texts(PLACEHOLDER.sub("…", text).replace('\\"', '"')))


def _of_forms() -> Iterator[tuple[str, list[str]]]:
    """The labels in the forms of models, of which Django and Wagtail make some from names."""
    for model in apps.get_models():
        if model.__module__.split(".")[0] in CODE and (issubclass(model, Page) or hasattr(model, "panels")):
            bodies = [field.stream_block for field in model._meta.local_fields if isinstance(field, StreamField)]
            blocks = (str(block.label) for body in bodies for block in _blocks_in(body))
            form = get_edit_handler(model)
            yield model._meta.label, [str(capfirst(model._meta.verbose_name)), *_headings(form), *blocks]


def _headings(panel: Panel) -> Iterator[str]:
    name = getattr(panel, "field_name", "")
    field = next((one for one in panel.model._meta.get_fields() if one.name == name), None)
    yield from (str(panel.heading or capfirst(getattr(field, "verbose_name", ""))), str(panel.help_text))
    for child in (*getattr(panel, "children", ()), *filter(None, [getattr(panel, "child_edit_handler", None)])):
        yield from _headings(child)


def _blocks_in(block: Block) -> Iterator[Block]:
    inner = getattr(block, "child_blocks", {}).values()
    for child in (*inner, *filter(None, [getattr(block, "child_block", None)])):
        yield child
        yield from _blocks_in(child)


class _SpokenOnly(ast.NodeTransformer):
    """Takes from a module what it says to developers."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if FOR_DEVELOPERS.search(ast.unparse(node.func)):
            return ast.Constant(None)
        return self.generic_visit(node)
