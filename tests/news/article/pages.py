"""Forty pages as newspapers, journals and broadcasters make them, each with what it states about itself."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.outgoing.web import HTML, Reply, moved

# Where a page states nothing, nothing may be found.
NOTHING = ("", "", "")


@dataclass(frozen=True)
class Sample:
    """A page and what it states: headline, publisher, date. `more` are further attributes of the article."""

    reply: Reply
    states: tuple[str, str, str]
    more: dict[str, str] = field(default_factory=dict)


def page(head: str = "", body: str = "<p>Text of the article.</p>", lang: str = "en", **reply: Any) -> Reply:
    return Reply(f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>', **reply)


def og(**properties: str) -> str:
    return "".join(f'<meta property="og:{name}" content="{value}">' for name, value in properties.items())


def meta(**names: str) -> str:
    return "".join(f'<meta name="{name.replace("__", ".")}" content="{value}">' for name, value in names.items())


def published(date: str) -> str:
    return f'<meta property="article:published_time" content="{date}">'


def ld(*nodes: Any) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)


def article(kind: str = "NewsArticle", **claims: Any) -> dict[str, Any]:
    whole = {"@context": "https://schema.org", "@type": kind, "headline": "Shootings fall in Exampleburg"}
    return whole | {"publisher": {"@type": "Organization", "name": "Example Gazette"}} | claims


HEADLINE, GAZETTE = "Shootings fall in Exampleburg", "Example Gazette"
DAY, IN_WORDS = "2018-04-03T05:00:00-04:00", "April 3, 2018"
ALL = (HEADLINE, GAZETTE, IN_WORDS)
GRAPH = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Organization", "@id": "#us", "name": GAZETTE},
        {"@type": "Person", "@id": "#her", "name": "Ann Example"},
        {"@type": "WebPage", "name": "Something else", "datePublished": "2017-01-01"},
        article(publisher={"@id": "#us"}, author=[{"@id": "#her"}, {"name": "Bob Example"}], datePublished=DAY),
    ],
}
MICRODATA = (
    f'<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{HEADLINE}</h1>'
    '<span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ann Example</b></span>'
    f'<time itemprop="datePublished" datetime="{DAY}">Tuesday</time><div itemprop="publisher" itemscope '
    f'itemtype="https://schema.org/Organization"><meta itemprop="name" content="{GAZETTE}"></div></article>'
)
RELATED = {"@type": "ItemList", "itemListElement": [article(headline="Another article")]}
JAPANESE = "銃撃事件が減少"
SPANISH = "Bajan los tiroteos en Nuévo Ejemplo"


def of_machines() -> dict[str, Sample]:
    """JSON-LD and microdata."""
    return {
        "ld": Sample(page(ld(article(datePublished=DAY, author="Ann Example"))), ALL, {"author": "Ann Example"}),
        "ld-month": Sample(page(ld(article(datePublished="2018-04"))), (HEADLINE, GAZETTE, "April 2018")),
        "ld-year": Sample(page(ld(article(datePublished="2018"))), (HEADLINE, GAZETTE, "2018")),
        "ld-graph": Sample(page(ld(GRAPH)), ALL, {"author": "Ann Example and Bob Example"}),
        "ld-list": Sample(page(ld([RELATED, article(datePublished=DAY)])), ALL),
        "ld-several": Sample(
            page(ld(article(headline="Another", url="/other"), article(url="/ld-several", datePublished=DAY))), ALL
        ),
        "ld-listing": Sample(page(ld(article(url="/one"), article(url="/two"))), NOTHING),
        "ld-broken": Sample(
            page('<script type="application/ld+json">{"headline": "Cut o</script>' + ld(article(datePublished=DAY))),
            ALL,
        ),
        "ld-deep": Sample(
            page(f'<script type="application/ld+json">{"[" * 50_000}</script>' + ld(article(datePublished=DAY))), ALL
        ),
        "ld-hostile": Sample(
            page(ld(article(headline=["a"], author={"name": {"a": 1}}, publisher=7, datePublished=["x"]))), NOTHING
        ),
        "ld-entities": Sample(
            page(ld(article(headline="Shootings fall &amp; rise", datePublished=DAY))),
            ("Shootings fall & rise", GAZETTE, IN_WORDS),
        ),
        "ld-future": Sample(page(ld(article(datePublished="2999-01-01"))), (HEADLINE, GAZETTE, "")),
        "ld-epoch": Sample(page(ld(article(datePublished="1970-01-01T00:00:00Z"))), (HEADLINE, GAZETTE, "")),
        "ld-modified": Sample(page(ld(article(dateModified="2020-01-01"))), (HEADLINE, GAZETTE, "")),
        "opinion": Sample(page(ld(article("OpinionNewsArticle", datePublished=DAY))), ALL, {"item_type": "opinion"}),
        "podcast": Sample(
            page(
                ld(
                    {"@type": "PodcastEpisode", "name": "Episode 12", "datePublished": "2018-04-03"}
                    | {"partOfSeries": {"@type": "PodcastSeries", "name": "Example Talks"}}
                )
            ),
            ("Episode 12", "Example Talks", IN_WORDS),
            {"item_type": "podcast"},
        ),
        "video": Sample(
            page(ld({"@type": "VideoObject", "name": "On tape", "uploadDate": DAY}) + og(site_name="Example TV")),
            ("On tape", "Example TV", IN_WORDS),
            {"item_type": "video"},
        ),
        "microdata": Sample(page(body=MICRODATA), ALL, {"author": "Ann Example"}),
        "json": Sample(Reply(json.dumps(article(datePublished=DAY)), content_type="application/ld+json"), ALL),
        "json-other": Sample(Reply('{"a": [1, 2', content_type="application/json"), NOTHING),
    }


def of_people() -> dict[str, Sample]:
    """Open Graph, meta tags, and what is shown."""
    graph = og(title=HEADLINE, site_name=GAZETTE, description="What it says.")
    return {
        "og": Sample(page(graph + published(DAY)), ALL, {"description": "What it says."}),
        "og-suffix": Sample(page(og(title=f"{HEADLINE} | {GAZETTE}", site_name=GAZETTE) + published(DAY)), ALL),
        "og-no-date": Sample(page(graph), (HEADLINE, GAZETTE, "")),
        "og-opinion": Sample(
            page(og(title=f"Opinion | {HEADLINE}", site_name=GAZETTE) + published(DAY)),
            (f"Opinion | {HEADLINE}", GAZETTE, IN_WORDS),
            {"item_type": "opinion"},
        ),
        "journal": Sample(
            page(meta(citation_title=HEADLINE, citation_journal_title="Journal of Examples", citation_date="2018/04")),
            (HEADLINE, "Journal of Examples", "April 2018"),
            {"item_type": "report"},
        ),
        "dublin-core": Sample(
            page(meta(DC__title=HEADLINE, DC__publisher=GAZETTE, DC__date="April 3, 2018")),
            ALL,
        ),
        "two-readings": Sample(page(graph + meta(pubdate="04/03/2018")), (HEADLINE, GAZETTE, "")),
        "mail-date": Sample(page(graph + meta(pubdate="Tue, 03 Apr 2018 10:00:00 GMT")), ALL),
        "shown": Sample(page(f"<title>{HEADLINE} - {GAZETTE}</title>", f"<h1>{HEADLINE}</h1>"), (HEADLINE, "", "")),
        "none": Sample(page("<title>Just a moment...</title>", "<h1>example.org</h1><p>April 3, 2018"), NOTHING),
        "empty": Sample(Reply(""), NOTHING),
        "spanish": Sample(
            page(og(title=SPANISH, site_name="El Ejemplo") + published("2018-04-03"), lang="es-US"),
            (SPANISH, "El Ejemplo", IN_WORDS),
            {"language": "Spanish"},
        ),
        "amp": Sample(
            page('<link rel="canonical" href="https://gazette.example/story">' + ld(article(datePublished=DAY))),
            ALL,
            {"link": "https://gazette.example/story"},
        ),
        "canonical-home": Sample(
            page('<link rel="canonical" href="/">' + graph + published(DAY)),
            ALL,
            {"link": "http://gazette.example/canonical-home"},
        ),
        "redirected": Sample(moved("/og?utm_source=mail"), ALL, {"link": "http://gazette.example/og"}),
    }


def of_old_machines() -> dict[str, Sample]:
    """Characters that are not what the page says."""

    def written(title: str, encoding: str, content_type: str, declared: str = "") -> Reply:
        charset = f'<meta charset="{declared}">' if declared else ""
        whole = page(charset + og(title=title, site_name="Café") + published(DAY)).content.decode()
        return Reply(whole.encode(encoding), content_type=content_type)

    spanish, japanese = (SPANISH, "Café", IN_WORDS), (JAPANESE, "Example", IN_WORDS)
    sjis = page(og(title=JAPANESE, site_name="Example") + published(DAY)).content.decode().encode("shift_jis")
    return {
        "latin": Sample(written(SPANISH, "cp1252", "text/html; charset=iso-8859-1"), spanish),
        "lying-header": Sample(written(SPANISH, "utf-8", "text/html; charset=iso-8859-1"), spanish),
        "lying-page": Sample(written(SPANISH, "cp1252", "text/html", "utf-8"), spanish),
        "utf-16": Sample(written(SPANISH, "utf-16", "text/html"), spanish),
        "no-such-charset": Sample(written(SPANISH, "cp1252", "text/html; charset=martian"), spanish),
        "shift-jis": Sample(Reply(sjis, content_type="text/html; charset=shift_jis"), japanese),
    }


def samples() -> dict[str, Sample]:
    """By the path at gazette.example."""
    found = of_machines() | of_people() | of_old_machines()
    # Most sites answer so to programs.
    return found | {
        "paywall": Sample(
            page(ld(article(datePublished=DAY, isAccessibleForFree=False)), content_type=HTML),
            ALL,
            {"is_paywalled": "True"},
        )
    }


# What is not read at all, with a word of the sentence that says why.
REFUSED = {
    "pdf": (Reply(b"%PDF-1.7", content_type="application/pdf"), "to a file"),
    "large": (Reply(b"<p>" * 100_000, times=17), "too large"),
    "forbidden": (Reply("No", 403), "error 403"),
    "subscribers": (Reply("No", 401), "subscribers"),
    "gone": (Reply("No", 410), "no page at this link"),
    "broken": (Reply("No", 500), "error (500)"),
    "round": (moved("/round"), "without end"),
    "inside": (moved("http://inside.example/"), "public website"),
}
