"""Terms: the tags of the site, in four kinds.

One table holds all of them. A proxy model for each kind gives each tag field its own vocabulary. A term that should no
longer be chosen is archived. One that nothing uses can be deleted.
"""

import re
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models.functions import Lower
from taggit.models import TagBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from site_core.fields.slugs import free_slug
from site_core.fields.text import comparable
from site_core.taxonomy.place_map import PlaceMapPanel
from site_core.taxonomy.vocabulary import split_aliases


class Kind(models.TextChoices):
    """The four kinds of terms, in the order in which pages show their clusters."""

    PLACE = "place", "Place"
    INITIATIVE = "initiative", "Initiative"
    STRATEGY = "strategy", "Strategy"
    COMPONENT = "component", "Component"


class TermQuerySet(models.QuerySet["Term"]):
    """Queries of terms."""

    def in_use(self) -> Self:
        """Terms that authors can choose."""
        return self.filter(archived=False)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)


class TermManager(models.Manager.from_queryset(TermQuerySet)):  # type: ignore[misc]
    """All terms, or the terms of one kind."""

    def __init__(self, kind: str | None = None) -> None:
        super().__init__()
        self.kind = kind

    def get_queryset(self) -> TermQuerySet:
        terms: TermQuerySet = super().get_queryset()
        return terms.of_kind(self.kind) if self.kind else terms


class Term(index.Indexed, TagBase):
    """A tag of one kind. Only places use the place fields, only strategies `concerns_partner_violence`."""

    kind = models.CharField(max_length=12, choices=Kind.choices, editable=False)
    name = models.CharField(max_length=100)
    slug = models.SlugField(
        max_length=100,
        blank=True,
        help_text="The end of its URL, such as “high-point.” If you leave it empty, it is made from the name.",
    )
    aliases = models.TextField(
        "other names",
        blank=True,
        help_text="One on each line, such as “Operation Ceasefire.” Tag fields find this term by any of them.",
    )
    archived = models.BooleanField(
        default=False, help_text="An archived term stays where it is used. Authors can no longer choose it."
    )
    region = models.CharField(
        "state or region",
        max_length=60,
        blank=True,
        help_text="For a place in the United States, such as “NC.”",
    )
    country = models.CharField(max_length=2, blank=True, help_text="Two letters, such as “US” or “SE.”")
    latitude = models.DecimalField(
        max_digits=6,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="The latitude of the center, in degrees north, such as 35.956.",
    )
    longitude = models.DecimalField(
        max_digits=6,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="In degrees east, which is negative in the Americas, such as -80.005.",
    )
    larger_place = models.ForeignKey(
        "PlaceTerm",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="smaller_places",
        help_text="The county or country that contains this place, if it is on file too.",
    )
    has_page = models.BooleanField(
        "has a page", default=True, help_text="Clear this for a place that only contains others, such as a county."
    )
    concerns_partner_violence = models.BooleanField(
        "concerns violence by a partner",
        default=False,
        help_text="Pages about this strategy show the help lines and the button “Leave this page.”",
    )

    free_tagging = False
    # Proxies set this. Their new instances get this kind.
    KIND: ClassVar[str] = ""
    objects: ClassVar[TermManager] = TermManager()

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("aliases"),
        # The manager of a proxy filters by kind, and search can only filter by indexed fields.
        index.FilterField("kind"),
        index.FilterField("archived"),
    ]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("kind", Lower("name"), name="term_name_unique_in_its_kind"),
            models.UniqueConstraint("kind", Lower("slug"), name="term_slug_unique_in_its_kind"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.KIND:
            self.kind = self.KIND

    def __str__(self) -> str:
        return self.name

    @property
    def other_names(self) -> list[str]:
        return split_aliases(self.aliases)

    def clean(self) -> None:
        super().clean()
        self.name = " ".join(self.name.split())
        siblings = list(Term.objects.of_kind(self.kind).exclude(pk=self.pk))
        names = {comparable(name): term for term in siblings for name in (term.name, *term.other_names)}
        if holder := names.get(comparable(self.name)):
            raise ValidationError({"name": f"“{self.name}” already belongs to {holder}."})
        for alias in self.other_names:
            if holder := names.get(comparable(alias)):
                raise ValidationError({"aliases": f"“{alias}” already belongs to {holder}."})
        self.slug = self.slug or self.free_slug()
        if any(term.slug.casefold() == self.slug.casefold() for term in siblings):
            raise ValidationError(
                {
                    "slug": f"The web address of another {self._meta.verbose_name} ends in “{self.slug}”. "
                    "Choose another ending."
                }
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or self.free_slug()
        with transaction.atomic():
            FormerSlug.objects.record_slug_change(self)
            # Skips TagBase.save(), which replaces a slug that is taken. Here that is an error.
            models.Model.save(self, *args, **kwargs)

    def free_slug(self) -> str:
        """A slug made from the name that no other term of its kind has."""
        taken = Term.objects.of_kind(self.kind).exclude(pk=self.pk).values_list("slug", flat=True)
        return free_slug(self.name, taken, max_length=100, otherwise=self.kind)


class FormerSlugManager(models.Manager["FormerSlug"]):
    """The former slugs of terms."""

    def record_slug_change(self, term: Term) -> None:
        """Store the current slug of a term that is about to be saved with a new one."""
        current = Term.objects.filter(pk=term.pk).values_list("slug", flat=True).first()
        if current and current != term.slug:
            self.update_or_create(kind=term.kind, slug=current, defaults={"term_id": term.pk})
            self.filter(kind=term.kind, slug=term.slug).delete()


class FormerSlug(models.Model):
    """A slug that a term once had. Shared URLs with it still lead to the term."""

    kind = models.CharField(max_length=12, choices=Kind.choices)
    slug = models.SlugField(max_length=100)
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="former_slugs")

    objects: ClassVar[FormerSlugManager] = FormerSlugManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="former_slug_leads_to_one_term")]

    def __str__(self) -> str:
        return self.slug


