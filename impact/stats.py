"""ImpactStat: one measured result, with the people it was measured on and the evidence for it."""

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import slugify
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Page,
    RevisionMixin,
    Site,
    WorkflowMixin,
)
from wagtail.search import index

from impact.evidence import Status, public_words, status_of
from impact.figures import Direction, JoiningWord, Unit, plain_number, spoken_range, written_range
from site_core.addresses import keep_old_address
from site_core.previews import KnownPreviewsMixin
from site_core.schedule import eastern_publishing_panel

# Addresses below /impact/ that mean something else.
RESERVED_SLUGS = frozenset({"news", "international", "data", "embed"})


class ImpactStatQuerySet(models.QuerySet["ImpactStat"]):
    """Figures, read as sentences."""

    def live(self) -> Self:
        return self.filter(live=True)

    def with_evidence(self) -> Self:
        """Everything a figure is shown with, in three queries however many figures there are."""
        return self.select_related("place", "strategy").prefetch_related("evidence", "ratings")

    def in_order(self) -> Self:
        """In the editors' order."""
        return self.order_by("sort_order", "pk")


class ImpactStat(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    KnownPreviewsMixin,
    index.Indexed,
    ClusterableModel,
):
    """One measured result. Its status follows from its evidence: see `impact.evidence`."""

    value_low = models.DecimalField(
        "figure",
        max_digits=6,
        decimal_places=1,
        null=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text="The number alone, such as 41 or 36.4. For a range, its lower end.",
    )
    value_high = models.DecimalField(
        "upper end of a range",
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text="Only for a range: 56 for “44–56%”.",
    )
    unit = models.CharField(max_length=10, choices=Unit.choices, default=Unit.PERCENT)
    direction = models.CharField(max_length=10, choices=Direction.choices, default=Direction.REDUCTION)
    outcome = models.CharField(
        max_length=200, help_text="What was measured, such as “group member-involved homicide”."
    )
    joining_word = models.CharField(max_length=10, choices=JoiningWord.choices, blank=True)
    population = models.CharField(
        max_length=200,
        blank=True,
        help_text="The people it was measured on, such as “notified violent groups”.",
    )
    scope = models.CharField(
        max_length=200, blank=True, help_text="Where or how widely, such as “in all 4 neighborhoods”."
    )
    program = models.CharField(
        max_length=200,
        blank=True,
        help_text="The program it ran under, such as “Project Safe Neighborhoods”.",
    )
    place = models.ForeignKey("site_core.PlaceTerm", null=True, on_delete=models.SET_NULL, related_name="stats_there")
    strategy = models.ForeignKey(
        "site_core.StrategyTerm", null=True, blank=True, on_delete=models.SET_NULL, related_name="stats_of_it"
    )
    strategy_inferred = models.BooleanField(
        "strategy worked out by us",
        default=False,
        help_text="Tick if the source does not name the strategy and we concluded it.",
    )
    period = models.CharField(max_length=60, blank=True, help_text="The time it covers, such as “2007–2010”.")
    owner = models.ForeignKey(
        "site_core.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who answers for this figure.",
    )
    checked_on = models.DateField(
        null=True,
        blank=True,
        help_text="The day somebody last held it against its source. Empty if nobody has.",
    )
    next_due = models.DateField("next check due", null=True, blank=True)
    slug = models.SlugField(
        "address",
        max_length=100,
        unique=True,
        blank=True,
        help_text="The end of its web address. Left empty, it is made from place and outcome.",
    )
    sort_order = models.PositiveIntegerField(default=0, editable=False, db_index=True)

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="impact_stat",
        for_concrete_model=False,
    )
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="impact_stat")

    objects = ImpactStatQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            ["value_low", "value_high", "unit", "direction", "outcome"],
            heading="The figure",
        ),
        MultiFieldPanel(["joining_word", "population", "scope", "program"], heading="Measured on whom"),
        MultiFieldPanel(["place", "strategy", "strategy_inferred", "period"], heading="Where and when"),
        InlinePanel("evidence", heading="Evidence", label="Study"),
        InlinePanel("ratings", heading="Ratings by others", label="Rating"),
        MultiFieldPanel(["owner", "checked_on", "next_due"], heading="Who checks it, and when"),
        FieldPanel("slug"),
        eastern_publishing_panel(),
    ]
    search_fields: ClassVar = [
        index.SearchField("outcome"),
        index.AutocompleteField("outcome"),
        index.SearchField("population"),
        index.SearchField("scope"),
        index.SearchField("program"),
        index.RelatedFields("place", [index.SearchField("name"), index.AutocompleteField("name")]),
        index.FilterField("live"),
    ]
    preview_modes = [
        ("", "Figure"),
        ("home", "In the home page's impact section"),
        ("strategy", "On its strategy's page"),
    ]
    default_preview_mode = ""

    class Meta:
        verbose_name = "figure"
        ordering = ["sort_order", "pk"]
        indexes = [models.Index(fields=["expire_at"])]

    def __str__(self) -> str:
        place = f", {self.place}" if self.place else ""
        return f"{self.figure} {self.direction} in {self.outcome}{place}"

    @property
    def revisions(self) -> models.QuerySet[Any]:
        return self._revisions

    @property
    def unit_sign(self) -> str:
        return "%" if self.unit == Unit.PERCENT else " points"

    @property
    def figure(self) -> str:
        """As it is printed: “36.4%”, “44–56%”."""
        return written_range(self.value_low, self.value_high) + self.unit_sign if self.value_low is not None else "—"

    @property
    def spoken_figure(self) -> str:
        """As it is read aloud: “44 to 56 percent”."""
        if self.value_low is None:
            return "no figure yet"
        return f"{spoken_range(self.value_low, self.value_high)} {self.get_unit_display()}"

    @property
    def sentence(self) -> str:
        """What the number says, never cut: “reduction in shootings among notified violent groups”."""
        words = [self.direction, "in", self.outcome]
        if self.population:
            words += [self.joining_word or JoiningWord.AMONG, self.population]
        words += [self.scope]
        if self.program:
            words += [JoiningWord.THROUGH, self.program]
        return " ".join(word for word in words if word)

    @property
    def population_is_recorded(self) -> bool:
        """Whether the figure says whom, where or in what program it was measured."""
        return bool(self.population or self.scope or self.program)

    @property
    def status(self) -> Status:
        return status_of(list(self.evidence.all()))

    @property
    def status_words(self) -> str:
        """The status as the public reads it."""
        return public_words(list(self.evidence.all()))

    def get_absolute_url(self) -> str:
        return reverse("figure", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.value_low is not None and self.value_high is not None and self.value_low >= self.value_high:
            errors["value_high"] = (
                f"The upper end must be more than {plain_number(self.value_low)}. For a single figure, leave it empty."
            )
        largest = max(self.value_low or Decimal(0), self.value_high or Decimal(0))
        if self.unit == Unit.PERCENT and self.direction != Direction.INCREASE and largest > 100:
            field = "value_high" if (self.value_high or 0) > 100 else "value_low"
            errors[field] = f"Nothing can fall by more than 100%. Check the {self.direction}."
        if self.slug in RESERVED_SLUGS:
            errors["slug"] = f"“{self.slug}” is the address of something else. Choose another."
        if errors:
            raise ValidationError(errors)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or self.free_slug()
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and not self.sort_order:
            last = ImpactStat.objects.aggregate(last=models.Max("sort_order"))["last"] or 0
            self.sort_order = last + 1
        # Saving a draft writes only what points to the revision: the slug in the row stays as it is.
        writes_slug = "slug" in (kwargs.get("update_fields") or ["slug"])
        before = ImpactStat.objects.live().filter(pk=self.pk).first() if self.live and writes_slug else None
        with transaction.atomic():
            super().save(*args, **kwargs)
            if before and before.slug != self.slug:
                keep_old_address(before.get_absolute_url(), self.get_absolute_url())

    def free_slug(self) -> str:
        """An address made from place and outcome that no other figure has."""
        base = slugify(f"{self.place or ''} {self.outcome}")[:90].strip("-") or "figure"
        taken = set(
            ImpactStat.objects.exclude(pk=self.pk).filter(slug__startswith=base).values_list("slug", flat=True)
        )
        candidates = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
        return next(slug for slug in candidates if slug not in taken | RESERVED_SLUGS)

    def with_content_json(self, content: dict[str, Any]) -> "ImpactStat":
        """A revision brings back everything but the order, which belongs to the list and not to the figure."""
        restored: ImpactStat = super().with_content_json(content)
        restored.sort_order = self.sort_order
        return restored

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "previews/figure.html"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        """As a figure alone, or as the real home or strategy page will show it.

        For the latter the unsaved figure goes live inside a transaction that is rolled back once the page is
        rendered, so that every list and query of that page sees it.
        """
        page = self.page_that_shows_it(request, mode_name)
        if page is None:
            return super().serve_preview(request, mode_name)
        with transaction.atomic():
            self.live = True
            self.save()
            response: HttpResponseBase = page.serve(request)
            if hasattr(response, "render"):
                response.render()
            transaction.set_rollback(True)
        return response

    def page_that_shows_it(self, request: HttpRequest, mode_name: str) -> Page | None:
        """The live page a preview mode names; None for the figure alone, or where there is no such page yet."""
        if mode_name == "home" and (site := Site.find_for_request(request)):
            return site.root_page.specific
        return self.strategy_page if mode_name == "strategy" else None

    @property
    def strategy_page(self) -> Page | None:
        """The public page of its strategy, if there is one."""
        return self.strategy.pages.visible().first() if self.strategy else None
