"""The kinds of objects that the search of the admin finds."""

import re
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import SnippetViewSet

from impact.models import ImpactStat, Study
from news.models import Publisher
from site_core.accounts.models import User as Person
from site_core.accounts.permissions import is_administrator
from site_core.accounts.roles import Role
from site_core.admin.finder.kinds import register_kind
from site_core.admin.finder.model_kinds import SEEING, M, ModelKind, User
from site_core.organization.models import Alert
from site_core.publishing.trashed_page import outside_trash
from site_core.taxonomy.models import TERM_MODELS, Term

# As a stat shows it: “36.4” or “36.4%”.
NUMBER = re.compile(r"([0-9]{1,4}(?:\.[0-9]{1,2})?)%?", re.ASCII)


def list_with(viewset: SnippetViewSet, name: str) -> str:
    """The list of a snippet, searched for a name."""
    return f"{reverse(viewset.get_url_name('list'))}?{urlencode({'q': name})}"


class SnippetKind(ModelKind[M]):
    """A kind with a list of its own."""

    def list_url(self, obj: M) -> str:
        return list_with(obj.snippet_viewset, self.title(obj))  # type: ignore[attr-defined]


class PageKind(ModelKind[Page]):
    """Pages, by their newest titles."""

    label, order, models = "Pages", 10, (Page,)
    fields, slug, newest_first = ("draft_title", "title"), "slug", "latest_revision_created_at"

    def visible_to(self, user: User) -> QuerySet[Page]:
        return outside_trash(super().visible_to(user)).filter(depth__gt=1)

    def title(self, obj: Page) -> str:
        return str(obj.get_admin_display_title())

    def note(self, obj: Page) -> str:
        model = obj.cached_content_type.model_class()
        return f"{model._meta.verbose_name}, {'public' if obj.live else 'draft'}"

    def url(self, user: User, obj: Page) -> str:
        return AdminURLFinder(user).get_edit_url(obj) or reverse("wagtailadmin_explore", args=[obj.pk])


class StatKind(SnippetKind[ImpactStat]):
    """Impact stats, by their words, their places and strategies, and their numbers."""

    label, order, models = "Impact stats", 20, (ImpactStat,)
    fields = ("outcome", "population", "scope", "place__name", "place__aliases", "strategy__name", "strategy__aliases")
    slug = "slug"

    def visible_to(self, user: User) -> QuerySet[ImpactStat]:
        return super().visible_to(user).select_related("place", "strategy")

    def note(self, obj: ImpactStat) -> str:
        return ", ".join(["public" if obj.live else "draft", *(str(one) for one in (obj.place, obj.strategy) if one)])

    def has_word(self, word: str) -> Q:
        if not (number := NUMBER.fullmatch(word)):
            return super().has_word(word)
        return super().has_word(word) | Q(value_low=Decimal(number[1])) | Q(value_high=Decimal(number[1]))


class TermKind(ModelKind[Term]):
    """Places and the other tags, by all their names."""

    label, order, models = "Places and tags", 30, tuple(TERM_MODELS.values())
    fields, slug = ("name", "aliases"), "slug"

    def visible_to(self, user: User) -> QuerySet[Term]:
        policies = {kind: policy_registry.get_by_type(model) for kind, model in TERM_MODELS.items()}
        kinds = [kind for kind, policy in policies.items() if policy.user_has_any_permission(user, SEEING)]
        terms: QuerySet[Term] = Term.objects.filter(kind__in=kinds)
        return terms

    def note(self, obj: Term) -> str:
        return f"{obj.get_kind_display()}{', archived' if obj.archived else ''}"

    def url(self, user: User, obj: Term) -> str:
        model = TERM_MODELS[obj.kind]
        if policy_registry.get_by_type(model).user_has_permission(user, "change"):
            return reverse(model.snippet_viewset.get_url_name("edit"), args=[obj.pk])
        return list_with(model.snippet_viewset, obj.name)


class PublisherKind(SnippetKind[Publisher]):
    """Publishers, by all their names."""

    label, order, models = "Publishers", 40, (Publisher,)
    fields, slug = ("name", "aliases"), "slug"


class StudyKind(SnippetKind[Study]):
    """Studies, by citation, title and authors."""

    label, order, models = "Studies", 50, (Study,)
    fields = ("short_name", "title", "authors", "container")

    def note(self, obj: Study) -> str:
        return obj.title or obj.described_as


class AlertKind(SnippetKind[Alert]):
    """Alerts, by their text."""

    label, order, models = "Alerts", 55, (Alert,)
    fields = ("text",)


class PersonKind(ModelKind[Person]):
    """People whose accounts the user may change."""

    label, order, models = "People", 60, (Person,)
    fields = ("last_name", "first_name", "email")

    def visible_to(self, user: User) -> QuerySet[Person]:
        people = super().visible_to(user)
        if is_administrator(user):  # type: ignore[arg-type]
            return people
        return people.exclude(is_superuser=True).exclude(groups__name=Role.ADMINISTRATOR)

    def note(self, obj: Person) -> str:
        return obj.email


KINDS = (PageKind, StatKind, TermKind, PublisherKind, StudyKind, AlertKind, PersonKind)


def register_kinds() -> None:
    for kind in KINDS:
        register_kind(kind())
