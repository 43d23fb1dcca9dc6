"""Models of the home page, text pages and places, of the content loader and of the search."""

from home.home_page import HomePage
from home.loaded_entry import LoadedEntry
from home.places.index_page import PlaceIndexPage
from home.search.unanswered import UnansweredSearch
from home.text_page import TextPage

__all__ = ["HomePage", "LoadedEntry", "PlaceIndexPage", "TextPage", "UnansweredSearch"]
