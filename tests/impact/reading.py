"""A page as it is read."""

from typing import Any

from bs4 import BeautifulSoup, Tag


def page_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words_of(element: Any) -> str:
    """The text of an element, with its spaces tidied; a number and its sign stay one word."""
    return " ".join(element.get_text().split())


def text_of(response: Any) -> str:
    """The text of a whole page."""
    return words_of(page_of(response))


def one(page: Any, selector: str) -> Tag:
    """The only element that a selector finds."""
    (element,) = page.select(selector)
    return element
