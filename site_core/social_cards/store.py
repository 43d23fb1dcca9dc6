"""Serves the images of social cards. Each is drawn once and kept in a folder.

The folder can be deleted at any time: every image can be drawn again from the database.
"""

import logging

from django.conf import settings
from django.core.cache.backends.filebased import FileBasedCache
from django.http import HttpResponse
from django.shortcuts import redirect

from site_core.social_cards.card import Card

logger = logging.getLogger(__name__)

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
    """The PNG file of a card. It is drawn at the first request, and at each one where it cannot be kept."""
    image = _kept(card.digest)
    if image is None:
        image = card.draw()
        _keep(card.digest, image)
    return image


def _kept(digest: str) -> bytes | None:
    try:
        image = images().get(digest)
    except Exception as error:
        # A file of another user, or a damaged one, which raises whatever unpacking it does.
        logger.warning("A social card cannot be read (%s). It is drawn again.", error)
        return None
    return image if isinstance(image, bytes) else None


def _keep(digest: str, image: bytes) -> None:
    try:
        images().set(digest, image)
    except OSError as error:
        logger.warning("A social card cannot be kept (%s).", error)


def images() -> FileBasedCache:
    """The folder. Of more than MOST_IMAGES it drops some."""
    folder = str(settings.STATE_DIR / "cards")
    return FileBasedCache(folder, {"TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": MOST_IMAGES}})
