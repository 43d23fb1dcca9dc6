"""JSON-LD for search engines, in the vocabulary of schema.org, one block on each page.

Every claim is also in the visible text of the page, in the same words. What a page does not show has no field here.
"""

import json
from collections.abc import Iterable
from typing import Any, Protocol

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from site_core.organization.models import OrganizationSettings
from site_core.page_cache.root_url import root_url_of
from site_core.publishing.typed_links import visible_link

Claim = dict[str, Any]


class MenuItem(Protocol):
    """An item of the main menu."""

    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def is_current(self) -> bool: ...


# Characters that could end the block or be read as markup in it.
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def web_page(request: HttpRequest, path: str | None, name: str, description: str = "", **fields: Any) -> Claim:
    """A page of the site. `name` is its heading and `description` its visible summary. Empty fields are left out.

    `path` is None if the home page is renamed while the request is served.
    """
    kind = fields.pop("type", "WebPage")
    url = root_url_of(request) + (path or "")
    claim: Claim = {"@type": kind, "@id": url, "url": url, "name": name, "description": description}
    return recorded(claim | {"publisher": organization(request)} | fields)


def organization(request: HttpRequest) -> Claim:
    """The organization with its name and URL only."""
    home = f"{root_url_of(request)}/"
    return {
        "@type": "NGO",
        "@id": f"{home}#organization",
        "name": OrganizationSettings.shown(request).name,
        "url": home,
    }


def whole_organization(request: HttpRequest) -> Claim:
    """The organization with everything that the footer shows."""
    settings = OrganizationSettings.shown(request)
    parent = {"@type": "CollegeOrUniversity", "name": settings.parent} if settings.parent else None
    fields: Claim = {
        "parentOrganization": parent,
        "address": settings.address,
        "email": settings.email,
        "telephone": settings.phone,
        "sameAs": [url for link in settings.social_links if (url := visible_link(link.value["url"]))],
    }
    return organization(request) | recorded(fields)


def place(name: str, larger: Iterable[str] = ()) -> Claim:
    """A place, and the larger places that the page names with it."""
    containers = [{"@type": "Place", "name": one} for one in larger if one]
    return recorded({"@type": "Place", "name": name, "containedInPlace": containers})


def recorded(claim: Claim) -> Claim:
    """The claim without its empty fields."""
    return {key: value for key, value in claim.items() if value not in (None, "", [])}


def breadcrumbs(page: Claim, main_menu: Iterable[MenuItem], publisher: Claim) -> Claim | None:
    """The breadcrumbs of a page: the home page, the menu item that contains the page, and the page itself.

    None for the home page. Pages between the menu item and the page are left out, because no page shows them.
    """
    home: str = publisher["url"]
    if page["url"] == home:
        return None
    steps = [(publisher["name"], home)]
    ancestors = [(item.title, home.rstrip("/") + item.url) for item in main_menu if item.is_current]
    steps += [step for step in ancestors if step[1] != page["url"]]
    steps.append((page["name"], page["url"]))
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": url}
        for position, (name, url) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def data_block(claims: Iterable[Claim]) -> SafeString:
    """The script element with the claims. No text in them can end it."""
    graph = {"@context": "https://schema.org", "@graph": list(claims)}
    text = json.dumps(graph, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 (escaped above)
