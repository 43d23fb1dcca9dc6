"""Finds what a news item repeats: the link or the headline of an item that was on file first."""

from collections.abc import Iterator

from django.db.models import Q
from wagtail.models import Page

from site_core.fields.web_url import spellings
from site_core.publishing.trashed_page import outside_trash


def repeated_fields(item: Page) -> Iterator[tuple[str, str]]:
    """Each field that repeats an earlier item or a public one, with a sentence that names that item.

    Of an item and its copy, only the copy is told. What is public of the item itself may stay, and an alias is meant
    to repeat its source.
    """
    if item.alias_of_id:
        return
    if item.link:
        same_link = Q(link__in=spellings(item.link))
        yield from _repeated(item, "link", same_link, same_link)
    if item.title:
        same_headline = Q(title__iexact=item.title) | Q(draft_title__iexact=item.title)
        if item.publisher_id:
            # The same headline in another newspaper is another mention.
            same_headline &= Q(publisher=None) | Q(publisher=item.publisher_id)
        unchanged = Q(title__iexact=item.title, publisher=item.publisher_id)
        yield from _repeated(item, "title", same_headline, unchanged)


def _repeated(item: Page, field: str, same: Q, unchanged: Q) -> Iterator[tuple[str, str]]:
    items = type(item).objects.all()
    if items.filter(unchanged, pk=item.pk, live=True).exists():
        return
    others = outside_trash(items.filter(same, alias_of=None).exclude(pk=item.pk))
    if item.pk:
        others = others.filter(Q(pk__lt=item.pk) | Q(live=True))
    if first := others.select_related("publisher").order_by("pk").first():
        name = "headline" if field == "title" else field
        yield field, f"This {name} is already on file: {first.reference}."
