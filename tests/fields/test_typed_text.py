"""Every text field of every form and block cleans what comes in."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django import forms
from django.urls import get_resolver
from wagtail.blocks import Block, FieldBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.contrib.settings.registry import registry
from wagtail.contrib.settings.views import get_setting_edit_handler

from site_core.fields.text import clean_text
from tests.contracts.rules import our_blocks, our_page_types, our_snippets

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HOSTILE = "A\vsoft break\ufffe, a bell\x07, half a sign\ud83d and Cafe\u0301"
CLEAN = clean_text(HOSTILE, one_line=True)


def every_form() -> set[type[Any]]:
    """Every form of ours and of Wagtail's, those that are made for a model included."""
    get_resolver().url_patterns  # noqa: B018 (imports every view, and so every form)
    for model in (*our_page_types(), *our_snippets()):
        handler = model.snippet_viewset.get_edit_handler() if hasattr(model, "snippet_viewset") else None
        (handler or model.get_edit_handler()).get_form_class()
    for setting in registry:
        get_setting_edit_handler(setting).get_form_class()
    found: set[type[Any]] = set()
    waiting: list[type[Any]] = [forms.BaseForm]
    while waiting:
        form = waiting.pop()
        found.add(form)
        waiting += [each for each in form.__subclasses__() if each not in found]
    return found


def text_fields() -> dict[str, forms.CharField]:
    return {
        f"{form.__module__}.{form.__qualname__}.{name}": field
        for form in every_form()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput)
    }


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple | set):
        for part in value:
            yield from texts_in(part)


def test_every_text_field_of_every_form_cleans_what_comes_in() -> None:
    fields = text_fields()
    assert len(fields) > 100
    unclean, taken = [], 0
    for name, field in fields.items():
        # A field that takes only some texts refuses this one.
        try:
            value = field.clean(HOSTILE)
        except forms.ValidationError:
            continue
        unclean += [name for text in texts_in(value) if text != clean_text(text, one_line=False)]
        taken += 1
    assert unclean == []
    assert taken > 50


def test_every_text_field_of_one_line_keeps_one_line() -> None:
    broken = []
    for name, field in text_fields().items():
        try:
            value = field.clean("One\r\nline\u2028only")
        except forms.ValidationError:
            continue
        if isinstance(field.widget, forms.TextInput):
            broken += [name for text in texts_in(value) if len(text.splitlines()) > 1]
    assert broken == []


def blocks_within(block: Block) -> Iterator[Block]:
    yield block
    inner: list[Block] = []
    if isinstance(block, ListBlock):
        inner = [block.child_block]
    elif isinstance(block, StructBlock | StreamBlock):
        inner = list(block.child_blocks.values())
    for child in inner:
        yield from blocks_within(child)


def text_blocks() -> list[FieldBlock]:
    every_block = [block for each in our_blocks().values() for block in blocks_within(each)]
    return [
        block for block in every_block if isinstance(block, FieldBlock) and isinstance(block.field, forms.CharField)
    ]


def test_every_text_block_cleans_what_comes_in() -> None:
    blocks = [block for block in text_blocks() if not isinstance(block, RichTextBlock)]
    assert len(blocks) > 20
    taken = set()
    for block in blocks:
        with suppress(forms.ValidationError):
            taken.add(block.clean(HOSTILE))
    assert taken == {CLEAN, clean_text(HOSTILE, one_line=False)}


def test_every_rich_text_cleans_what_comes_in() -> None:
    blocks = [block for block in text_blocks() if isinstance(block, RichTextBlock)]
    assert blocks
    typed = {
        "blocks": [{"key": "a", "type": "unstyled", "text": HOSTILE, "depth": 0}],
        "entityMap": {},
    }
    for block in blocks:
        value = block.clean(block.value_from_datadict({"text": json.dumps(typed)}, {}, "text"))
        assert " ".join(value.source.split()) == f'<p data-block-key="a">{CLEAN}</p>'
