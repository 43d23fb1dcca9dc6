"""The words of the public pages are listed as a whole, and say what an American communications officer would."""

import re
from io import StringIO
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from home.public_copy import public_copy

# What a reader in New York stumbles over. What stands there instead is for the writer of the sentence to say.
STUMBLED_OVER = (
    "calls for intimate partner violence",
    "murders were intimate partner violence",
    "The headline says that",
    "another name of",
    "What it said before",
    "On record since",
    "It has said the same since",
    "How it stands to the figure",
    "Held against",
    "Who answers for it",
    "worked out by us",
    "Use none without its people",
    "What is empty is not recorded",
    "By how many percent each outcome fell",
    "whom it was measured on",
    "Whom to ask",
    "What it says",
    "e-mail",
    "all 4",
    "No news item answers all of this",
    "moves off the victim",
)

# What stands there instead, where it is one phrase.
SAID_INSTEAD = (
    "about intimate partner violence fell 20%",
    "Pittsburgh police Cmdr. Joseph",
    "another name for",
    "History",
    "Published …. No changes.",
    "What the study shows",
    "Compared with",
    "Reviewed by",
    "our classification",
    "Always quote a figure with its population and status. Blank means no data.",
    "Percentage reduction",
    "who was studied",
    "Press contact",
    "email",
    "all four",
    "No news matches these filters",
    "It is the person who abuses who must stop, not the victim who must act.",
)

# AP style and American spelling, as far as a pattern can tell: what no sentence may have.
OF_STYLE = {
    "no double space": r"\S {2,}\S",
    "months with a day are short": r"\b(January|February|August|September|October|November|December) \d{1,2}\b(?!\d)",
    "months without a day are long": r"\b(Jan|Feb|Aug|Sept|Oct|Nov|Dec)\. \d{4}",
    "small numbers are words": r"(?<![\w.,$–-])[1-9] [a-z]",
    "American spelling": (
        r"(?i)colour|behaviour|neighbour|favour|labour|\bcentre|organis|analys(e|ed|ing)\b|programme|towards|whilst"
        r"|under way|afterwards|licence|judgement|travell|cancelled|\bgrey"
    ),
    "plain words": r"(?i)\b(whom|any more|anybody|somebody|nobody has)\b|\bstands? (with|beside|in the)\b",
}
# A name, as its owner writes it.
PRINTED_SO = "United States Studies Centre"


@pytest.fixture(scope="module")
def copy() -> dict[str, str]:
    return public_copy()


@pytest.fixture(scope="module")
def printed() -> list[str]:
    """The sentences that `manage.py print_public_copy` prints, without the files in which they stand."""
    output = StringIO()
    call_command("print_public_copy", stdout=output)
    return [line.strip() for line in output.getvalue().splitlines() if line.startswith("  ")]


@pytest.mark.parametrize("phrase", STUMBLED_OVER)
def test_no_sentence_has_a_phrase_that_readers_stumbled_over(printed: list[str], phrase: str) -> None:
    assert len(printed) > 900
    assert [text for text in printed if phrase.casefold() in text.casefold()] == []


@pytest.mark.parametrize("phrase", SAID_INSTEAD)
def test_what_they_understand_stands_there_instead(printed: list[str], phrase: str) -> None:
    assert [text for text in printed if phrase in text]


def test_nobody_is_named_by_rank_alone_and_no_heading_says_summary(printed: list[str]) -> None:
    assert [text for text in printed if re.search(r"(?<!Pittsburgh police )Cmdr\.", text)] == []
    assert "Summary" not in printed


def test_no_sentence_is_longer_than_thirty_words(copy: dict[str, str]) -> None:
    sentences = [sentence for text in copy for sentence in re.split(r"(?<=[.?!:])\s+", text)]
    assert [sentence for sentence in sentences if len(sentence.split()) > 30] == []


@pytest.mark.parametrize("rule", OF_STYLE.values(), ids=OF_STYLE)
def test_the_words_follow_the_style(copy: dict[str, str], rule: str) -> None:
    assert [text for text in copy if re.search(rule, text.replace(PRINTED_SO, "NNSC"))] == []


def test_texts_with_more_than_one_sentence_end_with_one(copy: dict[str, str]) -> None:
    texts = [text for text, path in copy.items() if path.startswith("home/content")]
    several = [text for text in texts if re.search(r"[a-z)”%\d][.?!] [A-Z“]", text)]
    assert several
    assert [text for text in several if text[-1] not in ".?!:”"] == []


def test_summaries_and_the_items_of_a_list_end_alike() -> None:
    for path in sorted(settings.BASE_DIR.glob("home/content/*.yaml")):
        for key, text in _texts(yaml.safe_load(path.read_text())):
            assert key != "summary" or text.endswith(".")
            for items in re.findall(r"<[uo]l>(.*?)</[uo]l>", text, re.S):
                endings = {item.strip()[-1] in ".?!" for item in re.findall(r"<li>(.*?)</li>", items, re.S)}
                assert len(endings) == 1, items


def _texts(value: Any, key: str = "") -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [each for name, inner in value.items() for each in _texts(inner, name)]
    if isinstance(value, list):
        return [each for inner in value for each in _texts(inner, key)]
    return [(key, value)] if isinstance(value, str) else []


def test_the_list_has_the_words_of_content_templates_and_code(copy: dict[str, str]) -> None:
    assert copy["First do no harm"] == "home/content/pages.yaml"
    assert copy["There is no page at this address"] == "templates/404.html"
    assert copy["Source not yet recorded"] == "impact/status.py"
    assert copy["USA TODAY, April 2018"] == "home/content/news.yaml"
