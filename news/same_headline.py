"""Finds the items with the same headline, in whatever way its quotes, spaces and accents are written."""

import re

from django.db.models import Q

from site_core.fields.text import comparable, normal_form
from site_core.pages.base import SitePageQuerySet

# The longest words of a headline are enough for the database to leave out almost all others.
WORDS_ASKED_FOR = 8


def with_headline(items: SitePageQuerySet, headline: str) -> SitePageQuerySet:
    """Keep the items whose headline, public or draft, is the same."""
    wanted = comparable(headline)
    # Not those of the comparable form, which the database does not hold: “ß” is “ss” there.
    written = normal_form("NFC", headline).lower()
    words = sorted(set(re.findall("[a-z0-9]+", written)), key=len, reverse=True)[:WORDS_ASKED_FOR]
    has_words = Q()
    for word in words:
        has_words &= Q(title__icontains=word) | Q(draft_title__icontains=word)
    titles = items.filter(has_words).values_list("pk", "title", "draft_title")
    found: SitePageQuerySet = items.filter(
        pk__in=[pk for pk, title, draft_title in titles if wanted in (comparable(title), comparable(draft_title))]
    )
    return found
