"""What other sites show of a link to ours."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from site_core.social_cards.card import HEIGHT, WIDTH, Card


@dataclass(frozen=True)
class SharedLink:
    """Title, description, the one address that the link is known by, and a picture, with its words.

    `address` and `picture` are paths; the words are for those who do not see the picture.
    """

    title: str
    description: str
    address: str
    picture: str
    words: str
    width: int = WIDTH
    height: int = HEIGHT


def shared_link(title: str, description: str, address: str, card: Card, view: str, *place: Any) -> SharedLink:
    """`view` and `place` say where the picture stands: its digest is added, so that new words are a new address."""
    return SharedLink(title, description, address, card_url(card, view, *place), card.words)


def card_url(card: Card, view: str, *place: Any) -> str:
    return reverse(view, args=[*place, card.digest])
