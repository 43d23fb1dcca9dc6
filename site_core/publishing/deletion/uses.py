"""What uses an object: public content, by the reference index, and drafts, which that index does not read."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex, Revision

from site_core.publishing.eastern import written_out
from site_core.publishing.events import models_with_drafts
from site_core.publishing.runner.content_references import key_of, references_in
from site_core.publishing.trashed_page import is_in_trash
from site_core.publishing.visibility import is_public


@dataclass
class Use:
    """An object that uses another one: where visitors see it, in an update that goes live later, or in a draft."""

    user: Any
    is_public: bool = False
    goes_live_at: datetime | None = None

    @property
    def keeps(self) -> bool:
        """Whether what it uses has to stay, because visitors see it or will without anybody's doing."""
        return self.is_public or self.goes_live_at is not None

    @property
    def kind(self) -> str:
        return str(self.user._meta.verbose_name)

    @property
    def state(self) -> str:
        if self.is_public:
            return "public"
        if self.goes_live_at:
            return f"goes live {written_out(self.goes_live_at)}"
        return "in the trash" if isinstance(self.user, Page) and is_in_trash(self.user) else "not public"


@dataclass(frozen=True)
class Draft:
    """A revision that somebody goes on with, and the keys of what it refers to."""

    revision: Revision
    keys: frozenset[object]


def uses_of(target: Model) -> list[Use]:
    """Everything that uses an object, what visitors see first."""
    return uses_of_each([target])[0]


def uses_of_each(targets: Sequence[Model]) -> list[list[Use]]:
    """The same for several objects, which reads the drafts once."""
    drafts = list(_drafts())
    return [_uses(target, drafts) for target in targets]


def _uses(target: Model, drafts: list[Draft]) -> list[Use]:
    found: dict[tuple[type[Model], str], Use] = {}
    for source in _sources(target):
        found[key_of(source)] = Use(source, is_public(source))
    for draft in drafts:
        if key_of(target) in draft.keys and (source := draft.revision.content_object):
            use = found.setdefault(key_of(source), Use(source))
            use.goes_live_at = use.goes_live_at or draft.revision.approved_go_live_at
    return sorted(found.values(), key=lambda use: (not use.is_public, not use.keeps, str(use.user)))


def _sources(target: Model) -> Iterator[Model]:
    """What refers to it in the database, as far as somebody can edit it. A former slug of a tag is no use."""
    references = ReferenceIndex.get_references_to(target).order_by().values_list("content_type", "object_id")
    by_type = defaultdict(set)
    for type_id, pk in references:
        by_type[type_id].add(pk)
    finder = AdminURLFinder()
    for type_id, pks in by_type.items():
        model: Any = ContentType.objects.get_for_id(type_id).model_class()
        for source in model._base_manager.filter(pk__in=pks):
            if finder.get_edit_url(source):
                yield source


def _drafts() -> Iterator[Draft]:
    """The newest draft of each object that is not public as it stands there, and what is scheduled."""
    for model in models_with_drafts():
        unpublished = model._base_manager.filter(Q(live=False) | Q(has_unpublished_changes=True))
        newest = Q(pk__in=unpublished.values("latest_revision"))
        own_type = ContentType.objects.get_for_model(model, for_concrete_model=False)
        revisions = Revision.objects.filter(base_content_type=own_type)
        for revision in revisions.filter(newest | Q(approved_go_live_at__isnull=False)).select_related("content_type"):
            source: Any = revision.content_type.model_class()
            keys = frozenset(reference.key for reference in references_in(source, revision.content))
            revision.content = {}
            yield Draft(revision, keys)
