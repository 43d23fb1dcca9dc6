"""The box for the link to an article, with the button that fills in the form. Both work without scripts."""

from typing import Any

from django import forms
from django.urls import reverse

from news.article.fill_in import FillIn

# The name of the button.
BUTTON = "fill-in-from-article"


class LinkInput(forms.TextInput):
    """Below the box stands what came of reading the article."""

    template_name = "news/admin/link_input.html"
    page_pk: int | None = None
    filled_in: FillIn | None = None

    class Media:
        css = {"all": ["news/article_link.css"]}
        js = ["news/article_link.js"]

    def __init__(self) -> None:
        super().__init__({"inputmode": "url"})

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {
            "button": BUTTON,
            "page_pk": self.page_pk or "",
            "filled_in": self.filled_in,
            "read_url": reverse("read_article"),
            "on_file_url": reverse("link_on_file"),
        }
