"""The links to other sites in what is public, and where each stands."""

import json
import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from wagtail.models import DraftStateMixin, Page

from site_core.fields.nested import strings_in
from site_core.link_checks.models import LONGEST_URL, GoneLink, LinkCheck, LinkUse
from site_core.publishing.ledger.recorded_models import model_of, recorded_labels
from site_core.publishing.ledger.recording import content_of
from site_core.publishing.typed_links import path_on_site

# Objects that are read before others get their turn.
BATCH = 25
_HREF = re.compile(r'\bhref="([^"]*)"')
_LISTS = ("[", "{")


def links_in(content: object) -> set[str]:
    """The links to other sites in content as the ledger holds it."""
    found: set[str] = set()
    for text in strings_in(content):
        if text.startswith(_LISTS) and (inner := _parsed(text)) is not None:
            found |= links_in(inner)
        else:
            hrefs = {unescape(href) for href in _HREF.findall(text)} if "href=" in text else {text}
            found |= {href for href in hrefs if is_elsewhere(href)}
    return found


def with_link_replaced(content: Any, old: str, new: str) -> Any:
    """The content with another link in each place, in rich text and by itself."""
    if isinstance(content, dict):
        return {name: with_link_replaced(value, old, new) for name, value in content.items()}
    if isinstance(content, list):
        return [with_link_replaced(value, old, new) for value in content]
    if not isinstance(content, str):
        return content
    if content == old:
        return new
    if content.startswith(_LISTS) and (inner := _parsed(content)) is not None:
        replaced = with_link_replaced(inner, old, new)
        return content if replaced == inner else json.dumps(replaced)
    return _HREF.sub(lambda href: f'href="{escape(new)}"' if unescape(href[1]) == old else href[0], content)


def is_elsewhere(url: str) -> bool:
    """Whether it is a whole URL of another site."""
    if not url.startswith(("http://", "https://")) or len(url) > LONGEST_URL or any(map(str.isspace, url)):
        return False
    try:
        return bool(urlsplit(url).hostname) and not path_on_site(url)
    except ValueError:
        return False


def note_all_uses() -> Iterator[None]:
    """Bring the tables up to date with what is public, a batch at a time."""
    seen: set[tuple[str, str]] = set()
    for model in _models():
        for objects in _batches(_public(model).iterator(chunk_size=BATCH)):
            for obj in objects:
                note_uses(obj)
                seen.add((obj._meta.label, str(obj.pk)))
            yield
    _forget_all_but(seen)


def note_uses(obj: Model) -> None:
    """What stands in an object now. One that is not public has no links."""
    of_object = {"model_label": obj._meta.label, "object_id": str(obj.pk)}
    links = links_in(content_of(obj)) if getattr(obj, "live", True) else set()
    title = str(obj)[:255]
    uses = LinkUse.objects.filter(**of_object)
    known = dict(uses.values_list("link__url", "title"))
    # On SQLite, nobody else can write while a transaction is open, and hardly anything changes from day to day.
    if known == dict.fromkeys(links, title):
        return
    with transaction.atomic():
        uses.exclude(link__url__in=links).delete()
        uses.update(title=title)
        for url in sorted(links - known.keys()):
            link, _ = LinkCheck.objects.get_or_create(url=url)
            LinkUse.objects.get_or_create(link=link, **of_object, defaults={"title": title})


def forget_unused() -> None:
    """Links that stand nowhere any more."""
    LinkCheck.objects.filter(uses=None).delete()
    for gone in GoneLink.objects.exclude(url__in=LinkCheck.objects.values("url")):
        gone.delete()


def _forget_all_but(seen: set[tuple[str, str]]) -> None:
    with transaction.atomic():
        known = LinkUse.objects.values_list("model_label", "object_id").distinct()
        for label, pk in [use for use in known if use not in seen]:
            LinkUse.objects.filter(model_label=label, object_id=pk).delete()
        forget_unused()


def _models() -> list[type[Model]]:
    recorded = (model_of(label) for label in recorded_labels())
    plain = [model for model in recorded if model and model is not GoneLink and not model._meta.proxy]
    # The table of all pages holds nothing but their titles.
    with_drafts = [model for model in apps.get_models() if issubclass(model, DraftStateMixin) and model is not Page]
    return list(dict.fromkeys((*with_drafts, *plain)))


def _public(model: type[Model]) -> Any:
    objects = model._base_manager.order_by("pk")
    return objects.filter(live=True) if issubclass(model, DraftStateMixin) else objects


def _batches(objects: Iterable[Model]) -> Iterator[list[Model]]:
    batch: list[Model] = []
    for obj in objects:
        batch.append(obj)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def objects_of(uses: Iterable[LinkUse]) -> dict[LinkUse, Model]:
    """The objects that are still there, in one query for each kind."""
    by_label: dict[str, list[LinkUse]] = {}
    for use in uses:
        by_label.setdefault(use.model_label, []).append(use)
    found: dict[LinkUse, Model] = {}
    for label, alike in by_label.items():
        objects = apps.get_model(label)._base_manager.filter(pk__in=[use.object_id for use in alike])
        by_pk = {str(obj.pk): obj for obj in objects}
        found |= {use: by_pk[use.object_id] for use in alike if use.object_id in by_pk}
    return found


def object_of(use: LinkUse) -> Model | None:
    """The object, None if it is gone."""
    model = apps.get_model(use.model_label)
    return model._base_manager.filter(pk=use.object_id).first()
