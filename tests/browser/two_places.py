"""A list of news to filter."""

from tests import factories


def news_of_two_places() -> str:
    """Make 24 items, half from Boston, half from Oakland, all but one opinion. Returns the path of their list."""
    index = factories.site_tree().news
    boston, oakland = factories.PlaceTermFactory(name="Boston"), factories.PlaceTermFactory(name="Oakland")
    gazette = factories.PublisherFactory(name="Example Gazette")
    for number in range(12):
        for place in (boston, oakland):
            factories.NewsItemPageFactory(
                parent=index,
                title=f"Headline {number} from {place}",
                places=[place],
                item_type="podcast" if number == 0 and place == boston else "opinion",
                publisher=gazette if place == boston else None,
            )
    return str(index.url)
