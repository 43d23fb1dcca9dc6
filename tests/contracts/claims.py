"""What a page tells machines, held against what it tells people."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup

from news.partial_date import PartialDate

# What says how something is claimed, not what.
NO_CLAIMS = {"@context", "@type", "@id", "unitCode", "position"}
ADDRESS = re.compile(r"https?://\S+")


def graph_of(page: BeautifulSoup) -> list[dict[str, Any]]:
    """The claims of the page's one block; none where it has none."""
    blocks = page.find_all("script", type="application/ld+json")
    assert len(blocks) <= 1, "A page has one block."
    graph: list[dict[str, Any]] = json.loads(blocks[0].get_text())["@graph"] if blocks else []
    return graph


def values_of(claim: Any) -> Iterator[str]:
    """Every text, number and date that is claimed, dates as the page writes them."""
    if isinstance(claim, dict):
        for key, value in claim.items():
            if key.startswith("date"):
                yield str(PartialDate.from_iso(value))
            elif key not in NO_CLAIMS:
                yield from values_of(value)
    elif isinstance(claim, list):
        for value in claim:
            yield from values_of(value)
    elif not ADDRESS.fullmatch(str(claim)):
        yield str(claim)


def not_said(page: BeautifulSoup) -> list[str]:
    """What the page claims and does not say. Text for screen readers counts, the head does not."""
    body = page.body
    assert body
    # Words that elements part may be one word to the reader, or two.
    texts = [" ".join(body.get_text(between).split()) for between in ("", " ")]
    claimed = [" ".join(value.split()) for claim in graph_of(page) for value in values_of(claim)]
    return [value for value in claimed if not any(value in text for text in texts)]


def types_in(claim: Any) -> set[str]:
    """Every type of schema.org that is named."""
    if isinstance(claim, list):
        return set().union(*(types_in(one) for one in claim))
    if not isinstance(claim, dict):
        return set()
    return {str(claim["@type"])}.union(*(types_in(value) for value in claim.values()))
