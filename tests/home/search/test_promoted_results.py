"""Promoted results are above the other results, if visitors may see them."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests import factories

pytestmark = pytest.mark.django_db


def recommended(client: Client, typed: str, **parameters: str) -> list[str]:
    page = BeautifulSoup(client.get("/search/", {"q": typed, **parameters}).content, "html.parser")
    return [str(link["href"]) for link in page.select('section[aria-labelledby="recommended"] a')]


def test_it_comes_for_exactly_these_words_in_any_case(site_tree: factories.SiteTree, client: Client) -> None:
    factories.SearchPromotionFactory(typed="hiring", page=site_tree.about, description="Why <b>this</b> page.")
    assert recommended(client, " Hiring ") == ["/about/"]
    assert "Why &lt;b&gt;this&lt;/b&gt; page." in client.get("/search/?q=hiring").content.decode()
    assert recommended(client, "hiring staff") == recommended(client, "") == []


def test_a_page_for_a_question_and_for_its_words_is_shown_once(site_tree: factories.SiteTree, client: Client) -> None:
    for typed in ("what is hiring", "hiring"):
        factories.SearchPromotionFactory(typed=typed, page=site_tree.about)
    assert recommended(client, "what is hiring") == ["/about/"]


def test_a_link_elsewhere_says_so(site_tree: factories.SiteTree, client: Client) -> None:
    factories.SearchPromotionFactory(
        typed="hiring", external_link_url="https://example.org/", external_link_text="Jobs at the college"
    )
    assert recommended(client, "hiring") == ["https://example.org/"]
    assert "(opens another site)" in client.get("/search/?q=hiring").content.decode()


def test_a_page_that_is_not_public_is_left_out(site_tree: factories.SiteTree, client: Client) -> None:
    draft = factories.TextPageFactory(parent=site_tree.about, draft=True)
    private = factories.TextPageFactory(parent=site_tree.about)
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    for page in (draft, private):
        factories.SearchPromotionFactory(typed="hiring", page=page)
    assert recommended(client, "hiring") == []


@pytest.mark.parametrize(("role", "may"), [("Author", False), ("Editor", True), ("Managing editor", True)])
def test_editors_and_up_change_them(site_tree: factories.SiteTree, role: str, may: bool) -> None:
    admin = Client()
    admin.force_login(factories.UserFactory(role=role))
    address = reverse("wagtailsearchpromotions:add")
    form = {
        "query_string": "hiring",
        **{f"editors_picks-{name}": number for name, number in (("TOTAL_FORMS", 1), ("INITIAL_FORMS", 0))},
        **{"editors_picks-MIN_NUM_FORMS": 0, "editors_picks-MAX_NUM_FORMS": 1000},
        **{"editors_picks-0-page": site_tree.about.pk, "editors_picks-0-description": "", "editors_picks-0-ORDER": 1},
    }
    response = admin.post(address, form)
    assert (response["Location"] == reverse("wagtailsearchpromotions:index")) is may
    assert recommended(Client(), "hiring") == (["/about/"] if may else [])
    assert ("Promoted results" in admin.get(reverse("wagtailadmin_home")).content.decode()) is may
