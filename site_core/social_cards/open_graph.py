"""Open Graph data: what other sites show with a link to this one."""

from dataclasses import dataclass

from django.urls import reverse

from site_core.social_cards.card import HEIGHT, WIDTH, Card


@dataclass(frozen=True)
class SharedLink:
    """What a page declares: `path` and `picture` are paths, `words` is the alternative text of the picture."""

    title: str
    description: str
    path: str
    picture: str
    words: str
    width: int = WIDTH
    height: int = HEIGHT


def shared_link(title: str, description: str, path: str, card: Card, view: str, *args: object) -> SharedLink:
    """The Open Graph data of a page at `path`. `view` and `args` name the view of the card's image."""
    return SharedLink(title, description, path, card_url(card, view, *args), card.words)


def card_url(card: Card, view: str, *args: object) -> str:
    """The URL of a card's image. It ends in the card's digest, so a card with other text has another URL."""
    return reverse(view, args=[*args, card.digest])
