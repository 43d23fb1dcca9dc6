"""Whether a link that was typed as a URL leads to something that visitors see.

Such a link names no object, so the URL is read as a visit would be: a page of the tree, another view, or a redirect.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html import unescape
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from django.db.models.functions import Lower
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.safestring import SafeString, mark_safe
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from site_core.page_cache.memoize import memoized
from site_core.page_cache.sites import root_path
from site_core.publishing.visibility import is_public, visible_paths

# No tag is searched beyond the next, so that hostile text takes no longer than other text.
_LINK = re.compile(r"<a\b[^<>]*+>")
_HREF = re.compile(r'\shref="([^"]*)"')
_PAGE_VIEW = "wagtail_serve"
_checks: dict[str, Callable[..., bool]] = {}


def register_view_check(url_name: str, check: Callable[..., bool]) -> None:
    """Let `check`, called with the arguments of the URL, say whether visitors see what the view of this name shows."""
    _checks[url_name] = check


def visible_link(url: str | None) -> str:
    """The URL itself, "" if it is one of this site where visitors see nothing."""
    path = path_on_site(url or "")
    return "" if path and not look_up_paths([path])[path] else url or ""


def redirect_target(redirect: Redirect) -> str:
    """The URL that it leads to, "" if visitors do not see what is there."""
    if redirect.redirect_page and not is_public(redirect.redirect_page):
        return ""
    return visible_link(redirect.link)


def without_hidden_links(html: str) -> SafeString:
    """Rich text as visitors read it. The text of a link that leads nowhere stays."""
    look_up_paths(paths_in(html))
    return mark_safe(_LINK.sub(_visible_tag, html))  # noqa: S308


def _visible_tag(link: re.Match[str]) -> str:
    href = _HREF.search(link[0])
    return link[0] if href is None or visible_link(unescape(href[1])) else "<a>"


def paths_in(html: str) -> set[str]:
    """The paths of this site that rich text links to."""
    return {path for href in _HREF.findall(html) if (path := path_on_site(unescape(href)))}


def path_on_site(url: str) -> str:
    """The path that a URL names on this site, "" if it is of another site or only a part of a page."""
    try:
        parts = urlsplit(url.strip().replace("\\", "/"))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    is_ours = host in _own_hosts() if parts.netloc else parts.path.startswith("/")
    if not is_ours or parts.scheme not in ("", "http", "https"):
        return ""
    # As browsers do, without “.” and “..”.
    path = normpath("/" + unquote(parts.path).strip("/ ")).strip("/")
    return "" if "\x00" in path else f"/{path}/" if path else "/"


def look_up_paths(paths: Iterable[str]) -> Mapping[str, bool]:
    """Maps at least these paths to whether visitors see something there. Two queries for all pages and redirects."""
    known = visible_paths()
    if missing := {path for path in paths if path not in known}:
        seen = _seen_at(missing)
        known.update(seen | _redirects_at({path for path in missing if not seen[path]}))
    return known


def _seen_at(paths: set[str]) -> dict[str, bool]:
    """Whether a view shows something there. What no view serves, such as a file of nginx, stays a link."""
    views = {path: match for path in paths if (match := _match(path))}
    checked = {
        path: _checks[view.url_name](*view.args, **view.kwargs)
        for path, view in views.items()
        if view.url_name in _checks
    }
    in_tree = {path for path, view in views.items() if view.url_name == _PAGE_VIEW}
    return dict.fromkeys(paths, True) | checked | (_pages_at(in_tree) if in_tree else {})


def _pages_at(paths: set[str]) -> dict[str, bool]:
    root = root_path()
    by_url_path = {f"{root}{path[1:]}": path for path in paths}
    # An index covers the slug, none the path.
    slugs = {url_path.rstrip("/").rpartition("/")[2] for url_path in by_url_path}
    pages = Page.objects.filter(slug__in=slugs, url_path__in=by_url_path)
    return dict.fromkeys(paths, False) | {by_url_path[page.url_path]: is_public(page) for page in pages}


def _redirects_at(paths: set[str]) -> dict[str, bool]:
    """Whether a redirect leads from there to something, for the paths that have one. Capitals do not matter."""
    if not paths:
        return {}
    old_paths = {path: Redirect.normalise_path(path).lower() for path in paths}
    redirects = Redirect.objects.alias(lower=Lower("old_path")).filter(lower__in=set(old_paths.values()))
    links = {one.old_path.lower(): one.link or "" for one in redirects.select_related("redirect_page")}
    targets = {link: path_on_site(link) for link in links.values()}
    seen = _seen_at({path for path in targets.values() if path})
    return {
        path: bool(link := links[old]) and seen.get(targets[link], True)
        for path, old in old_paths.items()
        if old in links
    }


def _match(path: str) -> ResolverMatch | None:
    for spelled in (path.rstrip("/"), path):
        try:
            return resolve(spelled)
        except Resolver404:
            continue
    return None


@memoized
def _own_hosts() -> frozenset[str]:
    return frozenset(host.removeprefix("www.") for host in Site.objects.values_list("hostname", flat=True))
