"""Serves the images of social cards. Each is drawn once and kept in a folder.

The folder can be deleted at any time: every image can be drawn again from the database.
"""

from typing import cast

from django.conf import settings
from django.core.cache.backends.filebased import FileBasedCache
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
    return cast("bytes", images().get_or_set(card.digest, card.draw))


def images() -> FileBasedCache:
    """The folder. Of more than MOST_IMAGES it drops some."""
    folder = str(settings.STATE_DIR / "cards")
    return FileBasedCache(folder, {"TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": MOST_IMAGES}})
