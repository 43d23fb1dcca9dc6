"""An article, as its page describes it."""

import re
from dataclasses import dataclass

from django.conf.locale import LANG_INFO

from news.article.claims import Claims, Node, claims_of_html, claims_of_json, plain, types_of
from news.article.dates import stated_date
from news.article.text import text_of
from news.partial_date import PartialDate
from site_core.fields.text import comparable
from site_core.outgoing.guard import JSON, Answer

# The values of `ItemType`, by the types of schema.org and by what stands before a headline.
BY_SCHEMA = {
    "opinion": {"OpinionNewsArticle"},
    "podcast": {"PodcastEpisode", "RadioEpisode", "AudioObject"},
    "video": {"VideoObject", "TVEpisode", "Clip"},
    "report": {"Report", "ScholarlyArticle", "MedicalScholarlyArticle"},
}
_BY_MARK = {
    "opinion": re.compile(r"(opinion|op-ed|editorial|commentary|column)\b", re.I),
    "podcast": re.compile(r"(podcast|listen)\b", re.I),
    "video": re.compile(r"(video|watch)\b", re.I),
    "report": re.compile(r"report\b", re.I),
}
# A mark stands before a colon or a bar, or in brackets.
_MARK = re.compile(r"\s*(?:[\[(]([^\])]{1,20})[\])]|([\w -]{1,20}?)\s*[:|])")
_DATES = (
    "article:published_time",
    "article:published",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
)
_MORE_DATES = (
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "pubdate",
    "publishdate",
    "date",
)
_SITES = ("og:site_name", "citation_journal_title", "dc.publisher", "application-name")
_SUFFIX = re.compile(r"\s+[|–—:·-]\s+([^|–—·]+)$")
LONGEST_HEADLINE = 255


@dataclass(frozen=True)
class Article:
    """What is known of an article. Nothing is guessed: what its page does not state is empty."""

    link: str
    headline: str = ""
    site_name: str = ""
    date: PartialDate | None = None
    author: str = ""
    # A value of `ItemType`, "" for plain news.
    item_type: str = ""
    language: str = ""
    description: str = ""
    is_paywalled: bool = False
    # Only for looking for names in it. It is never stored.
    text: str = ""


def read_article(answer: Answer) -> Article:
    text = text_of(answer)
    read = claims_of_json if answer.content_type in JSON else claims_of_html
    return article_from(read(text, answer.url))


def article_from(claims: Claims) -> Article:
    node = claims.article
    site_name = _site_name(claims, node)
    headline = _headline(claims, node, site_name)
    stated = (node.get("datePublished"), node.get("uploadDate"), claims.web_page.get("datePublished"))
    return Article(
        link=claims.link,
        headline=headline,
        site_name=site_name,
        date=stated_date(
            *map(plain, stated), *(text for name in (*_DATES, *_MORE_DATES) for text in claims.meta.get(name, ()))
        ),
        author=_author(claims, node, site_name),
        item_type=_item_type(claims, node, headline),
        language=_language(claims, node),
        description=claims.first("og:description") or plain(node.get("description")) or claims.first("description"),
        is_paywalled=str(node.get("isAccessibleForFree", "")).lower() == "false"
        or claims.first("article:content_tier") in ("locked", "metered"),
        text=" ".join((plain(node.get("articleBody")), claims.text)),
    )


def _site_name(claims: Claims, node: Node) -> str:
    series = claims.named(node.get("partOfSeries"))
    publishers = [*claims.named(node.get("publisher")), *claims.named(claims.web_page.get("publisher"))]
    return next(iter([*publishers, *filter(None, [claims.first(*_SITES)]), *series]), "")[:255]


def _headline(claims: Claims, node: Node, site_name: str) -> str:
    stated = (
        *(plain(node.get(name)) for name in ("headline", "name")),
        *(claims.first(name) for name in ("og:title", "twitter:title", "citation_title", "dc.title")),
    )
    found = next(filter(None, stated), "") or _shown_headline(claims)
    suffix = _SUFFIX.search(found)
    if suffix and comparable(suffix[1]) == comparable(site_name):
        found = found[: suffix.start()]
    return found if len(found) <= LONGEST_HEADLINE else ""


def _shown_headline(claims: Claims) -> str:
    """The one heading of a page that its title repeats. A page that only says “Just a moment” has none."""
    shown = claims.headings[0] if len(claims.headings) == 1 else ""
    return shown if shown and comparable(shown) in comparable(claims.title) else ""


def _author(claims: Claims, node: Node, site_name: str) -> str:
    stated = claims.named(node.get("author")) or claims.named(
        next(
            (claims.meta[name] for name in ("citation_author", "author", "article:author") if name in claims.meta), []
        )
    )
    names = [re.sub(r"^by\s+", "", name, flags=re.I) for name in stated]
    names = list(dict.fromkeys(name for name in names if name and comparable(name) != comparable(site_name)))
    joined = " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
    return joined if len(joined) <= 255 else ""


def _item_type(claims: Claims, node: Node, headline: str) -> str:
    for item_type, kinds in BY_SCHEMA.items():
        if types_of(node) & kinds:
            return item_type
    mark = _MARK.match(headline)
    section = plain(node.get("articleSection")) or claims.first("article:section")
    for item_type, pattern in _BY_MARK.items():
        if mark and pattern.fullmatch((mark[1] or mark[2]).strip()):
            return item_type
    if _BY_MARK["opinion"].match(section):
        return "opinion"
    if "citation_journal_title" in claims.meta:
        return "report"
    return "video" if claims.first("og:type").startswith("video") else ""


def _language(claims: Claims, node: Node) -> str:
    """The name of the language: “Spanish”. "" if none is stated."""
    stated = plain(node.get("inLanguage")) or claims.language or claims.first("og:locale")
    code = re.split("[-_]", stated.lower())[0]
    return str(LANG_INFO.get(code, {}).get("name", ""))
