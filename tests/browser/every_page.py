"""Every page that a visitor can see, by name: each template in each of its states.

What the browser tests hold, they hold over this list.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from impact.corrections import Correction
from impact.models import Evidence
from impact.notation import OutcomeGroup
from impact.status import Relation
from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.organization.models import OrganizationSettings
from site_core.redirects.gone import WithdrawnURL
from tests import factories
from tests.contracts.stock import StockedSite

# Both answer with an error, which the browser reports.
NOT_FOUND, WITHDRAWN = "/no-such-page/", "/withdrawn-page/"
# One figure of each status, beside those of the stock, which wait for their check; one of them a range.
FIGURES: dict[str, dict[str, Any]] = {
    "matching": {"value_low": Decimal(23), "outcome_group": OutcomeGroup.SHOOTINGS, "checked_on": date(2018, 4, 3)},
    "range": {"value_low": Decimal(44), "value_high": Decimal(56), "outcome_group": OutcomeGroup.DRUGS}
    | {"outcome": "drug offenses", "population": "", "scope": "in all four neighborhoods"},
    "differing": {"value_low": Decimal("36.4"), "outcome_group": OutcomeGroup.HOMICIDES},
    "unrecorded": {"value_low": Decimal(41), "population": ""},
    "corrected": {"value_low": Decimal(31), "correction": Correction.CORRECTED},
    "withdrawn": {"value_low": Decimal(77), "correction": Correction.WITHDRAWN},
}
RELATIONS = {
    "matching": Relation.SUPPORTS,
    "range": Relation.CONFLICTS,
    "differing": Relation.DIFFERS,
    "corrected": Relation.SUPPORTS,
    "withdrawn": Relation.SUPPORTS,
}


def every_address(site: StockedSite) -> dict[str, str]:
    """Where each template is shown, in each state that looks different. Makes what the stock lacks for it."""
    fill_frame(site.tree)
    put_on_map(site)
    figures = {name: figure(site, name) for name in FIGURES}
    term = factories.StrategyTermFactory(concerns_partner_violence=True)
    WithdrawnURL.objects.create(path=WITHDRAWN.rstrip("/"))
    sensitive = factories.StrategyPageFactory(parent=site.tree.strategies, term=term)
    news, search = site.tree.news.url, reverse("search")
    return (
        site.addresses
        | {f"{name} figure": stat.get_absolute_url() for name, stat in figures.items()}
        | {
            "embedded figure": reverse("stat_embed", args=[figures["range"].slug]),
            "embedded withdrawn figure": reverse("stat_embed", args=[figures["withdrawn"].slug]),
            "strategy about partner violence": sensitive.url,
            "filtered news": f"{news}?place={site.place.slug}&strategy={site.strategy.slug}",
            "news filtered to nothing": f"{news}?strategy={term.slug}",
            "news filtered to nothing by several choices": f"{news}?place={site.place.slug}&type=podcast&year=1901",
            "feeds": reverse("feeds"),
            "feeds of a place": f"{reverse('feeds')}?place={site.place.slug}",
            "search without words": search,
            "search without results": f"{search}?q=nothinglikeit",
            "search misspelled": f"{search}?q=exampel",
            "search for some of the words": f"{search}?q=example+nothinglikeit",
            "not found": NOT_FOUND,
            "withdrawn": WITHDRAWN,
            "thanks for an answer": reverse("feedback_thanks"),
        }
    )


def addresses_with_nothing_on_file() -> dict[str, str]:
    """Where the pages are that every site has, before anything stands on them."""
    tree = factories.site_tree()
    return {name: getattr(tree, name).url for name in ("home", "strategies", "places", "impact", "news", "about")}


def figure(site: StockedSite, name: str) -> Any:
    """One of FIGURES, with a study that stands to it as RELATIONS says."""
    fields = {"place": site.place, "strategy": site.strategy} | FIGURES[name]
    if "correction" in fields:
        fields |= {"correction_text": "The report counts 31%, not 27%.", "corrected_on": date(2018, 4, 3)}
    if relation := RELATIONS.get(name):
        fields["evidence"] = [Evidence(study=factories.StudyFactory(), relation=relation, reports="31%")]
    return factories.ImpactStatFactory(**fields)


def fill_frame(tree: factories.SiteTree) -> None:
    """An alert, help lines and everything that may stand in the footer."""
    factories.AlertFactory(link_page=tree.about, link_text="Read on")
    care = CrisisHelpSettings.load()
    care.leave_url = "https://example.org/"
    care.help_lines = [
        ("help_line", {"name": "Example line", "number": "000-000-0001", "hours": "9 a.m. to 5 p.m. ET"}),
        ("help_line", {"name": "Another example line", "number": "000", "checked_on": date(2018, 4, 3)}),
    ]
    care.save()
    organization = OrganizationSettings.load()
    organization.parent = "Example College"
    organization.address = "1 Example Street\nExample City"
    organization.email = organization.press_email = "example@example.org"
    organization.phone = organization.press_phone = "000-000-0000"
    organization.press_name = "Example Person"
    organization.footer_text = "<p>Some words about the <a href='https://example.org/'>network</a>.</p>"
    organization.footer_links = [("page", tree.about), ("page", tree.news)]
    organization.social_links = [("link", {"name": "Example", "url": "https://example.org/network"})]
    organization.save()


def put_on_map(site: StockedSite) -> None:
    """The place of the stock in the middle of the country, and one in the Northeast."""
    site.place.latitude, site.place.longitude = Decimal(41), Decimal(-100)
    site.place.save()
    factories.PlaceTermFactory(latitude=Decimal("42.4"), longitude=Decimal("-71.1"))
