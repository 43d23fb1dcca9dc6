"""Terms, publishers and studies, which have no drafts."""

from typing import Any, ClassVar

from home.content_loader.entries import Entry, Refers, Shape
from home.content_loader.family import Family
from impact.models import Study
from news.models import Publisher
from site_core.taxonomy.models import ComponentTerm, InitiativeTerm, PlaceTerm, StrategyTerm


class NamedFamily(Family):
    """The base class for objects with a name and aliases."""

    shape = Shape({"name": str, "slug": str, "aliases": [str]}, required=("name",))

    def fill(self, target: Any, entry: Entry) -> None:
        super().fill(target, entry)
        target.aliases = "\n".join(entry.values.get("aliases", []))


class PlaceTerms(NamedFamily):
    """The cities, and the larger places around them."""

    name = "place"
    file, section = "terms.yaml", "places"
    model = PlaceTerm
    shape = Shape(
        {
            **NamedFamily.shape.fields,
            "region": str,
            "country": str,
            "latitude": float,
            "longitude": float,
            "larger_place": Refers("place"),
            "has_page": bool,
        },
        required=("name", "country"),
    )


class InitiativeTerms(NamedFamily):
    """Initiatives: programs over several years, with partners."""

    name = "initiative"
    file, section = "terms.yaml", "initiatives"
    model = InitiativeTerm


class StrategyTerms(NamedFamily):
    """The violence-prevention strategies."""

    name = "strategy"
    file, section = "terms.yaml", "strategies"
    model = StrategyTerm
    shape = Shape({**NamedFamily.shape.fields, "concerns_partner_violence": bool}, required=("name",))


class ComponentTerms(NamedFamily):
    """Components, which several strategies share."""

    name = "component"
    file, section = "terms.yaml", "components"
    model = ComponentTerm


class Publishers(NamedFamily):
    """The newspapers, journals and broadcasters of news items."""

    name = "publisher"
    file, section = "publishers_and_studies.yaml", "publishers"
    model = Publisher
    shape = Shape({"name": str, "aliases": [str], "website": str}, required=("name",))


class Studies(Family):
    """Published studies. Unknown fields are empty."""

    name = "study"
    file, section = "publishers_and_studies.yaml", "studies"
    name_field: ClassVar[str] = "short_name"
    model = Study
    shape = Shape(
        {
            "short_name": str,
            "described_as": str,
            "authors": str,
            "year": int,
            "title": str,
            "container": str,
            "locator": str,
            "url": str,
            "design": str,
        },
        required=("short_name",),
    )
