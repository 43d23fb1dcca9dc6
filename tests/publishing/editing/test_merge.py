"""A merge takes each change from the side that made it. Only content that both changed differently is a conflict."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from home.models import TextPage
from site_core.publishing.differences.changed_fields import Shape
from site_core.publishing.differences.normalized import normalized, shape_of
from site_core.publishing.editing.merge import Side, merge
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.ledger.recording import content_of
from tests import factories

Content = dict[str, Any]

SHAPE = Shape(streams=frozenset({"body"}), relations={"rows": (), "tags": ("tag",)}, unmerged=frozenset({"at"}))

words = some.sampled_from(["", "one", "two", "three"])
numbers = some.lists(some.integers(1, 6), unique=True, max_size=5)


@some.composite
def contents(draw: Any) -> Content:
    """The content of a page, from few values, so that the sides often conflict."""
    blocks = [{"id": f"b{number}", "type": "text", "value": draw(words)} for number in draw(numbers)]
    rows = [{"pk": number, "sort_order": at, "words": draw(words)} for at, number in enumerate(draw(numbers))]
    tags = [{"pk": None, "tag": number} for number in draw(numbers)]
    return {
        **{"title": draw(words), "summary": draw(words), "at": draw(words)},
        **{"body": json.dumps(blocks), "rows": rows, "tags": tags},
    }


def said(content: Content) -> Content:
    """The content without unmerged fields and without the pk and order of rows."""
    rows = [row["words"] for row in content["rows"]]
    tags = [row["tag"] for row in content["tags"]]
    return {**content, "rows": rows, "tags": tags, "body": json.loads(content["body"]), "at": ""}


def page(*blocks: tuple[str, str], **fields: Any) -> Content:
    body = json.dumps([{"id": name, "type": "text", "value": value} for name, value in blocks])
    return {"title": "Old", "summary": "", "at": "", "body": body, "rows": [], "tags": [], **fields}


def blocks_of(content: Content) -> list[tuple[str, str]]:
    return [(block["id"], block["value"]) for block in json.loads(content["body"])]


@given(contents(), contents())
def test_with_an_unchanged_fix_the_update_stays_as_it_is(base: Content, update: Content) -> None:
    merged = merge(base, base, update, SHAPE)
    assert merged.content == update
    assert not merged.conflicts


@given(contents(), contents())
def test_with_an_unchanged_update_the_fix_is_all_there_is(base: Content, fix: Content) -> None:
    merged = merge(base, fix, base, SHAPE)
    assert said(merged.content) == said(fix)
    assert not merged.conflicts


@given(contents(), contents())
def test_what_both_changed_alike_is_no_conflict(base: Content, changed: Content) -> None:
    merged = merge(base, changed, changed, SHAPE)
    assert merged.content == changed
    assert not merged.conflicts


@given(contents(), contents(), contents())
def test_without_a_conflict_it_does_not_matter_which_is_carried_into_which(
    base: Content, one: Content, other: Content
) -> None:
    merged, turned = merge(base, one, other, SHAPE), merge(base, other, one, SHAPE)
    assert bool(merged.conflicts) == bool(turned.conflicts)
    if not merged.conflicts:
        assert said(merged.content) == said(turned.content)


@given(contents(), contents(), contents())
def test_a_plain_field_conflicts_exactly_where_both_changed_it_differently(
    base: Content, fix: Content, update: Content
) -> None:
    conflicts = {conflict.name for conflict in merge(base, fix, update, SHAPE).conflicts}
    for name in ("title", "summary"):
        assert (name in conflicts) == (len({base[name], fix[name], update[name]}) == 3)


@given(contents(), contents(), contents())
def test_choosing_one_side_everywhere_settles_every_conflict_its_way(
    base: Content, fix: Content, update: Content
) -> None:
    conflicts = merge(base, fix, update, SHAPE).conflicts
    for side in Side:
        merged = merge(base, fix, update, SHAPE, {conflict.name: side for conflict in conflicts}).content
        for name in ("title", "summary"):
            if any(conflict.name == name for conflict in conflicts):
                assert merged[name] == (fix if side == Side.FIX else update)[name]


@given(contents(), contents(), contents())
def test_nothing_that_only_one_side_added_is_lost(base: Content, fix: Content, update: Content) -> None:
    merged = {name for name, _ in blocks_of(merge(base, fix, update, SHAPE).content)}
    before, in_fix, in_update = ({name for name, _ in blocks_of(side)} for side in (base, fix, update))
    assert (in_fix ^ in_update) - before <= merged
    content: Any = merge(base, fix, update, SHAPE).content
    tags = {row["tag"] for row in content["tags"]}
    before, in_fix, in_update = ({row["tag"] for row in side["tags"]} for side in (base, fix, update))
    assert tags == (in_fix & in_update) | ((in_fix | in_update) - before)


def test_blocks_changed_added_and_taken_out_on_both_sides_come_together() -> None:
    base = page(("a", "one"), ("b", "two"), ("c", "three"))
    fix = page(("a", "ONE"), ("b", "two"), ("c", "three"), ("d", "new in the fix"))
    update = page(("a", "one"), ("e", "new in the update"), ("c", "THREE"))
    merged = merge(base, fix, update, SHAPE)
    assert not merged.conflicts
    assert blocks_of(merged.content) == [
        *[("a", "ONE"), ("e", "new in the update"), ("c", "THREE"), ("d", "new in the fix")]
    ]


def test_blocks_moved_by_one_side_keep_what_the_other_changed_in_them() -> None:
    base = page(("a", "one"), ("b", "two"), ("c", "three"))
    fix = page(("a", "one"), ("b", "TWO"), ("c", "three"))
    update = page(("c", "three"), ("a", "one"), ("b", "two"))
    assert blocks_of(merge(base, fix, update, SHAPE).content) == [("c", "three"), ("a", "one"), ("b", "TWO")]


def test_one_block_changed_by_both_is_a_conflict_of_that_block_alone() -> None:
    base, fix, update = page(("a", "one"), ("b", "two")), page(("a", "1"), ("b", "two")), page(("a", "I"), ("b", "2"))
    merged = merge(base, fix, update, SHAPE)
    assert [conflict.name for conflict in merged.conflicts] == ["body.a"]
    chosen = merge(base, fix, update, SHAPE, {"body.a": Side.FIX})
    assert blocks_of(chosen.content) == [("a", "1"), ("b", "2")]


@pytest.mark.parametrize(("side", "left"), [(Side.FIX, []), (Side.SCHEDULED, [("a", "changed")])])
def test_a_block_taken_out_by_one_and_changed_by_the_other_is_a_conflict(
    side: Side, left: list[tuple[str, str]]
) -> None:
    base, fix, update = page(("a", "one")), page(), page(("a", "changed"))
    assert [conflict.name for conflict in merge(base, fix, update, SHAPE).conflicts] == ["body.a"]
    assert blocks_of(merge(base, fix, update, SHAPE, {"body.a": side}).content) == left


def test_two_different_orders_are_a_conflict() -> None:
    a, b, c = ("a", ""), ("b", ""), ("c", "")
    base, fix, update = page(a, b, c), page(b, a, c), page(a, c, b)
    assert [conflict.name for conflict in merge(base, fix, update, SHAPE).conflicts] == ["body.order"]
    assert blocks_of(merge(base, fix, update, SHAPE, {"body.order": Side.FIX}).content) == [b, a, c]


def test_new_keys_of_the_rich_text_editor_are_no_change() -> None:
    base = page(summary='<p data-block-key="x1">Text</p>')
    fix = page(summary='<p data-block-key="y2">Text</p>')
    update = page(summary='<p data-block-key="z3">Other text</p>')
    assert not merge(base, fix, update, SHAPE).conflicts


def test_a_tag_added_on_both_sides_occurs_once() -> None:
    base, both = page(), page(tags=[{"pk": None, "tag": 7}])
    update = page(tags=[{"pk": None, "tag": 8}, {"pk": None, "tag": 7}])
    content: Any = merge(base, both, update, SHAPE).content
    assert sorted(row["tag"] for row in content["tags"]) == [7, 8]


@pytest.mark.django_db
def test_over_everything_with_drafts_an_unchanged_side_changes_nothing(site_tree: factories.SiteTree) -> None:
    """For every page type and snippet: if one side changes nothing, the merge is the other side."""
    item = factories.NewsItemPageFactory(parent=site_tree.news, places=[factories.PlaceTermFactory()])
    strategy = factories.StrategyPageFactory(parent=site_tree.strategies)
    text = factories.TextPageFactory(parent=site_tree.home)
    stat = factories.EvidenceFactory().stat
    objects = [*vars(site_tree).values(), item, strategy, text, stat, factories.AlertFactory()]
    assert {type(obj)._meta.label for obj in objects} == set(
        Publication.objects.filter(revision_id__isnull=False).values_list("model_label", flat=True)
    )
    for obj in objects:
        model = type(obj)
        public, draft = normalized(model, content_of(obj)), normalized(model, obj.save_revision().content)
        changed = {**draft, next(name for name in ("title", "text", "outcome") if name in draft): "Changed"}
        for base, other in ((public, changed), (changed, public), (draft, changed)):
            assert merge(base, base, other, shape_of(model)).content == other
            assert not merge(base, other, base, shape_of(model)).conflicts


def test_the_editors_keys_of_paragraphs_are_no_change() -> None:
    numbered = json.dumps([{"id": "a", "type": "text", "value": '<p data-block-key="x1y2z">Words</p>'}])
    plain = json.dumps([{"id": "a", "type": "text", "value": "<p>Words</p>"}])
    with_numbers, without = (normalized(TextPage, {"body": body}) for body in (numbered, plain))
    assert with_numbers == without
    assert "Words" in str(without["body"])
