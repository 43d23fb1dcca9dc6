"""Pages of responses, parsed and as plain text."""

from typing import Protocol

from bs4 import BeautifulSoup, Tag


class Response(Protocol):
    """A response of the test client or of a view."""

    @property
    def content(self) -> bytes: ...


def page_of(response: Response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words_of(element: Tag | None) -> str:
    """The text of an element with single spaces."""
    assert element is not None
    return " ".join(element.get_text().split())


def text_of(response: Response) -> str:
    """The text of a whole page."""
    return words_of(page_of(response))


def one(page: Tag, selector: str) -> Tag:
    """The only element that a selector finds."""
    (element,) = page.select(selector)
    return element
