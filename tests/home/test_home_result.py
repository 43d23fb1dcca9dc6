"""With the mission stands one result in one place, which an editor chooses."""

from typing import Any

import pytest
from bs4 import Tag
from django.test import Client
from wagtail.blocks.struct_block import StructBlockValidationError

from home.blocks import MissionBlock
from impact.models import ImpactStat
from tests import factories
from tests.impact.reading import page_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MISSION = {"statement": "An example of a mission.", "lead": "", "aims": ["An aim"], "link": None, "link_text": ""}
COUNTS = {
    "outcome": "robberies",
    "before": 8,
    "before_period": "2015",
    "after": 4,
    "after_period": "2016",
    "source": "",
}


def result_on_home(client: Client, tree: factories.SiteTree, **chosen: Any) -> Tag | None:
    tree.home.body = [("mission", MISSION | chosen)]
    tree.home.save_revision().publish()
    return page_of(client.get("/")).select_one(".mission .result")


def test_a_figure_comes_with_its_place_people_and_status(client: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory(place=factories.PlaceTermFactory(name="Exampleburg"))
    shown = words_of(result_on_home(client, site_tree, figure=stat))
    for part in (stat.figure, "Exampleburg", stat.sentence, stat.status_words, "How we know"):
        assert part in shown


def test_a_withdrawn_figure_is_no_longer_shown(client: Client, site_tree: factories.SiteTree) -> None:
    stat = factories.ImpactStatFactory()
    assert result_on_home(client, site_tree, figure=stat)
    ImpactStat.objects.update(correction="withdrawn")
    assert not result_on_home(client, site_tree, figure=stat)


def test_a_place_shows_its_newest_counts_from_the_news(client: Client, site_tree: factories.SiteTree) -> None:
    place = factories.PlaceTermFactory(name="Exampleburg")
    assert not result_on_home(client, site_tree, counts_in=place)
    body = [
        ("before_after", COUNTS | {"place": place}),
        ("before_after", COUNTS | {"place": place, "outcome": "thefts"}),
    ]
    factories.NewsItemPageFactory(parent=site_tree.news, body=body)
    shown = words_of(result_on_home(client, site_tree, counts_in=place))
    assert "Exampleburg Robberies 2015 8 2016 4 Down 50%" in shown
    assert "Thefts" not in shown
    assert "not results of a study" in shown


def test_without_a_choice_there_is_none(client: Client, site_tree: factories.SiteTree) -> None:
    assert not result_on_home(client, site_tree)


def test_only_one_of_the_two_can_be_chosen() -> None:
    block = MissionBlock()
    both = {"figure": factories.ImpactStatFactory(), "counts_in": factories.PlaceTermFactory()}
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.normalize(MISSION | both))
    assert list(refused.value.block_errors) == ["counts_in"]