NAME_PANEL = MultiFieldPanel(
    ["name", FieldPanel("slug", heading="Web address ending"), "aliases", "archived"], heading="Term"
)


class PlaceTerm(Term):
    """A city, county or country."""

    KIND = Kind.PLACE
    objects = TermManager(Kind.PLACE)

    panels = [
        NAME_PANEL,
        MultiFieldPanel(
            ["region", "country", "latitude", "longitude", PlaceMapPanel(), "larger_place", "has_page"],
            heading="Location",
        ),
    ]

    class Meta:
        proxy = True
        verbose_name = "place"

    def clean(self) -> None:
        super().clean()
        self.country = self.country.upper()
        if self.country and not re.fullmatch("[A-Z]{2}", self.country):
            raise ValidationError({"country": "Write two letters, such as US or SE."})
        if self.country == "US" and self.longitude is not None and self.longitude > 0:
            raise ValidationError({"longitude": f"In the United States it is negative. Write -{self.longitude}."})
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            raise ValidationError({missing: f"Enter the {missing} too, or leave both empty."})
        if self.pk and self.pk in (place.pk for place in self.larger_places()):
            raise ValidationError({"larger_place": "A place cannot lie in itself. Choose another place."})

    def larger_places(self) -> list["PlaceTerm"]:
        """The places that contain this one, the smallest first."""
        places: list[PlaceTerm] = []
        place = self.larger_place
        while place and place not in places:
            places.append(place)
            place = place.larger_place
        return places


class InitiativeTerm(Term):
    """A multi-year program with partners, such as the National Initiative."""

    KIND = Kind.INITIATIVE
    objects = TermManager(Kind.INITIATIVE)
    panels = [NAME_PANEL]

    class Meta:
        proxy = True
        verbose_name = "initiative"


class StrategyTerm(Term):
    """A violence-prevention strategy, such as Group Violence Intervention."""

    KIND = Kind.STRATEGY
    objects = TermManager(Kind.STRATEGY)
    panels = [NAME_PANEL, MultiFieldPanel(["concerns_partner_violence"], heading="Reader safety")]

    class Meta:
        proxy = True
        verbose_name = "strategy"
        verbose_name_plural = "strategies"


class ComponentTerm(Term):
    """A part that several strategies use, such as Custom Notifications."""

    KIND = Kind.COMPONENT
    objects = TermManager(Kind.COMPONENT)
    panels = [NAME_PANEL]

    class Meta:
        proxy = True
        verbose_name = "component"


TERM_MODELS: dict[str, type[Term]] = {
    model.KIND: model for model in (PlaceTerm, InitiativeTerm, StrategyTerm, ComponentTerm)
}
