"""Long headings never end with a line of one word."""

from site_core.fields.templatetags.typography import no_orphan

LONG = "An example of a headline that is so much longer than any that a browser balances, to its very last two words"


def test_the_last_two_words_of_a_long_heading_stay_together() -> None:
    assert no_orphan(LONG) == LONG.removesuffix(" words") + "\u00a0words"


def test_a_short_heading_stays_as_it_is() -> None:
    assert no_orphan("An example") == "An example"


def test_a_long_heading_of_one_word_stays_as_it_is() -> None:
    assert no_orphan("a" * 255) == "a" * 255
