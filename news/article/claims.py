"""What a page states about itself to machines: JSON-LD, microdata, Open Graph, and the names of its meta tags."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from site_core.fields.text import clean_text
from site_core.fields.web_url import canonical_link, spellings

Node = dict[str, Any]
# Nodes of JSON-LD that are looked at. A page has a handful.
MOST_NODES = 500
ARTICLES = frozenset(
    (
        *("Article", "NewsArticle", "OpinionNewsArticle", "AnalysisNewsArticle", "ReportageNewsArticle"),
        *("BackgroundNewsArticle", "AskPublicNewsArticle", "ReviewNewsArticle"),
        *("BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "TechArticle", "Report", "ScholarlyArticle"),
        *(
            "MedicalScholarlyArticle",
            "PodcastEpisode",
            "RadioEpisode",
            "AudioObject",
            "VideoObject",
            "TVEpisode",
            "Clip",
        ),
    )
)
WEB_PAGES = frozenset(("WebPage", "ItemPage"))


@dataclass
class Claims:
    """Everything that a page states, unjudged."""

    url: str
    nodes: list[Node] = field(default_factory=list)
    # Meta tags by name or property, in lower case.
    meta: dict[str, list[str]] = field(default_factory=dict)
    title: str = ""
    headings: list[str] = field(default_factory=list)
    canonical: str = ""
    language: str = ""
    text: str = ""

    def first(self, *names: str) -> str:
        """The first text of the meta tags with these names, in their order."""
        return next((text for name in names for text in self.meta.get(name, ()) if text), "")

    @property
    def link(self) -> str:
        """The URL that the page gives itself, unless it is that of a home page."""
        for stated in (self.canonical, self.first("og:url")):
            try:
                url = urljoin(self.url, stated)
                parts = urlsplit(url)
            except ValueError:
                continue
            is_elsewhere = not parts.path.strip("/") and not parts.query and urlsplit(self.url).path.strip("/")
            if stated and parts.scheme in ("http", "https") and parts.hostname and not is_elsewhere:
                return canonical_link(url)
        return canonical_link(self.url)

    @property
    def article(self) -> Node:
        """The node about the article itself, {} if there is none, or several and none has its URL."""
        articles = [node for node in self.nodes if types_of(node) & ARTICLES]
        here = spellings(self.link) | spellings(canonical_link(self.url))
        own = [node for node in articles if _url_of(node, self.url) in here]
        return own[0] if own else articles[0] if len(articles) == 1 else {}

    @property
    def web_page(self) -> Node:
        pages = [node for node in self.nodes if types_of(node) & WEB_PAGES]
        return pages[0] if len(pages) == 1 else {}

    def named(self, value: Any) -> list[str]:
        """The names of people or organizations, which may be texts, objects, or references to objects."""
        if isinstance(value, list):
            return [name for each in value[:10] for name in self.named(each)]
        if isinstance(value, dict):
            referred = next((node for node in self.nodes if value.get("@id") and node.get("@id") == value["@id"]), {})
            value = value.get("name") or referred.get("name")
            value = value[0] if isinstance(value, list) and value else value
        name = plain(value)
        return [name] if name and "://" not in name else []


def types_of(node: Node) -> set[str]:
    stated = node.get("@type")
    kinds = stated if isinstance(stated, list) else [stated]
    return {kind.rpartition("/")[2] for kind in kinds if isinstance(kind, str)}


def plain(value: Any) -> str:
    """A text on one line, "" for anything that is no text."""
    return clean_text(unescape(value), one_line=True)[:1_000] if isinstance(value, str) else ""


def claims_of_html(html: str, url: str) -> Claims:
    """The libraries are loaded once the first link is pasted, because no other request needs them."""
    import lxml.html

    html = html.replace("\x00", "").removeprefix("\ufeff")
    # Text with an encoding in its XML declaration is refused.
    if html.lstrip().startswith("<?xml"):
        html = html.partition("?>")[2]
    try:
        tree = lxml.html.document_fromstring(html)
    except (lxml.etree.LxmlError, ValueError):
        return Claims(url)
    claims = Claims(url, nodes=[*_json_ld(tree), *_microdata(tree, url)][:MOST_NODES])
    for tag in tree.iter("meta"):
        name = (tag.get("property") or tag.get("name") or "").strip().lower()
        if name and (content := plain(tag.get("content"))):
            claims.meta.setdefault(name, []).append(content)
    claims.title = plain(tree.findtext(".//title"))
    claims.headings = [plain(each.text_content()) for each in tree.iter("h1")]
    claims.canonical = next((link.get("href", "") for link in tree.iter("link") if "canonical" in _rel(link)), "")
    claims.language = plain(tree.get("lang"))
    claims.text = " ".join(plain(each.text_content()) for each in tree.iter("p", "h2"))
    return claims


def claims_of_json(text: str, url: str) -> Claims:
    """JSON-LD that is served by itself. Any other JSON states nothing."""
    try:
        return Claims(url, nodes=list(_flattened(json.loads(text)))[:MOST_NODES])
    except (ValueError, RecursionError):
        return Claims(url)


def _rel(link: Any) -> list[str]:
    return str(link.get("rel", "")).lower().split()


def _json_ld(tree: Any) -> Iterator[Node]:
    """Of each script by itself, so that a broken one spoils no other."""
    from extruct.jsonld import JsonLdExtractor

    extractor = JsonLdExtractor()
    for script in tree.iter("script"):
        try:
            yield from _flattened(list(extractor.extract_items(script)))
        except (ValueError, RecursionError):
            continue


def _microdata(tree: Any, url: str) -> list[Node]:
    from extruct.w3cmicrodata import MicrodataExtractor

    try:
        items = MicrodataExtractor().extract_items(tree, base_url=url)
        return [_as_node(item) for item in items]
    except (ValueError, RecursionError):
        return []


def _as_node(item: Any) -> Any:
    """An item of microdata in the form of JSON-LD."""
    if isinstance(item, list):
        return [_as_node(each) for each in item]
    if not isinstance(item, dict):
        return item
    properties = {name: _as_node(value) for name, value in item.get("properties", {}).items()}
    return {"@type": item.get("type", ""), **properties}


def _flattened(value: Any) -> Iterator[Node]:
    """The nodes of a document, of its graphs, and what its pages are about. Not those inside of lists of links."""
    if isinstance(value, list):
        for each in value[:MOST_NODES]:
            yield from _flattened(each)
    elif isinstance(value, dict):
        yield value
        yield from _flattened(value.get("@graph", []))
        if isinstance(value.get("mainEntity"), dict):
            yield from _flattened(value["mainEntity"])


def _url_of(node: Node, base: str) -> str:
    for stated in (node.get("url"), node.get("mainEntityOfPage"), node.get("@id")):
        found = stated.get("@id") if isinstance(stated, dict) else stated
        if isinstance(found, str) and found:
            try:
                return canonical_link(urljoin(base, found))
            except ValueError:
                continue
    return ""
