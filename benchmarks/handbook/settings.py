"""What the site came with, and what is set once: the organization, help lines, people, figures, searches."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query

from benchmarks.handbook.camera import Camera
from home.models import TextPage, UnansweredSearch
from site_core.accounts.roles import Role
from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.organization.models import OrganizationSettings
from site_core.taxonomy.models import StrategyTerm
from tests.browser import admin
from tests.factories import (
    EvidenceFactory,
    ImpactStatFactory,
    PlaceTermFactory,
    SearchPromotionFactory,
    StudyFactory,
)

FIGURES = "/admin/snippets/impact/impactstat/"


def before_you_go_public(camera: Camera) -> None:
    window = camera.admin_of(Role.MANAGING_EDITOR)
    heading = window.get_by_role("heading", name="Before you go public")
    camera.take(window, "before-you-go-public", 640, top=heading)
    camera.take(camera.edit(Role.MANAGING_EDITOR, OrganizationSettings.load()), "organization", 800)


def help_lines(camera: Camera) -> None:
    camera.take(camera.edit(Role.MANAGING_EDITOR, CrisisHelpSettings.load()), "help-lines", 1000)
    strategy = StrategyTerm.objects.get(slug="intimate-partner-violence-intervention")
    window = camera.edit(Role.MANAGING_EDITOR, strategy)
    camera.take(window, "help-lines-strategy", 880, top=window.get_by_role("heading", name="Term", exact=True))


def finding(camera: Camera) -> None:
    visitor = camera.visitor()
    visitor.goto("/news/?place=rutland&type=case-study")
    camera.take(visitor, "finding-list", 800)
    visitor.goto("/news/?place=kingston&type=podcast")
    camera.take(visitor, "finding-nothing", 620)


def figures_list(camera: Camera) -> None:
    window = camera.admin_of(Role.MANAGING_EDITOR)
    window.goto(FIGURES)
    camera.take(window, "figures-list", 800)
    window.get_by_role("button", name="Actions", exact=True).first.click()
    window.get_by_role("link", name="Sort item order").click()
    window.get_by_role("link", name="Sort").first.wait_for()
    camera.take(window, "figures-order", 560)


def figure(camera: Camera) -> None:
    study = StudyFactory(short_name="Example and Sample 2001")
    evidence = [EvidenceFactory.build(study=study)]
    stat = ImpactStatFactory(
        place=PlaceTermFactory(name="Example City"), evidence=evidence, joining_word="among", draft=True
    )
    window = camera.edit(Role.MANAGING_EDITOR, stat)
    admin.open_preview(window)
    admin.preview(window).get_by_text("Same as the published study").first.wait_for()
    camera.take(window, "figure-people", 800, top=window.get_by_text("Kind of outcome"))
    camera.take(window, "figure-preview", 800, top=window.get_by_role("heading", name="Evidence"))


def checks(camera: Camera) -> None:
    window = camera.admin_of(Role.MANAGING_EDITOR)
    window.goto("/admin/stats-to-check/")
    camera.take(window, "stats-to-check", 800)
    window.locator("main td a").first.click()
    window.get_by_role("heading", name="What the site says").wait_for()
    camera.take(window, "check-stat", 1100)


def people(camera: Camera) -> None:
    window = camera.admin_of(Role.MANAGING_EDITOR)
    window.goto("/admin/users/new/")
    window.get_by_label("Email").fill("jo.example@example.org")
    window.get_by_label("First name").fill("Jo")
    window.get_by_label("Last name").fill("Example")
    window.get_by_label("Author").check()
    camera.take(window, "people-invite", 800)
    window.get_by_role("button", name="Create").click()
    admin.expect_message(window, "jo.example@example.org")
    administrator = camera.admin_of(Role.ADMINISTRATOR)
    administrator.goto("/admin/outbox/")
    administrator.get_by_role("link", name="Your login for the NNSC website").click()
    link = administrator.get_by_role("link", name="password_reset/confirm")
    camera.take(administrator, "outbox-mail", 460)
    invited = camera.visitor()
    invited.goto(str(link.get_attribute("href")))
    camera.take(invited, "choose-password", 800)


def searches(camera: Camera) -> None:
    today = timezone.localdate()
    for words, times, days in (("training video", 7, 3), ("job openings", 5, 2), ("call-in script", 3, 5)):
        UnansweredSearch.objects.create(digest=words, words=words, times=times, last_on=today - timedelta(days=days))
    window = camera.admin_of(Role.EDITOR)
    window.goto("/admin/reports/searches-without-result/")
    camera.take(window, "searches-without-result", 420)
    SearchPromotionFactory(typed="job openings", page=TextPage.objects.get(slug="contact"))
    window.goto(reverse("wagtailsearchpromotions:edit", args=(Query.get("job openings").pk,)))
    camera.take(window, "promoted-result", 860)
