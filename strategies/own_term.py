"""The term that a new strategy makes when it is published, named as its page is."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.log_actions import log
from wagtail.models import Page

from site_core.taxonomy.models import TERM_MODELS, Term
from site_core.taxonomy.vocabulary import NamesOnFile


def own_term(page: Any) -> Term:
    """The term on file with the title of the page, or a new one, which is not saved yet."""
    model = TERM_MODELS[page.kind_of_new_tag]
    return NamesOnFile[Term](model.objects.all()).find(page.title) or model(name=page.title)


def issues_of_own_term(page: Page) -> Iterator[tuple[str, str]]:
    """Why the page cannot have a term of its title: the field with a sentence."""
    term = own_term(page)
    if term.pk is None:
        try:
            term.full_clean()
        except ValidationError as error:
            yield from (("term", f"{message} Shorten the title, or choose a tag.") for message in error.messages)
    elif holder := type(page).objects.filter(term_id=term.pk, live=True).exclude(pk=page.pk).first():
        sentence = (
            f"“{holder.title}” is already the page of the tag “{term}”. Change the title, or choose another tag."
        )
        yield "term", sentence


def saved_own_term(page: Page) -> Term:
    term = own_term(page)
    if term.pk is None:
        term.full_clean()
        term.save()
        log(term, "wagtail.create", content_changed=True)
    return term
