"""Publisher: the newspaper, journal or broadcaster of a news item."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from wagtail.search import index

from site_core.fields.slugs import free_slug
from site_core.fields.text import comparable
from site_core.fields.web_url import WebURLField
from site_core.taxonomy.vocabulary import split_aliases


class Publisher(index.Indexed, models.Model):
    """A publisher of articles. Each save is public at once."""

    name = models.CharField(max_length=255, help_text="As the publisher writes it, such as “USA TODAY.”")
    # The value of `?publisher=`. It is made from the first name and never changes, so that shared URLs keep working.
    slug = models.SlugField(max_length=255, unique=True, editable=False)
    aliases = models.TextField(
        "other names", blank=True, help_text="One per line, such as “The New York Times” and “NYT.”"
    )
    website = WebURLField(blank=True)

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            taken = Publisher.objects.values_list("slug", flat=True)
            self.slug = free_slug(self.name, taken, max_length=255, otherwise="publisher")
        super().save(*args, **kwargs)

    @property
    def other_names(self) -> list[str]:
        return split_aliases(self.aliases)

    def clean(self) -> None:
        super().clean()
        self.name = " ".join(self.name.split())
        for other in Publisher.objects.exclude(pk=self.pk):
            names = {comparable(name) for name in (other.name, *other.other_names)}
            if comparable(self.name) in names:
                raise ValidationError({"name": f"{other.name} already has that name. Use it instead."})
            for alias in self.other_names:
                if comparable(alias) in names:
                    raise ValidationError({"aliases": f"“{alias}” already belongs to {other.name}."})
