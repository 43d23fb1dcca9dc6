"""Snippets with drafts: alerts, and figures with their evidence."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from impact.models import Evidence, ImpactStat, Rating
from impact.status import Relation
from site_core.organization.models import Alert
from tests.factories.plain import PlaceTermFactory, StrategyTermFactory, StudyFactory
from tests.factories.states import published


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
    """A part of a figure. It is added the way the admin does it: the figure gets a new revision that holds it."""

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
    reports = "12.5%"


class RatingFactory(PartOfStatFactory):
    class Meta:
        model = Rating

    scheme = "Example scheme"
    label = "Promising"
    of = "example incidents, one study"
