"""Creates redirects for pages that get a new URL, unless they were never public.

Wagtail's receivers also create redirects for pages that were never public, and such a page gets a new URL with each
autosave while its title is typed. They fail on an old path that is longer than a redirect can hold.
"""

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.signal_handlers import (
    autocreate_redirects_on_page_move,
    autocreate_redirects_on_slug_change,
)
from wagtail.models import Page, Site
from wagtail.signals import page_slug_changed, post_page_move

from site_core.redirects.redirects import MAX_PATH

# A database limits how many values one query may have, and a section may have more pages than that.
AT_ONCE = 2_000


def after_rename(instance: Page, instance_before: Page, **kwargs: object) -> None:
    keep_old_urls(instance, instance_before.url_path)


def after_move(instance: Page, url_path_before: str, url_path_after: str, **kwargs: object) -> None:
    if url_path_before != url_path_after:
        keep_old_urls(instance, url_path_before)


@transaction.atomic
def keep_old_urls(page: Page, url_path_before: str) -> None:
    """Redirect the old URLs of the page, if it was ever public, and of the live pages below it.

    An automatic redirect from one of the old or the new URLs is deleted. One that an editor made stays.
    """
    pages = dict(page.get_descendants().live().values_list("pk", "url_path"))
    if page.live or page.first_published_at or pages:
        pages[page.pk] = page.url_path
    for site in Site.objects.select_related("root_page"):
        root = site.root_page.url_path
        # A redirect does not lead from one site to another.
        if not (page.url_path.startswith(root) and url_path_before.startswith(root)) or site.root_page_id == page.pk:
            continue
        start = len(root) - 1
        old = {
            Redirect.normalise_path((url_path_before + path[len(page.url_path) :])[start:]): pk
            for pk, path in pages.items()
        }
        paths = [*old, *(Redirect.normalise_path(path[start:]) for path in pages.values())]
        for first in range(0, len(paths), AT_ONCE):
            outdated = Redirect.objects.filter(old_path__in=paths[first : first + AT_ONCE])
            outdated.filter(site=site, automatically_created=True).delete()
        redirects = [
            Redirect(site=site, old_path=path, redirect_page_id=pk, automatically_created=True)
            for path, pk in old.items()
            if len(path) <= MAX_PATH
        ]
        Redirect.objects.bulk_create(redirects, batch_size=AT_ONCE, ignore_conflicts=True)


def connect() -> None:
    """Replace Wagtail's receivers, which must be connected already."""
    page_slug_changed.disconnect(autocreate_redirects_on_slug_change)
    post_page_move.disconnect(autocreate_redirects_on_page_move)
    page_slug_changed.connect(after_rename, dispatch_uid="page_urls.rename")
    post_page_move.connect(after_move, dispatch_uid="page_urls.move")
