"""Long headings never end with a line of one word, and compounds are not broken at their hyphens."""

import pytest
from django.utils.html import strip_tags

from site_core.fields.templatetags.typography import no_orphan, whole_days, whole_days_within

LONG = "An example of a headline that is so much longer than any that a browser balances, to its very last two words"


def test_the_last_two_words_of_a_long_heading_stay_together() -> None:
    assert no_orphan(LONG) == LONG.removesuffix(" words") + "\u00a0words"


def test_a_short_heading_stays_as_it_is() -> None:
    assert no_orphan("An example") == "An example"


def test_a_long_heading_of_one_word_stays_as_it_is() -> None:
    assert no_orphan("a" * 255) == "a" * 255


def test_a_compound_is_one_piece_with_plain_hyphens() -> None:
    marked = no_orphan("Ulster County launches first-in-NY effort")
    assert marked == 'Ulster County launches <span class="unbroken">first-in-NY</span> effort'
    assert strip_tags(marked) == "Ulster County launches first-in-NY effort"


@pytest.mark.parametrize("words", ["cut-and-come-again-and-again", "— a dash", "one -two", "44–56", "3-"])
def test_what_is_too_long_for_a_line_or_no_compound_may_break(words: str) -> None:
    assert no_orphan(words) == words


def test_markup_in_a_heading_is_text() -> None:
    assert no_orphan("<b>a-b</b> & c") == '&lt;b&gt;<span class="unbroken">a-b</span>&lt;/b&gt; &amp; c'


def test_a_day_is_one_piece() -> None:
    marked = whole_days("Compared Nov. 22, 2026, & due in May 2027")
    assert marked == 'Compared <span class="unbroken">Nov. 22, 2026</span>, &amp; due in May 2027'


def test_a_day_in_rich_text_is_one_piece_and_tags_stay_as_they_are() -> None:
    html = '<p title="March 12, 2015">Announced on March 12, 2015: <b>six &amp; more</b> in April 2018</p>'
    marked = whole_days_within(html)
    assert marked == html.replace("on March 12, 2015", 'on <span class="unbroken">March 12, 2015</span>')
