"""The list “Before you go public” on the admin homepage: what only the organization can supply, and has not yet."""

from dataclasses import dataclass

from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder

from home.text_page import TextPage
from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.organization.models import OrganizationSettings
from site_core.pages.blocks import OPEN_QUESTIONS
from strategies.models import StrategyPage

# The organization's settings that the public pages leave out while they are empty.
_SETTINGS = {
    "address": "The postal address",
    "email": "An email address for everyone",
    "phone": "A phone number for everyone",
    "press_name": "The name of the press contact",
    "press_email": "The email address of the press contact",
    "press_phone": "The phone number of the press contact",
    "security_email": "The email address for reports of security problems",
}


@dataclass(frozen=True)
class ChecklistItem:
    """Missing information, and the URL at which to enter it."""

    text: str
    url: str
    # Whether the site should not go public without it.
    is_blocker: bool = False


def open_items() -> list[ChecklistItem]:
    """Return everything that is missing."""
    return [
        *_no_contact(),
        *_empty_settings(),
        *_incomplete_help_lines(),
        *_unchecked_stats(),
        *_items_without_a_link(),
        *_open_questions(),
    ]


def _no_contact() -> list[ChecklistItem]:
    organization = OrganizationSettings.load()
    if organization.can_be_reached:
        return []
    text = "A postal address, an email address or a phone number. Until there is one, no page has a contact button"
    return [ChecklistItem(text, AdminURLFinder().get_edit_url(organization) or "", is_blocker=True)]


def _empty_settings() -> list[ChecklistItem]:
    organization = OrganizationSettings.load()
    url = AdminURLFinder().get_edit_url(organization) or ""
    return [ChecklistItem(text, url) for field, text in _SETTINGS.items() if not getattr(organization, field)]


def _incomplete_help_lines() -> list[ChecklistItem]:
    crisis_help = CrisisHelpSettings.load()
    texts = [] if crisis_help.help_lines else ["A help line: none is entered yet"]
    for line in crisis_help.help_lines:
        name = line.value["name"]
        if not line.value["hours"]:
            texts.append(f"The hours of the help line “{name}”")
        if not line.value["checked_on"]:
            texts.append(f"The date on which somebody checked the help line “{name}”")
    url = AdminURLFinder().get_edit_url(crisis_help) or ""
    return [ChecklistItem(text, url) for text in texts]


def _unchecked_stats() -> list[ChecklistItem]:
    unchecked = ImpactStat.objects.standing().filter(checked_on=None).count()
    if not unchecked:
        return []
    text = f"Impact stats without the date on which somebody checked them: {unchecked}"
    return [ChecklistItem(text, f"{reverse('stats_to_check')}?want=never")]


def _items_without_a_link() -> list[ChecklistItem]:
    unlinked = NewsItemPage.objects.live().filter(link="").exclude(publisher=None).count()
    if not unlinked:
        return []
    return [ChecklistItem(f"Press mentions without a link to their article: {unlinked}", reverse("news_items:index"))]


def _open_questions() -> list[ChecklistItem]:
    """Return the questions that pages say are not on record yet."""
    pages = [*TextPage.objects.live(), *StrategyPage.objects.live().order_by("path")]
    return [
        ChecklistItem(f"{question} (on “{page.title}”)", reverse("wagtailadmin_pages:edit", args=[page.pk]))
        for page in pages
        for block in page.body.blocks_by_name(OPEN_QUESTIONS)
        for question in block.value["questions"]
    ]
