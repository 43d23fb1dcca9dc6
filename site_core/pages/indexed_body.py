"""The text of a page's blocks in the search index."""

from django.db.models import Model
from wagtail.search import index


class BodyField(index.SearchField):
    """Indexes a StreamField with a line for each piece of text, so that an excerpt does not run two into one sentence.

    Without it the pieces are joined by commas.
    """

    def get_value(self, obj: Model) -> str:
        pieces: list[str] = super().get_value(obj)
        return "\n".join(line for piece in pieces if (line := " ".join(piece.split())))
