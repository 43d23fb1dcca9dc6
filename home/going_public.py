"""“Before you go public”: what only the organization can supply, and nobody has yet."""

from dataclasses import dataclass

from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder

from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.organization.models import OrganizationSettings

# The parts of the organization's settings that the public pages leave out while they are empty.
_WANTED = {
    "address": "The postal address",
    "email": "An e-mail address for everyone",
    "phone": "A phone number for everyone",
    "press_name": "The name of the press contact",
    "press_email": "The e-mail address of the press contact",
    "press_phone": "The phone number of the press contact",
    "security_email": "The e-mail address for reports of security problems",
}


@dataclass(frozen=True)
class OpenPoint:
    """One object that is missing, and where it is entered."""

    text: str
    address: str


def open_points() -> list[OpenPoint]:
    """Everything that is missing. The list is done when it is empty."""
    return [
        *_missing_of_the_organization(),
        *_missing_of_the_help_lines(),
        *_unchecked_stats(),
        *_items_without_a_link(),
    ]


def _missing_of_the_organization() -> list[OpenPoint]:
    organization = OrganizationSettings.load()
    address = AdminURLFinder().get_edit_url(organization) or ""
    return [OpenPoint(text, address) for field, text in _WANTED.items() if not getattr(organization, field)]


def _missing_of_the_help_lines() -> list[OpenPoint]:
    care = CrisisHelpSettings.load()
    texts = [] if care.help_lines else ["A help line: none is on record"]
    for line in care.help_lines:
        name = line.value["name"]
        if not line.value["hours"]:
            texts.append(f"The help line “{name}”: its hours")
        if not line.value["checked_on"]:
            texts.append(f"A day on which somebody checked the help line “{name}”")
    address = AdminURLFinder().get_edit_url(care) or ""
    return [OpenPoint(text, address) for text in texts]


def _unchecked_stats() -> list[OpenPoint]:
    unchecked = ImpactStat.objects.standing().filter(checked_on=None).count()
    if not unchecked:
        return []
    text = f"Figures without a day on which somebody checked them: {unchecked}"
    return [OpenPoint(text, reverse("wagtailsnippets_impact_impactstat:list"))]


def _items_without_a_link() -> list[OpenPoint]:
    unlinked = NewsItemPage.objects.live().filter(link="").exclude(publisher=None).count()
    if not unlinked:
        return []
    return [OpenPoint(f"Press mentions without a link to their article: {unlinked}", reverse("news_items:index"))]
