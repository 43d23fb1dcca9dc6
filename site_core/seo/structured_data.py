"""What a page says of itself to machines: JSON-LD in the words of schema.org, one block a page.

Every claim stands in the page's text as well, in the same words: nothing is told to machines that people are not told.
So there is no field here for what a page does not show.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from site_core.organization.models import OrganizationSettings
from site_core.page_cache.root_url import root_url_of

Claim = dict[str, Any]

# What could end the block, or be taken for markup inside it.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def web_page(request: HttpRequest, path: str | None, name: str, description: str = "", **further: Any) -> Claim:
    """A page of ours. `name` is its heading, `description` the summary that it shows; what is empty is left out.

    Wagtail gives no path where the home page was renamed between the reading of the page and that of the site.
    """
    kind = further.pop("type", "WebPage")
    address = root_url_of(request) + (path or "")
    claim = {"@type": kind, "@id": address, "url": address, "name": name, "description": description}
    return recorded(claim | {"publisher": organization(request)} | further)


def organization(request: HttpRequest) -> Claim:
    """Us, in short."""
    home = f"{root_url_of(request)}/"
    return {
        "@type": "NGO",
        "@id": f"{home}#organization",
        "name": OrganizationSettings.shown(request).name,
        "url": home,
    }


def whole_organization(request: HttpRequest) -> Claim:
    """Us, with everything that the footer says."""
    ours = OrganizationSettings.shown(request)
    parent = {"@type": "CollegeOrUniversity", "name": ours.parent} if ours.parent else None
    further = {
        "parentOrganization": parent,
        "address": ours.address,
        "email": ours.email,
        "telephone": ours.phone,
        "sameAs": [link.value["url"] for link in ours.social_links],
    }
    return organization(request) | recorded(further)


def place(name: str, larger: Iterable[str] = ()) -> Claim:
    """A place, in the larger ones that are named beside it."""
    around = [{"@type": "Place", "name": one} for one in larger if one]
    return recorded({"@type": "Place", "name": name, "containedInPlace": around})


def recorded(claim: Claim) -> Claim:
    """The claim without what is not on record."""
    return {key: value for key, value in claim.items() if value not in (None, "", [])}


def breadcrumbs(page: Claim, main_menu: Iterable[Any], ours: Claim) -> Claim | None:
    """The way from the home page: over the entry of the main menu that the page stands below, to the page itself.

    None for the home page. The menu says which pages there are on the way, so no page is claimed that is not shown.
    """
    home: str = ours["url"]
    if page["url"] == home:
        return None
    way = [(ours["name"], home)]
    above = [(item.title, home.rstrip("/") + item.url) for item in main_menu if item.is_current]
    way += [step for step in above if step[1] != page["url"]]
    way.append((page["name"], page["url"]))
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": address}
        for position, (name, address) in enumerate(way, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def data_block(claims: Iterable[Claim]) -> SafeString:
    """The claims as the one block of a page. Nothing in them can end it."""
    graph = {"@context": "https://schema.org", "@graph": list(claims)}
    text = json.dumps(graph, ensure_ascii=False).translate(_ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 (escaped above)
