"""Every fact on record is told by the content, and the pages say it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client

from home.content_loader import ContentError
from home.content_loader.facts import FACTS_FILE, facts_of, untold_facts, without_facts
from home.management.commands.load_content import CONTENT_FOLDER
from tests.home.content_files import change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded"), pytest.mark.one_database]

NEWS = "/news/{}/"
PODCAST = NEWS.format("violent-crime-in-the-united-states")
ULSTER = NEWS.format("ulster-county-launches-first-in-ny-effort")
HIGH_POINT = NEWS.format("domestic-abusers-dangerous-for-women-and-lethal-for-cops")
TIMES = NEWS.format("taking-aim-at-gun-violence-with-personal-deterrence")
PITTSBURGH = NEWS.format("pittsburgh-gun-violence-drops-to-12-year-low")
OPIOIDS = NEWS.format("case-study-using-dmi-to-combat-covert-opioid-markets")
# What the pages did not say before, by page.
SAID = {
    PODCAST: [
        "at the center of the American law-and-order debate",
        "reduce violence, improve public safety, and keep arrest and incarceration low",
        "relations between law enforcement and the communities it serves",
    ],
    ULSTER: [
        "a press conference on a Tuesday afternoon at City Hall",
        "cardboard silhouettes of 11 local women",
        "Statistical analysis and data from several agencies",
        "They are taught about the services available",
    ],
    HIGH_POINT: [
        "has spent six years pioneering a strategy",
        "responds based on how severe the violence is",
        "calls to police in High Point about intimate partner violence fell 20%",
    ],
    TIMES: [
        "describes how NNSC works to prevent group violence in several places",
        "was not much of a believer when he came to Detroit",
        "one of the better-working Ceasefire models",
        "violent crime fell steeply, especially firearm crime",
        "the third most dangerous American city",
    ],
    PITTSBURGH: ["Pittsburgh had 14 nonfatal shootings in 2018 through a Tuesday afternoon"],
    OPIOIDS: ["differ from the open-air markets of past work", "the logic of market disruption might apply"],
}


def content_of(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)


def entries() -> Iterator[tuple[str, str, int]]:
    """Every entry that names facts: its file, its list and its place there."""
    for file in sorted(CONTENT_FOLDER.glob("*.yaml")):
        if file.name != FACTS_FILE:
            for section, listed in content_of(file).items():
                yield from ((file.name, section, n) for n, entry in enumerate(listed) if list(facts_of(entry)))


def test_every_fact_on_record_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_facts")
    assert capsys.readouterr().out == "Every fact on record is told.\n"
    assert len(content_of(CONTENT_FOLDER / FACTS_FILE)["facts"]) > 90


def test_without_an_entry_the_facts_that_it_alone_tells_are_untold(folder: Path) -> None:
    told = [fact for file, section, n in entries() for fact in facts_of(content_of(folder / file)[section][n])]
    tried = 0
    for file, section, n in entries():
        content = content_of(folder / file)
        removed = list(facts_of(content[section].pop(n)))
        before = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        assert set(untold_facts(folder)) == {fact for fact in removed if told.count(fact) == removed.count(fact)}
        (folder / file).write_text(before, encoding="utf-8")
        tried += 1
    assert tried > 20


def test_a_fact_that_is_not_on_record_is_refused(folder: Path) -> None:
    change(folder, "news.yaml", "facts: [news1-1,", "facts: [news9-1,")
    with pytest.raises(ContentError, match=r"^news\.yaml: there is no fact “news9-1”"):
        untold_facts(folder)


def test_the_names_of_facts_are_no_part_of_an_entry() -> None:
    given = {"slug": "example", "facts": ["a"], "body": [{"text": "Text", "facts": ["b"]}]}
    assert without_facts(given) == {"slug": "example", "body": [{"text": "Text"}]}


@pytest.mark.parametrize("address", SAID)
def test_the_pages_say_what_was_missing(client: Client, address: str) -> None:
    main = BeautifulSoup(client.get(address).content, "html.parser").main
    assert main is not None
    text = " ".join(main.get_text(" ").split())
    assert [words for words in SAID[address] if words not in text] == []
