"""The admin's own English for what Wagtail says: `site_core/admin/locale/en/LC_MESSAGES/django.po`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
import wagtail
from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tests.admin.admin_words import raw_words

pytestmark = pytest.mark.one_database
WORDING = Path(settings.BASE_DIR, "site_core/admin/locale/en/LC_MESSAGES/django.po")
WAGTAIL = Path(wagtail.__file__).parent
DJANGOS = {"content type", "content types"}


def wagtails_words() -> Iterator[polib.POEntry]:
    """All that Wagtail says to people, of the parts that are installed here."""
    for config in apps.get_app_configs():
        if Path(config.path).is_relative_to(WAGTAIL):
            for catalog in sorted(Path(config.path, "locale/en/LC_MESSAGES").glob("*.po")):
                yield from polib.pofile(str(catalog))


def test_nothing_that_wagtail_can_say_has_a_word_of_its_machinery() -> None:
    """Messages and mails, too, which no screen shows by itself. Where this fails, say it in our words in WORDING."""
    with translation.override("en-us"):
        said = {
            words
            for one in wagtails_words()
            for words in (
                [ngettext(one.msgid, one.msgid_plural, number) for number in (1, 2)]
                if one.msgid_plural
                else [gettext(one.msgid)]
            )
        }
    spoken = {words: re.sub(r"<[^>]*>|%\(\w+\)s|\{\w*\}", "", words) for words in said}
    assert [words for words, text in spoken.items() if raw_words(text)] == []
    assert len(said) > 1000


def test_the_compiled_wording_is_the_one_that_is_written() -> None:
    """Where this fails, run `make words`."""
    written, compiled = polib.pofile(str(WORDING)), polib.mofile(str(WORDING.with_suffix(".mo")))

    def told(catalog: Any) -> dict[str, Any]:
        return {one.msgid: (one.msgstr, one.msgid_plural, one.msgstr_plural) for one in catalog}

    assert told(written) == told(compiled)
    assert all(one.translated() for one in written)


def test_every_phrase_that_we_reword_is_one_that_wagtail_says() -> None:
    """Where this fails, Wagtail says something else now: reword that instead."""
    stock = {one.msgid for one in wagtails_words()} | DJANGOS
    assert [one.msgid for one in polib.pofile(str(WORDING)) if one.msgid not in stock] == []
