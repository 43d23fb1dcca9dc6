"""Stores the images of social cards on disk and serves them.

The folder can be deleted at any time: every image can be drawn again from the database.
"""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect

from site_core.social_cards.card import Card

# Images in the folder: 40 MB at their usual size.
MOST_IMAGES = 1000
# Seconds. Other sites must soon show when a figure was corrected or withdrawn.
MAX_AGE = 60 * 60


def card_response(card: Card, digest: str, current_url: str) -> HttpResponse:
    """The image, cacheable for an hour. The digest of an earlier text redirects to the current URL."""
    if digest != card.digest:
        # A temporary redirect, because the earlier text can come back.
        return redirect(current_url)
    response = HttpResponse(stored_image(card), content_type="image/png")
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response


def stored_image(card: Card) -> bytes:
    """The PNG file of a card. It is drawn at the first request."""
    file = card_folder() / f"{card.digest}.png"
    try:
        return file.read_bytes()
    except FileNotFoundError:
        image = card.draw()
        _write(file, image)
        return image


def card_folder() -> Path:
    return Path(settings.STATE_DIR) / "cards"


def _write(file: Path, image: bytes) -> None:
    """Writes the file atomically, and deletes the oldest ones beyond MOST_IMAGES."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=file.parent, suffix=".part")
    with os.fdopen(handle, "wb") as writer:
        writer.write(image)
    Path(unfinished).replace(file)
    newest_first = sorted(file.parent.glob("*.png"), key=_modified_at, reverse=True)
    for old in newest_first[MOST_IMAGES:]:
        old.unlink(missing_ok=True)


def _modified_at(file: Path) -> float:
    """0 for a file that another process has just deleted."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0
