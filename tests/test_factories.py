"""The factories make what they say, in the state they say, valid by the models' own rules."""

from typing import Any

import pytest
from django.core.checks import run_checks
from django.utils import timezone
from wagtail.models import Site

from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.organization.models import Alert
from tests import factories
from tests.factories import SiteTree

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SNIPPETS = [factories.AlertFactory, factories.ImpactStatFactory]
PLAIN = [
    factories.UserFactory,
    factories.SiteImageFactory,
    factories.SiteDocumentFactory,
    *factories.TERM_FACTORIES.values(),
    factories.PublisherFactory,
    factories.StudyFactory,
]


@pytest.mark.parametrize("factory", [*PLAIN, *SNIPPETS], ids=lambda factory: factory.__name__)
def test_what_is_made_is_valid(factory: Any) -> None:
    made = factory()
    made.full_clean()
    assert str(made)


@pytest.mark.parametrize("factory", SNIPPETS, ids=lambda factory: factory.__name__)
def test_states_of_a_snippet(factory: Any) -> None:
    live, draft, scheduled = factory(), factory(draft=True), factory(scheduled=True)
    check_states(live, draft, scheduled)


@pytest.mark.parametrize(
    ("factory", "parent"),
    [
        (factories.TextPageFactory, "home"),
        (factories.StrategyPageFactory, "strategies"),
        (factories.NewsItemPageFactory, "news"),
    ],
)
def test_states_of_a_page(factory: Any, parent: str, site_tree: SiteTree) -> None:
    above = getattr(site_tree, parent)
    made = [factory(parent=above), factory(parent=above, draft=True), factory(parent=above, scheduled=True)]
    check_states(*made)
    for page in made:
        page.full_clean()


def check_states(live: Any, draft: Any, scheduled: Any) -> None:
    assert live.live and live.live_revision == live.latest_revision
    assert not draft.live and draft.latest_revision
    assert not scheduled.live and scheduled.scheduled_revision.approved_go_live_at > timezone.now()


def test_site_tree(site_tree: SiteTree) -> None:
    assert Site.objects.get().root_page_id == site_tree.home.pk
    assert [page.title for page in site_tree.home.get_children().in_menu()] == [
        "Strategies",
        "Places",
        "Impact",
        "News",
        "About",
    ]
    assert [page.get_url() for page in site_tree.home.get_children()] == [
        "/strategies/",
        "/places/",
        "/impact/",
        "/news/",
        "/about/",
    ]
    for page in site_tree.home.get_children().specific():
        page.full_clean()


def test_parts_of_a_figure_are_in_its_revision() -> None:
    stat = factories.ImpactStatFactory(evidence=[factories.EvidenceFactory.build(study=factories.StudyFactory())])
    factories.RatingFactory(stat=stat)
    factories.EvidenceFactory(stat=stat)
    again = ImpactStat.objects.get(pk=stat.pk)
    assert (again.evidence.count(), again.ratings.count()) == (2, 1)
    revised = again.latest_revision.as_object()
    assert (revised.evidence.count(), revised.ratings.count()) == (2, 1)
    assert again.live_revision == again.latest_revision


def test_tags_of_an_item_are_in_its_revision(site_tree: SiteTree) -> None:
    place = factories.PlaceTermFactory()
    item = factories.NewsItemPageFactory(parent=site_tree.news, places=[place])
    assert list(NewsItemPage.objects.get(pk=item.pk).places.all()) == [place]
    assert list(item.latest_revision.as_object().places.all()) == [place]


def test_nothing_made_live_lacks_a_live_revision(site_tree: SiteTree) -> None:
    factories.AlertFactory()
    factories.ImpactStatFactory()
    assert Alert.objects.filter(live=True).exists()
    assert [error for error in run_checks(databases=["default"]) if error.id == "publishing.W001"] == []
