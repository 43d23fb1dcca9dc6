"""Axe finds nothing in the admin, in light and in dark, that it does not find in Wagtail itself."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from impact.models import Evidence
from site_core.link_checks.models import LinkCheck, LinkUse, State
from site_core.mail.models import UnsentMail
from site_core.tagging.models import TagChange
from tests.browser import admin
from tests.browser.test_accessibility import AXE, RUN
from tests.factories import (
    AlertFactory,
    ImpactStatFactory,
    NewsItemPageFactory,
    PlaceTermFactory,
    SiteTree,
    StudyFactory,
    UserFactory,
)

pytestmark = pytest.mark.sweep

# What stock Wagtail has: the rule, and the markup of Wagtail where it finds fault.
STOCK = {
    # The text editor has no name of its own.
    ("aria-input-field-name", r"public-DraftEditor-content"),
    # Who else has the page open, shown as a picture.
    ("button-name", r"w-editing-sessions__session"),
    # The items of a list block, the box for tags, the place to drop files.
    ("label", r"ui-autocomplete-input|id=\"fileupload\"|name=\"body-\d+-value-\w+-\d+-value\""),
    # The link of the logo is named “Dashboard”, whatever stands in it.
    ("label-content-name-mismatch", r"sidebar-custom-branding"),
    # The title of a new object is a box.
    ("page-has-heading-one", r"<html"),
    # The last column of a list of pages, which has no heading.
    ("td-has-header", r"class=\"listing full-width\""),
}
# Lists with what `_of_one_row` makes.
LISTS = (
    *("tags", "tag_changes", "untagged", "broken_links", "stats_to_check"),
    *("archive_imports", "maintenance", "unsent_mail", "wording_report"),
)
# The colors of the other scheme fade in. Ends that at once, and what begins to fade when something else has ended.
END_FADING = """() => {
  const fading = () => document.getAnimations().filter(one => one instanceof CSSTransition);
  for (let found = fading(); found.length; found = fading()) found.forEach(one => one.finish());
}"""


def screens(tree: SiteTree) -> Iterator[str]:
    """The paths of 39 screens, below /admin/."""
    item = NewsItemPageFactory(parent=tree.news)
    stat, alert = ImpactStatFactory(), AlertFactory()
    stats, organization = "snippets/impact/impactstat", "snippets/organization"
    yield from ("", f"pages/{tree.home.pk}/", f"pages/{tree.news.pk}/add_subpage/", "news_items/", "account/")
    yield from (f"pages/{pk}/edit/" for pk in (tree.home.pk, tree.about.pk, item.pk))
    yield from (f"pages/{item.pk}/history/", f"pages/{item.pk}/delete/", f"pages/{item.pk}/copy/")
    yield from (f"{stats}/", f"{stats}/add/", f"{stats}/edit/{stat.pk}/")
    yield from (f"{organization}/alert/", f"{organization}/alert/edit/{alert.pk}/", "snippets/news/publisher/add/")
    yield from ("images/", "images/add/", "images/multiple/add/", "documents/", "schedule/", "trash/", "publications/")
    yield "reports/site-history/"
    urls = [*_of_one_row(tree), *map(reverse, LISTS)]
    yield from (url.removeprefix("/admin/") for url in urls)


def _of_one_row(tree: SiteTree) -> Iterator[str]:
    """The screens about one tag, link or stat, each of which has something to show, and a page with a table."""
    wrong, right = (PlaceTermFactory(name=name) for name in ("Highpoint", "High Point"))
    item = NewsItemPageFactory(
        parent=tree.news, places=[wrong], body=[("table", {"caption": "", "rows": "A | B\nC | D"})]
    )
    NewsItemPageFactory(parent=tree.news, title="Peace in Highpoint")
    link = LinkCheck.objects.create(url="https://example.org/", state=State.GONE, reported_at=timezone.now())
    LinkUse.objects.create(link=link, model_label=item._meta.label, object_id=str(item.pk), title=item.title)
    evidence = Evidence(study=StudyFactory(), relation="differs", reports="3%")
    stat = ImpactStatFactory(place=right, evidence=[evidence])
    TagChange.objects.create(sentence="Archived “Example”", kind="place", term_pks=[right.pk], changed={}, to_index=[])
    UnsentMail.objects.create(content={}, recipients="a@example.org", subject="An example", given_up_at=timezone.now())
    yield f"{reverse('merge_tags')}?term={wrong.pk}&term={right.pk}&into={right.pk}"
    yield reverse("split_tag", args=[wrong.pk])
    yield reverse("broken_link", args=[link.pk])
    yield reverse("check_stat", args=[stat.pk])
    yield reverse("wagtailadmin_pages:edit", args=[item.pk])


def is_stock(violation: str) -> bool:
    return any(violation.startswith(f"{rule}: ") and re.search(markup, violation) for rule, markup in STOCK)


def test_axe_finds_nothing_that_stock_wagtail_has_not(page: Page, site_tree: SiteTree, settings: Any) -> None:
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    admin.sign_in(page, UserFactory(role="Administrator"))
    found, seen = set(), 0
    for path in screens(site_tree):
        response = page.goto(f"/admin/{path}")
        assert response
        assert response.status == 200, path
        page.evaluate(AXE)
        for scheme, only in (("light", None), ("dark", "cat.color")):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.evaluate(END_FADING)
            found |= {f"{path}, {scheme}, {one}" for one in page.evaluate(RUN, only) if not is_stock(one)}
        seen += 1
    assert seen == 39
    assert found == set()
