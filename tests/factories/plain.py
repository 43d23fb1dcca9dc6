"""People, media, terms, publishers and studies: what has no drafts."""

from typing import Any

import factory
import wagtail_factories
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Collection

from impact.models import Study
from news.models import Publisher
from site_core.accounts.models import User
from site_core.media.documents import SiteDocument
from site_core.media.images import SiteImage
from site_core.redirects.gone import WithdrawnURL
from site_core.taxonomy.models import ComponentTerm, InitiativeTerm, Kind, PlaceTerm, StrategyTerm
from tests.factories.drawn import drawn_picture

PASSWORD = "a long example password"


class UserFactory(DjangoModelFactory):
    """Someone who logs in with PASSWORD. `role="Editor"` puts them into the group of that name."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    first_name = "Example"
    last_name = factory.Sequence(lambda number: f"Person {number}")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def role(self, create: bool, extracted: str | None, **kwargs: Any) -> None:
        if create and extracted:
            self.groups.add(Group.objects.get(name=extracted))


class SiteImageFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = SiteImage

    title = factory.Sequence(lambda number: f"Example picture {number}")
    file = factory.LazyFunction(drawn_picture)
    collection = factory.LazyFunction(Collection.get_first_root_node)


class SiteDocumentFactory(wagtail_factories.DocumentFactory):
    class Meta:
        model = SiteDocument

    title = factory.Sequence(lambda number: f"Example guide {number}")
    file = factory.django.FileField(filename="example.txt", data=b"An example.")
    collection = factory.LazyFunction(Collection.get_first_root_node)


class TermFactory(DjangoModelFactory):
    class Meta:
        abstract = True
        django_get_or_create = ("name",)


class PlaceTermFactory(TermFactory):
    class Meta:
        model = PlaceTerm

    name = factory.Sequence(lambda number: f"Example City {number}")
    country = "US"


class InitiativeTermFactory(TermFactory):
    class Meta:
        model = InitiativeTerm

    name = factory.Sequence(lambda number: f"Example Initiative {number}")


class StrategyTermFactory(TermFactory):
    class Meta:
        model = StrategyTerm

    name = factory.Sequence(lambda number: f"Example Intervention {number}")


class ComponentTermFactory(TermFactory):
    class Meta:
        model = ComponentTerm

    name = factory.Sequence(lambda number: f"Example Component {number}")


TERM_FACTORIES = {
    Kind.PLACE: PlaceTermFactory,
    Kind.INITIATIVE: InitiativeTermFactory,
    Kind.STRATEGY: StrategyTermFactory,
    Kind.COMPONENT: ComponentTermFactory,
}


class PublisherFactory(DjangoModelFactory):
    class Meta:
        model = Publisher
        django_get_or_create = ("name",)

    name = factory.Sequence(lambda number: f"Example Gazette {number}")


class WithdrawnAddressFactory(DjangoModelFactory):
    class Meta:
        model = WithdrawnURL

    path = factory.Sequence(lambda number: f"/example/withdrawn-{number}")


class SearchPromotionFactory(DjangoModelFactory):
    """A promoted result for the words `typed`: a page, or a link elsewhere."""

    class Meta:
        model = SearchPromotion

    class Params:
        typed = "example"

    query = factory.LazyAttribute(lambda promotion: Query.get(promotion.typed))


class StudyFactory(DjangoModelFactory):
    class Meta:
        model = Study
        django_get_or_create = ("short_name",)

    short_name = factory.Sequence(lambda number: f"Example and Sample {number}")
    authors = "Example, A., and Sample, B."
    year = 2001
    title = "An invented study of an invented city"
    container = "Journal of Examples"
