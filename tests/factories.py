"""One factory for each model. What they make up is obviously made up.

Whatever has drafts comes live, as an editor would publish it; `draft=True` leaves it unpublished and `scheduled=True`
gives it a go-live time a day ahead (or the `go_live_at` given).
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import factory
import wagtail_factories
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Collection, Page, Site

from home.models import HomePage, PlaceIndexPage, TextPage
from impact.evidence import Relation
from impact.models import Evidence, ImpactPage, ImpactStat, Rating, Study
from news.models import NewsIndexPage, NewsItemPage, Publisher
from news.partial_date import PartialDate
from site_core.models import (
    Alert,
    ComponentTerm,
    InitiativeTerm,
    PlaceTerm,
    SiteDocument,
    SiteImage,
    StrategyTerm,
    User,
)
from site_core.taxonomy.models import Kind
from strategies.models import StrategyIndexPage, StrategyPage

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
    file = factory.django.ImageField(width=640, height=480, color="steelblue", format="PNG")
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


class StudyFactory(DjangoModelFactory):
    class Meta:
        model = Study
        django_get_or_create = ("short_name",)

    short_name = factory.Sequence(lambda number: f"Example and Sample {number}")
    authors = "Example, A., and Sample, B."
    year = 2001
    title = "An invented study of an invented city"
    container = "Journal of Examples"


def published(instance: Any, *, draft: bool) -> Any:
    """Give a saved object its first revision, publish that unless it stays a draft, and read the object anew.

    With a go-live time ahead, publishing is what schedules it.
    """
    revision = instance.save_revision()
    if not draft:
        revision.publish()
    return type(instance).objects.get(pk=instance.pk)


class SnippetFactory(DjangoModelFactory):
    """A snippet with drafts, in one of the three states."""

    class Meta:
        abstract = True

    class Params:
        scheduled = factory.Trait(go_live_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=1)))

    draft = False

    @classmethod
    def _build(cls, model_class: Any, *args: Any, draft: bool, **fields: Any) -> Any:
        return model_class(*args, **fields)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, draft: bool, **fields: Any) -> Any:
        instance = model_class(*args, **{**fields, "live": False})
        instance.full_clean()
        instance.save()
        return published(instance, draft=draft)


class AlertFactory(SnippetFactory):
    class Meta:
        model = Alert

    text = factory.Sequence(lambda number: f"Example alert {number}.")


class ImpactStatFactory(SnippetFactory):
    """A figure. Its evidence and ratings may be given as lists of unsaved objects (`EvidenceFactory.build(…)`)."""

    class Meta:
        model = ImpactStat

    value_low: Any = Decimal("12.5")
    outcome = "example incidents"
    population = "example groups"
    place = factory.SubFactory(PlaceTermFactory)
    strategy = factory.SubFactory(StrategyTermFactory)


class PartOfStatFactory(DjangoModelFactory):
    """A part of a figure. It is added the way the desk does it: the figure gets a new revision that holds it."""

    class Meta:
        abstract = True

    stat = factory.SubFactory(ImpactStatFactory)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, stat: ImpactStat, **fields: Any) -> Any:
        part = model_class(**fields)
        getattr(stat, model_class._meta.get_field("stat").remote_field.related_name).add(part)
        stat.save()
        revision = stat.save_revision()
        if stat.live:
            revision.publish()
            stat.refresh_from_db()
        return part


class EvidenceFactory(PartOfStatFactory):
    class Meta:
        model = Evidence

    study = factory.SubFactory(StudyFactory)
    relation = Relation.SUPPORTS


class RatingFactory(PartOfStatFactory):
    class Meta:
        model = Rating

    scheme = "Example scheme"
    label = "Promising"
    of = "example incidents, one study"


class SitePageFactory(wagtail_factories.PageFactory):
    """A page below `parent`, in one of the three states."""

    class Meta:
        abstract = True

    class Params:
        scheduled = factory.Trait(go_live_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=1)))

    draft = False
    summary = "An invented page that stands for a real one."

    @classmethod
    def _build(cls, model_class: Any, *args: Any, draft: bool, **fields: Any) -> Any:
        return super()._build(model_class, *args, **fields)

    @classmethod
    def _create_instance(cls, model_class: Any, parent: Page, fields: dict[str, Any]) -> Any:
        draft = fields.pop("draft")
        page = parent.add_child(instance=model_class(**{**fields, "live": False}))
        return published(page, draft=draft)


class HomePageFactory(SitePageFactory):
    """The home page, below the root of the tree unless told otherwise. `site_tree` makes it the site's."""

    class Meta:
        model = HomePage

    parent = factory.LazyFunction(Page.get_first_root_node)
    title = "Example network"
    # The home page of a new Wagtail site holds “home”.
    slug = "front"


