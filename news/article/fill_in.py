"""“Fill in from the article”: reads the page at a link, and says what to put into which box of the form."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from news.article.article import Article, read_article
from news.article.proposed_tags import FIELD_OF_KIND, proposed_tags
from news.article.publisher import publisher_name
from news.duplicates import item_with_link
from site_core.fields.web_url import canonical_link, check_web_url, with_scheme
from site_core.outgoing.guard import Guard
from site_core.outgoing.trouble import Trouble, Unread
from site_core.page_cache.shared_count import increment
from site_core.publishing.types import User

# Pages that one person can have read in so many seconds.
MOST_PAGES, SECONDS = 10, 60
# What the boxes hold that nobody has touched.
UNTOUCHED = {"item_type": "news"}
LABELS = {
    "title": "headline",
    "publisher": "publisher",
    "date": "date",
    "author": "author",
    "item_type": "type",
}
LONGEST_DESCRIPTION = 600

FORM_IS_AS_IT_WAS = "Your form is as it was. Please type in what you know."
TOO_MANY = f"You have read {MOST_PAGES} articles in the past minute. Please wait a minute, then try again."
NO_LINK = "Paste the link to the article first, with https:// in front."
NOTHING_FOUND = f"The page does not state a headline in a form that we can read. {FORM_IS_AS_IT_WAS}"
SUBSCRIPTION = f"The article is for subscribers, so we could not read the page. {FORM_IS_AS_IT_WAS}"
PAYWALLED = "The article is for subscribers."
NOTHING_NEW = "Everything that the article states is already in your form."
SENTENCES = {
    Trouble.OFF: "Reading articles is turned off on this site.",
    Trouble.NO_URL: "This is not a link that we can open.",
    Trouble.NOT_PUBLIC: "This link does not lead to a public website.",
    Trouble.UNKNOWN_NAME: "There is no website with this name. Please check the link.",
    Trouble.UNREACHABLE: "The website did not answer.",
    Trouble.CERTIFICATE: "The website could not prove who it is. Its certificate is not valid.",
    Trouble.TIMED_OUT: "The website took too long to answer.",
    Trouble.TOO_LARGE: "The page is too large to read.",
    Trouble.NOT_A_PAGE: "The link leads to a file, not to a web page.",
    Trouble.REDIRECTS: "The link leads from page to page without end.",
    Trouble.ROBOTS: "The website does not allow programs to read this page.",
}


@dataclass(frozen=True)
class FillIn:
    """What came of it. `fields` is what to put into the boxes, and `says` what stands at the link."""

    says: str
    fields: dict[str, str] = field(default_factory=dict)
    tags: dict[str, list[str]] = field(default_factory=dict)
    description: str = ""
    on_file: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def fill_in(user: User, typed: Mapping[str, str], page_pk: int | None) -> FillIn:
    """Whatever happens, what is typed in the form stays."""
    link = with_scheme(typed.get("link", ""))
    try:
        check_web_url(link)
    except ValidationError:
        return FillIn(NO_LINK)
    if increment(f"fill-in:{user.pk}", SECONDS) > MOST_PAGES:
        return FillIn(TOO_MANY)
    known = on_file(user, link, page_pk)
    try:
        answer = Guard.from_settings().fetch(canonical_link(link))
    except Unread as error:
        return FillIn(f"{SENTENCES[error.trouble]} {FORM_IS_AS_IT_WAS}", on_file=known)
    if answer.status != 200:
        return FillIn(_refused_sentence(answer.status), on_file=known)
    article = read_article(answer)
    if not article.headline:
        return FillIn(SUBSCRIPTION if article.is_paywalled else NOTHING_FOUND, on_file=known)
    fields = _fields(article, typed, link)
    return FillIn(
        _says(article, fields),
        fields,
        proposed_tags(article.headline, article.text, {name: typed.get(name, "") for name in FIELD_OF_KIND.values()}),
        article.description[:LONGEST_DESCRIPTION],
        known or on_file(user, article.link, page_pk),
    )


def on_file(user: User, link: str, page_pk: int | None) -> dict[str, str]:
    """What `says` that another item has this link, with the `url` of that item. {} if none has."""
    try:
        check_web_url(link := with_scheme(link))
    except ValidationError:
        return {}
    items = apps.get_model("news", "NewsItemPage").objects.exclude(pk=page_pk)
    found = item_with_link(items, canonical_link(link))
    if not found:
        return {}
    may_edit = found.permissions_for_user(user).can_edit()
    url = reverse("wagtailadmin_pages:edit" if may_edit else "wagtailadmin_pages:view_draft", args=[found.pk])
    return {"says": f"This link is already on file: {found.reference}.", "url": url}


def _fields(article: Article, typed: Mapping[str, str], link: str) -> dict[str, str]:
    """What the article states for the boxes in which nothing is typed. The link is the article's own."""
    stated = {
        "title": article.headline,
        "publisher": publisher_name(article),
        "date": str(article.date or ""),
        "author": article.author,
        "item_type": article.item_type,
    }
    empty = {name for name in stated if typed.get(name, "").strip() == UNTOUCHED.get(name, "")}
    found = {name: value for name, value in stated.items() if value and name in empty}
    return found | ({"link": article.link} if article.link != link else {})


def _says(article: Article, fields: dict[str, str]) -> str:
    filled = [LABELS[name] for name in LABELS if name in fields]
    says = [f"Filled in from the article: {', '.join(filled)}. Please check." if filled else NOTHING_NEW]
    says += [PAYWALLED] if article.is_paywalled else []
    says += [f"The article is in {article.language}."] if article.language not in ("", "English") else []
    if "publisher" not in fields and not article.site_name:
        says.append("The page does not name its publisher.")
    return " ".join(says)


def _refused_sentence(status: int) -> str:
    if status in (401, 402):
        return SUBSCRIPTION
    if status in (403, 429, 451):
        return f"The website did not let us read this page (error {status}). {FORM_IS_AS_IT_WAS}"
    if status in (404, 410):
        return f"There is no page at this link (error {status}). {FORM_IS_AS_IT_WAS}"
    return f"The website answered with an error ({status}). {FORM_IS_AS_IT_WAS}"
