"""The front door: the home page, plain text pages, places, and what the content loader remembers."""

from home.home_page import HomePage
from home.loaded_entry import LoadedEntry
from home.places.index_page import PlaceIndexPage
from home.search.unanswered import UnansweredSearch
from home.text_page import TextPage

__all__ = ["HomePage", "LoadedEntry", "PlaceIndexPage", "TextPage", "UnansweredSearch"]
