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


def card_response(card: Card, digest: str, current_url: str) -> HttpResponse:
    """The image. The digest of an earlier text redirects to the current URL.

    It is cached no longer than a page, of which it is a copy: of the title, or of a figure that may be withdrawn.
    """
    if digest != card.digest:
        # A temporary redirect, because the earlier text can come back.
        return redirect(current_url)
    return HttpResponse(stored_image(card), content_type="image/png")


def stored_image(card: Card) -> bytes:
    """The PNG file of a card. It is drawn at the first request."""
    return cast("bytes", images().get_or_set(card.digest, card.draw))


def images() -> FileBasedCache:
    """The folder. Of more than MOST_IMAGES it drops some."""
    folder = str(settings.STATE_DIR / "cards")
    return FileBasedCache(folder, {"TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": MOST_IMAGES}})
