"""Publisher: the newspaper, journal or broadcaster of a news item."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from wagtail.search import index

from site_core.links import WebAddressField
from site_core.taxonomy.vocabulary import split_aliases


class Publisher(index.Indexed, models.Model):
    """Who published an article elsewhere, under one name whatever it is called. A save is public at once."""

    name = models.CharField(max_length=255, help_text="As it writes itself, such as “USA TODAY”.")
    aliases = models.TextField(
        "other names", blank=True, help_text="One a line, such as “The New York Times” and “NYT”."
    )
    website = WebAddressField(blank=True)

    panels = ["name", "aliases", "website"]
    search_fields: ClassVar = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("aliases"),
        index.AutocompleteField("aliases"),
    ]

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="publisher_name_unique_without_case")]

    def __str__(self) -> str:
        return self.name

    @property
    def other_names(self) -> list[str]:
        return split_aliases(self.aliases)

    def clean(self) -> None:
        super().clean()
        self.name = " ".join(self.name.split())
        for other in Publisher.objects.exclude(pk=self.pk):
            names = {name.casefold() for name in (other.name, *other.other_names)}
            if self.name.casefold() in names:
                raise ValidationError({"name": f"{other.name} already goes by that name. Use it instead."})
            for alias in self.other_names:
                if alias.casefold() in names:
                    raise ValidationError({"aliases": f"“{alias}” already belongs to {other.name}."})
