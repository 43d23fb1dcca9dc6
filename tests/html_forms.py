"""The forms of a page, parsed without the menus and icons around them, which take several times as long."""

import re

from bs4 import BeautifulSoup

FORM = re.compile(r"<form\b.*?</form>", re.S)


def forms_in(html: str) -> BeautifulSoup:
    return BeautifulSoup("".join(FORM.findall(html)), "html.parser")
