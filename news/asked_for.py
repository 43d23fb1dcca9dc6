"""Names in drafts of news items that are not on file, publishers and tags, and who is asked to add them."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from wagtail.models import Page

from news.publisher_field import WHO_ADDS_PUBLISHERS
from site_core.admin.homepage import SHOWN, Line
from site_core.pages.base import SitePageQuerySet
from site_core.publishing.trashed_page import outside_trash
from site_core.publishing.types import User
from site_core.taxonomy.fields import MOST_MESSAGES, WHO_ADDS_TERMS, TermClusterManager, unknown_name_message
from site_core.taxonomy.models import TERM_MODELS
from site_core.taxonomy.names_view import may_add
from site_core.taxonomy.vocabulary import NamesOnFile


def asked_for_issues(item: Page) -> Iterator[tuple[str, str]]:
    """Why a draft with such names cannot be published: each field with a sentence."""
    for field, names in item.asked_for.items():
        model: Any = item._meta.get_field(field).related_model
        on_file = NamesOnFile[Any](model.objects.all())
        who_adds = WHO_ADDS_TERMS if model in TERM_MODELS.values() else WHO_ADDS_PUBLISHERS
        for name in names[:MOST_MESSAGES]:
            if on_file.find(name):
                yield field, f"“{name}” is on file now. Open the draft and save it once more."
            else:
                kind = str(model._meta.verbose_name)
                yield field, unknown_name_message(kind, name, on_file.nearest(name), who_adds)


def asked_for_lines(items: SitePageQuerySet, user: User) -> list[Line]:
    """The tags that drafts ask for and the user may add, for the home page of the admin: the newest draft first."""
    tag_fields = [field for field in items.model._meta.get_fields() if isinstance(field, TermClusterManager)]
    models = {field.name: field.related_model for field in tag_fields if may_add(user, field.related_model)}
    drafts = outside_trash(items.filter(has_unpublished_changes=True)).order_by("-latest_revision_created_at")
    about = ("pk", "draft_title", "latest_revision__content__asked_for")
    asking = [(pk, title, asked) for pk, title, asked in drafts.values_list(*about) if asked] if models else []
    on_file = {name: NamesOnFile[Any](model.objects.all()) for name, model in models.items()} if asking else {}
    lines = []
    for pk, title, asked in asking:
        url = reverse("wagtailadmin_pages:edit", args=[pk])
        for field, known in on_file.items():
            unknown = [name for name in asked.get(field, ()) if not known.find(name)][:SHOWN]
            kind = str(models[field]._meta.verbose_name)
            lines += [Line(name, kind, url, _note(title, known.nearest(name))) for name in unknown]
    return lines[:SHOWN]


def _note(title: str, nearest: str) -> str:
    """“in “Headline””, with the name on file that may be meant."""
    return f"perhaps “{nearest},” in “{title}”" if nearest else f"in “{title}”"
