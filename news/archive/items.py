"""Makes the news item of a press mention, as a draft or live, the way an editor would."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html_join
from wagtail.models import Page
from wagtail.rich_text import RichText

from news.archive.mentions import Mention
from news.archive.tags import KIND_OF_FIELD, TagFinder
from news.index_page import NewsIndexPage
from news.item_types import ItemType
from news.items import NewsItemPage
from news.partial_date import PartialDate
from news.publishers import Publisher
from news.tagged_items import TAGGED_ITEMS
from site_core.fields.slugs import free_slug
from site_core.fields.text import comparable
from site_core.publishing.approval_rules import ApprovalRefused
from site_core.publishing.runner.failure_reasons import labeled_messages
from site_core.publishing.types import Actor
from site_core.taxonomy.vocabulary import NamesOnFile

# The field of a tag that is not on file if nobody has said what it is: most of the tags of the old site are places.
MOST_LIKELY = "places"
LONGEST_SLUG = 90


@dataclass
class Names:
    """The terms and publishers on file when it is made, and the names that are to be left out."""

    left_out: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.tags = TagFinder()
        self.publishers = NamesOnFile(Publisher.objects.all())
        self.publisher_pks = set(Publisher.objects.values_list("pk", flat=True))

    def publisher(self, mention: Mention) -> tuple[int | None, list[str]]:
        """The pk of its publisher, and the name to ask for if it has none."""
        if mention.publisher_pk in self.publisher_pks:
            return mention.publisher_pk, []
        if not mention.publisher or name_key("publisher", mention.publisher) in self.left_out:
            return None, []
        found = self.publishers.find(mention.publisher)
        return (found.pk, []) if found else (None, [mention.publisher])

    def terms(self, mention: Mention) -> tuple[dict[str, list[int]], dict[str, list[str]]]:
        """The pks of its terms and the names to ask for, both by tag field."""
        known = {name: [pk for pk in pks if pk in self.tags.pks] for name, pks in mention.terms.items()}
        asked: dict[str, list[str]] = {}
        for name, tag_field in mention.unknown_tags:
            if name_key("tag", name) in self.left_out:
                continue
            term = self.tags.named(name, KIND_OF_FIELD.get(tag_field, ""))
            if term is None:
                asked.setdefault(tag_field or MOST_LIKELY, []).append(name)
            elif term.pk not in known.setdefault(self.tags.field_of(term), []):
                known[self.tags.field_of(term)].append(term.pk)
        return known, asked


def name_key(what: str, name: str) -> str:
    """What a decision about a name that is not on file is stored under, in whatever spelling the name stands."""
    return f"{what} {comparable(name)}"


def add_item(
    mention: Mention, parent: NewsIndexPage, names: Names, user: Actor, *, live: bool, origin: str
) -> tuple[NewsItemPage, str]:
    """The new item, and why it is a draft if it was to be live.

    `origin` is the reason, for the item's history, why words may stay that the checks mark. Raises ValidationError if
    not even a draft can be made.
    """
    item = _draft(mention, parent, names)
    item.owner, item.reason_to_keep = user, origin
    with transaction.atomic():
        parent.add_child(instance=item)
        revision = item.save_revision(user=user, clean=False)
    if not live:
        return item, ""
    if item.asked_for:
        return item, "It is a draft, because not all of its names are on file."
    if not item.date:
        return item, "It is a draft, because it has no date."
    try:
        with transaction.atomic():
            revision.publish(user=user)
    except ValidationError as error:
        return item, f"It is a draft. {' '.join(labeled_messages(error, item))}"
    except ApprovalRefused as refused:
        return item, f"It is a draft. {refused}"
    return item, ""


def _draft(mention: Mention, parent: NewsIndexPage, names: Names) -> NewsItemPage:
    publisher, unknown_publisher = names.publisher(mention)
    terms, asked_for = names.terms(mention)
    if unknown_publisher:
        asked_for["publisher"] = unknown_publisher
    date = PartialDate.from_iso(mention.date) if mention.date else None
    item = NewsItemPage(
        title=mention.title,
        slug=_free_slug(parent, mention.title),
        link=mention.link,
        publisher_id=publisher,
        date=date,
        item_type=mention.item_type or ItemType.NEWS,
        author=mention.author,
        summary=mention.summary or _facts(mention.publisher, date),
        asked_for=asked_for,
        live=False,
    )
    for name, pks in terms.items():
        kind = KIND_OF_FIELD[name]
        setattr(item, f"{kind}_tags", [TAGGED_ITEMS[kind](tag_id=pk) for pk in pks])
    item.body = [("text", _rich_text(mention.paragraphs))] if mention.paragraphs else []
    return item


def _free_slug(parent: Page, title: str) -> str:
    slug = free_slug(title, (), max_length=LONGEST_SLUG, otherwise="news")
    siblings = parent.get_children()
    if not siblings.filter(slug=slug).exists():
        return slug
    taken = siblings.filter(slug__startswith=slug).values_list("slug", flat=True)
    return free_slug(title, taken, max_length=LONGEST_SLUG, otherwise="news")


def _facts(publisher: str, date: PartialDate | None) -> str:
    """The summary of a mention that has none: “Published by the Daily Freeman, April 2018.”"""
    by = f" by {publisher}" if publisher else ""
    return f"Published{by}{f', {date}' if date else ''}."


def _rich_text(paragraphs: list[str]) -> RichText:
    return RichText(str(format_html_join("", "<p>{}</p>", ((paragraph,) for paragraph in paragraphs))))
