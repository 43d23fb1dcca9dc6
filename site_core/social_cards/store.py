"""Keeps the pictures of social cards once they are drawn, and hands them out.

Everything in the folder can be drawn again from the database, so deleting it is harmless.
"""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from site_core.social_cards.card import Card

# How many pictures the folder holds at most: 40 MB at their usual size.
MOST_PICTURES = 1000
# In seconds. A picture shown on another site must come to say that its figure was corrected or withdrawn.
AN_HOUR = 60 * 60


def card_response(card: Card, digest: str, address: str) -> HttpResponse:
    """The picture, to keep a while; under the digest of earlier words, the way to its present `address`."""
    if digest != card.digest:
        # Not for ever: the words may one day be the earlier ones again.
        return redirect(address)
    response = HttpResponse(stored_image(card), content_type="image/png")
    response["Cache-Control"] = f"public, max-age={AN_HOUR}"
    return response


def stored_image(card: Card) -> bytes:
    """The PNG file of a card, drawn the first time somebody asks for it."""
    file = card_folder() / f"{card.digest}.png"
    try:
        return file.read_bytes()
    except FileNotFoundError:
        picture = card.draw()
        _keep(file, picture)
        return picture


def card_folder() -> Path:
    return Path(settings.STATE_DIR) / "cards"


def _keep(file: Path, picture: bytes) -> None:
    """Write the file whole or not at all, and take the oldest away where there are too many."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=file.parent, suffix=".part")
    with os.fdopen(handle, "wb") as writer:
        writer.write(picture)
    Path(unfinished).replace(file)
    kept = sorted(file.parent.glob("*.png"), key=_changed_at, reverse=True)
    for old in kept[MOST_PICTURES:]:
        old.unlink(missing_ok=True)


def _changed_at(file: Path) -> float:
    """0 for a file that another process has just taken away."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0
