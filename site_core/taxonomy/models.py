"""Terms: the tags of the site, in four kinds that are always shown in the same order.

One table holds all of them; a proxy model for each kind gives every tag box its own vocabulary. Terms are never
deleted, because drafts refer to them: they are archived.
"""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.text import slugify
from taggit.models import TagBase
from wagtail.admin.panels import MultiFieldPanel
from wagtail.search import index

from site_core.taxonomy.vocabulary import split_aliases


class Kind(models.TextChoices):
    """The four tag clusters, in the order in which they are always shown."""

    PLACE = "place", "Place"
    INITIATIVE = "initiative", "Initiative"
    STRATEGY = "strategy", "Strategy"
    COMPONENT = "component", "Component"


class TermQuerySet(models.QuerySet["Term"]):
    """Terms, read as sentences."""

    def in_use(self) -> Self:
        """Those an author may still choose."""
        return self.filter(archived=False)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)


class TermManager(models.Manager.from_queryset(TermQuerySet)):  # type: ignore[misc]
    """All terms, or only those of one kind: a proxy's manager hides the rest, and makes terms of its own kind."""

    def __init__(self, kind: str | None = None) -> None:
        super().__init__()
        self.kind = kind

    def get_queryset(self) -> TermQuerySet:
        terms: TermQuerySet = super().get_queryset()
        return terms.of_kind(self.kind) if self.kind else terms


class Term(index.Indexed, TagBase):
    """One tag of one kind. The place fields are for places only, `concerns_partner_violence` for strategies."""

    kind = models.CharField(max_length=12, choices=Kind.choices, editable=False)
    name = models.CharField(max_length=100)
    slug = models.SlugField(
        "address",
        max_length=100,
        blank=True,
        help_text="The end of its web address, such as “high-point”. Left empty, it is made from the name.",
    )
    aliases = models.TextField(
        "other names",
        blank=True,
        help_text="One a line, such as “Operation Ceasefire”. Typing one of them in a tag box finds this term.",
    )
    archived = models.BooleanField(
        default=False, help_text="An archived term stays where it is used and is not offered any more."
    )
    region = models.CharField(
        "state or region",
        max_length=60,
        blank=True,
        help_text="For a place in the United States, such as “NC”.",
    )
    country = models.CharField(max_length=2, blank=True, help_text="Two letters, such as “US” or “SE”.")
    latitude = models.DecimalField(
        max_digits=6,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Of the middle of the city, in degrees north, such as 35.956.",
    )
    longitude = models.DecimalField(
        max_digits=6,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="In degrees east, so negative in the Americas, such as -80.005.",
    )
    larger_place = models.ForeignKey(
        "PlaceTerm",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="smaller_places",
        help_text="The county or country this place lies in, if it is a place of ours too.",
    )
    has_page = models.BooleanField(
        "has a page", default=True, help_text="Untick for a place that only holds others, such as a county."
    )
    concerns_partner_violence = models.BooleanField(
        "concerns violence by a partner",
        default=False,
        help_text="Ticked, what is about this strategy shows the help lines and “Leave this page”.",
    )

    free_tagging = False
    # Set on a proxy: whatever is made through it is of its kind.
    KIND: ClassVar[str] = ""
    objects: ClassVar[TermManager] = TermManager()

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("aliases"),
        # Each proxy reads through a manager that filters on the kind, and search can filter only on what it indexes.
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
        self.slug = self.slug or slugify(self.name)
        siblings = list(Term.objects.of_kind(self.kind).exclude(pk=self.pk))
        names = {name.casefold(): term for term in siblings for name in (term.name, *term.other_names)}
        if holder := names.get(self.name.casefold()):
            raise ValidationError({"name": f"“{self.name}” already belongs to {holder}."})
        for alias in self.other_names:
            if holder := names.get(alias.casefold()):
                raise ValidationError({"aliases": f"“{alias}” already belongs to {holder}."})
        if any(term.slug.casefold() == self.slug.casefold() for term in siblings):
            raise ValidationError({"slug": f"The address “{self.slug}” is taken. Choose another."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or slugify(self.name)
        with transaction.atomic():
            FormerSlug.objects.keep_for(self)
            # TagBase.save() would invent another slug where this one is taken; here that is an error.
            models.Model.save(self, *args, **kwargs)


class FormerSlugManager(models.Manager["FormerSlug"]):
    """The addresses that terms had before."""

    def keep_for(self, term: Term) -> None:
        """Before a term is saved under a new slug, keep the one it goes by today."""
        today = Term.objects.filter(pk=term.pk).values_list("slug", flat=True).first()
        if today and today != term.slug:
            self.update_or_create(kind=term.kind, slug=today, defaults={"term_id": term.pk})
            self.filter(kind=term.kind, slug=term.slug).delete()


class FormerSlug(models.Model):
    """A slug that a term once had, so that an address shared then still leads to it."""

    kind = models.CharField(max_length=12, choices=Kind.choices)
    slug = models.SlugField(max_length=100)
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="former_slugs")

    objects: ClassVar[FormerSlugManager] = FormerSlugManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="former_slug_leads_to_one_term")]

    def __str__(self) -> str:
        return self.slug


NAME_PANEL = MultiFieldPanel(["name", "slug", "aliases", "archived"], heading="The term")


class PlaceTerm(Term):
    """A city, county or country."""

    KIND = Kind.PLACE
    objects = TermManager(Kind.PLACE)

    panels = [
        NAME_PANEL,
        MultiFieldPanel(
            ["region", "country", "latitude", "longitude", "larger_place", "has_page"], heading="Where it is"
        ),
    ]

    class Meta:
        proxy = True
        verbose_name = "place"

    def clean(self) -> None:
        super().clean()
        self.country = self.country.upper()
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            raise ValidationError({missing: f"Enter the {missing} too, or leave both empty."})
        if self.pk and self.pk in (place.pk for place in self.larger_places()):
            raise ValidationError({"larger_place": "A place cannot lie in itself. Choose another."})

    def larger_places(self) -> list["PlaceTerm"]:
        """The place it lies in, the one that lies in, and so on outward."""
        outward: list[PlaceTerm] = []
        place = self.larger_place
        while place and place not in outward:
            outward.append(place)
            place = place.larger_place
        return outward


class InitiativeTerm(Term):
    """A program of several years with partners, such as the National Initiative."""

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
    panels = [NAME_PANEL, MultiFieldPanel(["concerns_partner_violence"], heading="Care for readers")]

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
