"""A page that gets another address leaves a redirect at the old one, if anybody can know it.

Wagtail leaves one of a page that was never public, too, and such a page gets another address with each autosave while
its title is typed.
"""

from typing import Any

from wagtail.contrib.redirects.signal_handlers import (
    autocreate_redirects_on_page_move,
    autocreate_redirects_on_slug_change,
)
from wagtail.models import Page
from wagtail.signals import page_slug_changed, post_page_move


def after_rename(instance: Page, **kwargs: Any) -> None:
    if was_ever_public(instance):
        autocreate_redirects_on_slug_change(instance=instance, **kwargs)


def after_move(instance: Page, **kwargs: Any) -> None:
    if was_ever_public(instance):
        autocreate_redirects_on_page_move(instance=instance, **kwargs)


def was_ever_public(page: Page) -> bool:
    """Whether the page was, or a page below it is."""
    return bool(page.live or page.first_published_at or page.get_descendants().live().exists())


def connect() -> None:
    """In the place of Wagtail's own receivers, once those are connected."""
    page_slug_changed.disconnect(autocreate_redirects_on_slug_change)
    post_page_move.disconnect(autocreate_redirects_on_page_move)
    page_slug_changed.connect(after_rename, dispatch_uid="page_urls.rename")
    post_page_move.connect(after_move, dispatch_uid="page_urls.move")
