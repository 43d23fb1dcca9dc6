"""Each conflict is shown with the labels of the form, block by block and row by row."""

import json
from typing import Any

import pytest

from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.publishing.differences.normalized import shape_of
from site_core.publishing.editing.conflict_choices import Choice, choices_for
from site_core.publishing.editing.merge import merge
from site_core.publishing.ledger.recording import content_of
from tests import factories

Content = dict[str, Any]

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def as_json(obj: Any) -> Content:
    content: Content = json.loads(json.dumps(content_of(obj), default=str))
    return content


def choice_between(model: type, base: Content, fix: Content, update: Content) -> Choice:
    """The choice for the only conflict of a merge."""
    conflicts = merge(base, fix, update, shape_of(model)).conflicts
    assert len(conflicts) == 1
    return choices_for(model, conflicts, {})[0]


def block(words: str) -> dict[str, str]:
    return {"id": "a", "type": "text", "value": f"<p>{words}</p>"}


def test_a_field_has_its_label_from_the_form(site_tree: factories.SiteTree) -> None:
    content = as_json(factories.NewsItemPageFactory(parent=site_tree.news))
    sides: Any = ({**content, "title": words} for words in ("One", "Two", "Three"))
    choice = choice_between(NewsItemPage, *sides)
    assert choice.label == "Headline"
    assert [choice.base, choice.fix, choice.scheduled] == ["<p>One</p>", "<p>Two</p>", "<p>Three</p>"]


def test_a_block_is_named_and_shown_as_text(site_tree: factories.SiteTree) -> None:
    content = as_json(factories.NewsItemPageFactory(parent=site_tree.news))
    sides: Any = ({**content, "body": json.dumps([block(words)])} for words in ("One", "Two & a half", "Three"))
    choice = choice_between(NewsItemPage, *sides)
    assert choice.label.startswith("Body: ")
    assert "Two &amp; a half" in choice.fix
    assert "<p>" not in choice.fix


def test_a_block_that_one_side_removed_is_shown_as_missing(site_tree: factories.SiteTree) -> None:
    content = as_json(factories.NewsItemPageFactory(parent=site_tree.news))
    bodies: Any = ([block("One")], [], [block("Three")])
    sides: Any = ({**content, "body": json.dumps(body)} for body in bodies)
    assert "(not there)" in choice_between(NewsItemPage, *sides).fix


def test_the_order_of_blocks_is_shown_as_a_list(site_tree: factories.SiteTree) -> None:
    content = as_json(factories.NewsItemPageFactory(parent=site_tree.news))
    one, two, three = ({**block(words), "id": words} for words in ("One", "Two", "Three"))
    orders = ([one, two, three], [two, one, three], [one, three, two])
    sides: Any = ({**content, "body": json.dumps(order)} for order in orders)
    choice = choice_between(NewsItemPage, *sides)
    assert choice.label == "Body: order"
    assert choice.fix.index("Two") < choice.fix.index("One")


def test_evidence_that_both_changed_is_shown_with_every_field() -> None:
    content = as_json(factories.EvidenceFactory(reports="12.5%").stat)
    sides: Any = (
        {**content, "evidence": [{**content["evidence"][0], "reports": words}]} for words in ("1%", "2%", "3%")
    )
    choice = choice_between(ImpactStat, *sides)
    assert choice.label == "Evidence"
    assert "<dt>What it reports</dt><dd>2%</dd>" in choice.fix


def test_a_related_object_is_shown_by_its_name() -> None:
    places = [factories.PlaceTermFactory(name=name) for name in ("Exampletown", "Otherville", "Thirdham")]
    content = as_json(factories.ImpactStatFactory(place=places[0]))
    sides: Any = ({**content, "place": place.pk} for place in places)
    choice = choice_between(ImpactStat, *sides)
    assert choice.fix == "<p>Otherville</p>"
