"""Erases personal data from the ledger. The chain still holds afterwards: the digest of what was erased stays."""

import json
import logging
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db import transaction
from wagtail.log_actions import LogActionRegistry, log

from site_core.fields.nested import strings_in
from site_core.fields.text import comparable, without_tags
from site_core.publishing.ledger.chain import CONTENT, digests_of, parts_of, salt_of
from site_core.publishing.ledger.guard import protect_ledger, unprotect_ledger
from site_core.publishing.ledger.publications import Publication, lock_chain

logger = logging.getLogger(__name__)

LOG_ACTION = "publishing.erase"
ERASED = "(erased)"


@dataclass(frozen=True)
class Found:
    """A row with the text, and the names of the parts that have it."""

    row: Publication
    parts: list[str]


def rows_with(text: str) -> list[Found]:
    """Every row that has the text, in whatever capitals, with whatever spaces and tags in between."""
    wanted = comparable(text)
    found = []
    for row in Publication.objects.order_by("pk").iterator(chunk_size=500):
        parts = [name for name, value in parts_of(row).items() if any(wanted in one for one in _texts(value))]
        if parts:
            found.append(Found(row, parts))
    return found


@transaction.atomic
def erase(text: str, reason: str) -> list[Found]:
    """Erase each part of a row that has the text. The site's history notes the row, the parts and the reason."""
    lock_chain()
    found = rows_with(text)
    # If anything fails, the triggers are rolled back too.
    unprotect_ledger()
    for one in found:
        _erase_parts(one.row, one.parts)
        log(
            instance=one.row,
            title=f"Row {one.row.pk} of the ledger",
            action=LOG_ACTION,
            data={"parts": one.parts, "reason": reason},
        )
    protect_ledger()
    logger.warning("Personal data was erased from %d rows of the ledger. Reason: %s", len(found), reason)
    return found


def _erase_parts(row: Publication, parts: list[str]) -> None:
    digests = digests_of(row)
    # Salts that were derived from one are written out, so that those of the erased parts are gone.
    row.salts = {name: salt_of(row.salts, name) for name in parts_of(row) if name not in parts}
    row.erased = {**row.erased, **{name: digests[name] for name in parts}}
    changed: dict[str, Any] = {"salts": row.salts, "erased": row.erased}
    fields = {name.removeprefix(CONTENT) for name in parts if name.startswith(CONTENT)}
    if fields and row.content is not None:
        changed["content"] = {name: value for name, value in row.content.items() if name not in fields}
    empty = {"title": ERASED, "path": "", "by": "", "note": "", "references": []}
    changed |= {name: value for name, value in empty.items() if name in parts}
    Publication.objects.filter(pk=row.pk).update(**changed)


def _texts(value: object) -> Iterator[str]:
    """Every text in a value, in the form in which texts are compared."""
    for text in strings_in(value):
        if text[:1] in ("[", "{"):
            # The blocks of a body are JSON in a string.
            with suppress(ValueError, RecursionError):
                yield from _texts(json.loads(text))
        yield comparable(without_tags(unescape(text)))


def register_log_action(actions: LogActionRegistry) -> None:
    actions.register_action(
        LOG_ACTION, "Erase from the public version history", "Erased personal data from the public version history"
    )
