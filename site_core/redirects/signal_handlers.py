"""Creates redirects for pages that get a new URL, unless they were never public.

Wagtail's receivers also create redirects for pages that were never public, and such a page gets a new URL with each
autosave while its title is typed. Wagtail's public hook, `Page.get_route_paths()`, cannot stop them: if a page has no
paths, Wagtail 8.0 deletes every automatic redirect of the site (`BatchRedirectCreator.pre_process`).
"""

from wagtail.contrib.redirects.signal_handlers import (
    autocreate_redirects_on_page_move,
    autocreate_redirects_on_slug_change,
)
from wagtail.models import Page
from wagtail.signals import page_slug_changed, post_page_move


def after_rename(instance: Page, **kwargs: object) -> None:
    if was_ever_public(instance):
        autocreate_redirects_on_slug_change(instance=instance, **kwargs)


def after_move(instance: Page, **kwargs: object) -> None:
    if was_ever_public(instance):
        autocreate_redirects_on_page_move(instance=instance, **kwargs)


def was_ever_public(page: Page) -> bool:
    """Whether the page was ever public, or a page below it is."""
    return bool(page.live or page.first_published_at or page.get_descendants().live().exists())


def connect() -> None:
    """Replace Wagtail's receivers, which must be connected already."""
    page_slug_changed.disconnect(autocreate_redirects_on_slug_change)
    post_page_move.disconnect(autocreate_redirects_on_page_move)
    page_slug_changed.connect(after_rename, dispatch_uid="page_urls.rename")
    post_page_move.connect(after_move, dispatch_uid="page_urls.move")
