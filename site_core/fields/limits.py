"""Limits that a help text names in words: kept by the server, and counted beside the box while somebody types."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks


class FewWordsBlock(blocks.CharBlock):
    """A line of at most `max_words` words. A draft may have more.

    Migrations know it as Wagtail's block, which it stores alike.
    """

    def __init__(self, *args: Any, max_words: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.max_words = max_words
        # `letter_count.js` reads it.
        self.field.widget.attrs["data-max-words"] = max_words

    def clean(self, value: str) -> str:
        cleaned: str = super().clean(value)
        count = len(cleaned.split())
        if count > self.max_words and not self.is_deferred_validation:
            raise ValidationError(f"Use at most {self.max_words} words. These are {count}.")
        return cleaned

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        _, args, kwargs = super().deconstruct()
        return "wagtail.blocks.CharBlock", args, {key: value for key, value in kwargs.items() if key != "max_words"}

    class Meta:
        icon = "pilcrow"