class TextPageFactory(SitePageFactory):
    class Meta:
        model = TextPage

    title = factory.Sequence(lambda number: f"Example page {number}")


class StrategyIndexPageFactory(SitePageFactory):
    class Meta:
        model = StrategyIndexPage

    title = "Strategies"
    slug = StrategyIndexPage.fixed_slug
    show_in_menus = True


class PlaceIndexPageFactory(SitePageFactory):
    class Meta:
        model = PlaceIndexPage

    title = "Places"
    slug = PlaceIndexPage.fixed_slug
    show_in_menus = True


class ImpactPageFactory(SitePageFactory):
    class Meta:
        model = ImpactPage

    title = "Impact"
    slug = ImpactPage.fixed_slug
    show_in_menus = True


class NewsIndexPageFactory(SitePageFactory):
    class Meta:
        model = NewsIndexPage

    title = "News"
    slug = NewsIndexPage.fixed_slug
    show_in_menus = True


class StrategyPageFactory(SitePageFactory):
    """A strategy below `parent`, with a term of its title unless one is given."""

    class Meta:
        model = StrategyPage

    title = factory.Sequence(lambda number: f"Example strategy {number}")
    term = factory.SubFactory(StrategyTermFactory, name=factory.SelfAttribute("..title"))


class NewsItemPageFactory(SitePageFactory):
    """A press mention below `parent`. Tags are given by cluster: `places=[…]`, `strategies=[…]`."""

    class Meta:
        model = NewsItemPage

    title = factory.Sequence(lambda number: f"Example headline {number}")
    date = PartialDate(2018, 4)
    publisher = factory.SubFactory(PublisherFactory)

    @classmethod
    def _create_instance(cls, model_class: Any, parent: Page, fields: dict[str, Any]) -> Any:
        clusters = {name: fields.pop(name, []) for name in CLUSTERS}
        draft = fields.pop("draft")
        page = parent.add_child(instance=model_class(**{**fields, "live": False}))
        for name, terms in clusters.items():
            getattr(page, name).set(terms)
        return published(page, draft=draft)


CLUSTERS = ("places", "initiatives", "strategies", "components")


@dataclass(frozen=True)
class SiteTree:
    """The pages that every site has."""

    home: HomePage
    strategies: StrategyIndexPage
    places: PlaceIndexPage
    impact: ImpactPage
    news: NewsIndexPage
    about: TextPage


def site_tree() -> SiteTree:
    """Make the pages of every site, in the order of the main menu, in place of Wagtail's welcome page."""
    site = Site.objects.get(is_default_site=True)
    welcome, site.root_page = site.root_page, HomePageFactory()
    site.save()
    welcome.delete()
    home = HomePage.objects.get(pk=site.root_page_id)
    return SiteTree(
        home=home,
        strategies=StrategyIndexPageFactory(parent=home),
        places=PlaceIndexPageFactory(parent=home),
        impact=ImpactPageFactory(parent=home),
        news=NewsIndexPageFactory(parent=home),
        about=TextPageFactory(parent=home, title="About", show_in_menus=True),
    )
