"""Finds what a news item repeats: the link or the headline of an item that was on file first."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from news.same_headline import with_headline
from site_core.fields.text import comparable
from site_core.fields.web_url import spellings
from site_core.pages.base import SitePageQuerySet
from site_core.publishing.trashed_page import outside_trash


def repeated_fields(item: Page) -> Iterator[tuple[str, str]]:
    """Each field that repeats an earlier item or a public one, with a sentence that names that item.

    Of an item and its copy, only the copy is told. What is public of the item itself may stay, and an alias is meant
    to repeat its source.
    """
    if item.alias_of_id:
        return
    items = type(item).objects.all()
    public = items.filter(pk=item.pk, live=True).values_list("title", "link", "publisher_id", named=True).first()
    links = spellings(item.link) if item.link else set()
    asks_link = bool(links) and not (public and public.link in links)
    asks_title = bool(item.title) and not (public and _is_same_mention(public, item))
    if not asks_link and not asks_title:
        return
    others = outside_trash(items.filter(alias_of=None).exclude(pk=item.pk))
    if item.pk:
        others = others.filter(Q(pk__lt=item.pk) | Q(live=True))
    if asks_link and (first := _first(others.filter(link__in=links))):
        yield "link", f"This link is already on file: {first.reference}."
    if item.publisher_id:
        # The same headline in another newspaper is another mention.
        others = others.filter(Q(publisher=None) | Q(publisher=item.publisher_id))
    if asks_title and (first := _first(with_headline(others, item.title))):
        yield "title", f"This headline is already on file: {first.reference}."


def item_with_link(items: SitePageQuerySet, link: str) -> Page | None:
    """The item that was on file first with this canonical link, in any of its spellings."""
    found: Page | None = _first(outside_trash(items.filter(alias_of=None, link__in=spellings(link))))
    return found


def _is_same_mention(public: Any, item: Any) -> bool:
    same_paper: bool = public.publisher_id == item.publisher_id
    return same_paper and comparable(public.title) == comparable(item.title)


def _first(items: Any) -> Any:
    return items.select_related("publisher").order_by("pk").first()
