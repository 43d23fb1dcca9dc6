"""Keeps the text that is searched up to date where Wagtail alone does not."""

from typing import Any

from wagtail.models import Page
from wagtail.search import index


def index_again(instance: Any, **kwargs: Any) -> None:
    """After a go-live: Wagtail has indexed the object when its row was saved, before its tags and evidence were."""
    index.insert_or_update_object(instance)


def index_snippet_again(instance: Any, **kwargs: Any) -> None:
    """Pages have a signal of their own, which is also sent for aliases and copies."""
    if not isinstance(instance, Page):
        index_again(instance)
