"""The slug of a page: made from its title, and short enough for the page's URL to be redirected once it changes."""

from wagtail.models import Page

from site_core.fields.slugs import free_slug
from site_core.redirects.redirects import MAX_PATH

# The characters that a slug always has space for.
SHORT = 100


def fitting_slug(page: Page, reserved: frozenset[str]) -> str:
    """The page's slug, made from its title if it is empty and cut if it is too long.

    Wagtail's own stays empty for a title without Latin letters.
    """
    # A page without a place in the tree has no parent yet, and nobody knows which slugs are taken there.
    parent = None if 0 < len(page.slug) <= SHORT else page.get_parent()
    if parent is None:
        return str(page.slug)
    space = max(MAX_PATH - len(f"{parent.url_path}/") - _longest_below(page), SHORT)
    if 0 < len(page.slug) <= space:
        return str(page.slug)
    siblings = parent.get_children().not_page(page).values_list("slug", flat=True)
    return free_slug(page.slug or page.title, reserved.union(siblings), max_length=space, otherwise="page")


def _longest_below(page: Page) -> int:
    """The characters that the longest URL below the page adds to its own."""
    paths = page.get_descendants().values_list("url_path", flat=True) if page.pk else []
    return max((len(path) - len(page.url_path) for path in paths), default=0)
