"""The words of the admin are listed as a whole, so that someone reads each new one as New York would say it."""

import re
from calendar import month_abbr, month_name
from pathlib import Path

import pytest
from django.conf import settings

from home.admin_copy import admin_copy

pytestmark = [pytest.mark.unit, pytest.mark.one_database]
LIST = Path(__file__).with_name("admin_copy.txt")
RENEW = f"python manage.py print_admin_copy > {LIST.relative_to(settings.BASE_DIR)}"

# What a communications officer in New York stumbles over. What stands there instead is for the writer of the sentence.
STUMBLED_OVER = (
    "Put it into the bin",
    "the bin",
    "What was public before",
    "Put back",
    "What becomes of",
    "Is taken down",
    "Cancel its going live",
    "will do nothing until",
    "on the clock in New York",
    "America/New_York",
    "by hand",
    "Nobody on record",
    "another name of",
    "Who answers for it",
    "Measured on whom",
    "lists it apart",
    "Before after",
    "The labels, side by side",
    "a way to leave",
    "as it is known",
    "do not guess",
    "Forgotten password",
    "workflow started",
    "Next step",
    "seen …",
    "e-mail",
)
# Labels, which other sentences may contain.
LABELS = ("Bin", "What was public", "Figures", "Care", "Address", "Mails", "Slug", "Crisis help")
DAY_BEFORE_MONTH = re.compile(rf"\b\d{{1,2}} (?:{'|'.join([*month_name[1:], *month_abbr[1:]])})\b")


@pytest.fixture(scope="module")
def copy() -> dict[str, str]:
    return admin_copy()


@pytest.fixture(scope="module")
def handbook() -> str:
    return "\n".join(path.read_text() for path in sorted((settings.BASE_DIR / "docs/editors").glob("*.md")))


def test_the_list_of_words_is_the_one_that_was_read(copy: dict[str, str]) -> None:
    read = LIST.read_text().splitlines()
    new = [text for text in sorted(copy) if text not in read]
    assert sorted(copy) == read, f"New: {new}. Read them aloud, mend what New York would not say, then run: {RENEW}"


@pytest.mark.parametrize("phrase", STUMBLED_OVER)
def test_nothing_in_the_admin_or_its_handbook_has_a_phrase_that_people_stumbled_over(
    copy: dict[str, str], handbook: str, phrase: str
) -> None:
    assert [text for text in copy if phrase.casefold() in text.casefold()] == []
    assert phrase.casefold() not in handbook.casefold()


@pytest.mark.parametrize("label", LABELS)
def test_no_box_and_no_screen_has_a_label_that_people_stumbled_over(
    copy: dict[str, str], handbook: str, label: str
) -> None:
    assert label not in copy
    assert f"**{label}**" not in handbook


def test_no_date_has_its_day_before_its_month(copy: dict[str, str], handbook: str) -> None:
    assert [found for text in (*copy, handbook) if (found := DAY_BEFORE_MONTH.findall(text))] == []


def test_the_list_has_the_words_of_templates_code_and_scripts(copy: dict[str, str]) -> None:
    assert copy["Move to trash"].startswith("templates/publishing/trash/")
    assert copy["Sent back to you"] == "site_core/publishing/review/homepage.py"
    assert copy["The site cannot be reached. What you typed stays here and is saved as soon as it can be."].endswith(
        "autosave.js"
    )
