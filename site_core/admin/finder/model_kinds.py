"""Finds objects of a model by words in their fields."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_
from typing import ClassVar, Generic, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, Model, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.text import slugify
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.permissions import policy_registry

from site_core.admin.finder.kinds import SHOWN, Found, Query

M = TypeVar("M", bound=Model)
User = AbstractBaseUser | AnonymousUser
# Any of these lets somebody see a list of the objects.
SEEING = ("add", "change", "delete", "view")


class ModelKind(Generic[M]):
    """Finds the objects that hold each word in one of their fields. Those whose name begins so come first."""

    label: ClassVar[str]
    order: ClassVar[int]
    # As the log of the admin knows them.
    models: ClassVar[tuple[type[Model], ...]]
    # The first is the name.
    fields: ClassVar[tuple[str, ...]]
    # A field with a web address ending, in which a word is found in plain letters, too: “malmo” for “Malmö”.
    slug: ClassVar[str] = ""
    newest_first: ClassVar[str] = "pk"

    def visible_to(self, user: User) -> QuerySet[M]:
        """The objects whose titles the user may read."""
        policy = policy_registry.get_by_type(self.models[0])
        objects: QuerySet[M] = policy.instances_user_has_any_permission_for(user, SEEING)
        return objects

    def title(self, obj: M) -> str:
        return str(obj)

    def note(self, obj: M) -> str:
        return str(obj._meta.verbose_name)

    def url(self, user: User, obj: M) -> str:
        """The edit screen. For somebody who may not change the object, the list with it."""
        policy = policy_registry.get(obj)
        if policy.user_has_permission_for_instance(user, "change", obj):
            return AdminURLFinder().get_edit_url(obj) or ""
        return self.list_url(obj)

    def list_url(self, obj: M) -> str:
        return ""

    def has_word(self, word: str) -> Q:
        """The condition that an object holds a word."""
        conditions = [Q(**{f"{field}__icontains": word}) for field in self.fields]
        if self.slug and (plain := slugify(word)):
            conditions.append(Q(**{f"{self.slug}__icontains": plain}))
        return reduce(or_, conditions)

    def find(self, request: HttpRequest, query: Query) -> Sequence[Found]:
        name = self.fields[0]
        nearest = Case(
            When(**{f"{name}__iexact": query.text}, then=Value(0)),
            When(**{f"{name}__istartswith": query.text}, then=Value(1)),
            default=Value(2),
        )
        matching = self.visible_to(request.user).filter(reduce(and_, map(self.has_word, query.words)))
        return self.shown(request.user, matching.order_by(nearest, F(self.newest_first).desc(nulls_last=True))[:SHOWN])

    def by_pk(self, user: User, pks: Iterable[object]) -> dict[str, Found]:
        """The results for some pks, by the pk as text."""
        objects = list(self.visible_to(user).filter(pk__in=list(pks)))
        return {str(obj.pk): found for obj in objects for found in self.shown(user, [obj])}

    def shown(self, user: User, objects: Iterable[M]) -> list[Found]:
        found = [Found(self.title(obj), self.note(obj), self.url(user, obj)) for obj in objects]
        return [one for one in found if one.url]
