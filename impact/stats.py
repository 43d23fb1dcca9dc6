"""ImpactStat: one measured result, with the people it was measured on and the evidence for it."""

from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format
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

from impact.corrections import CorrectableMixin, Correction
from impact.forms import StatForm
from impact.measured import MeasuredResult
from impact.status import WEIGHTS, Status, current_status, public_words
from site_core.page_cache.previews import KnownPreviewsMixin
from site_core.publishing.change_notes import change_note_field, change_note_panel
from site_core.publishing.publishable import PublishableMixin
from site_core.publishing.rechecks import ReviewedMixin
from site_core.publishing.schedule.fields import eastern_publishing_panel
from site_core.redirects.redirects import keep_old_url

# Addresses below /impact/ that mean something else.
RESERVED_SLUGS = frozenset({"news", "international", "data", "embed"})


class ImpactStatQuerySet(models.QuerySet["ImpactStat"]):
    """Figures, read as sentences."""

    def live(self) -> Self:
        return self.filter(live=True)

    def standing(self) -> Self:
        """Those that stand: live and not withdrawn."""
        return self.live().exclude(correction=Correction.WITHDRAWN)

    def with_evidence(self) -> Self:
        """Everything a figure is shown with in a list, in two queries however many figures there are."""
        return self.select_related("place", "strategy").prefetch_related("evidence")

    def with_everything(self) -> Self:
        """What its own page and the data say besides, in one query more."""
        return self.with_evidence().prefetch_related("ratings")

    def in_order(self) -> Self:
        """In the editors' order."""
        return self.order_by("sort_order", "pk")


class ImpactStat(
    PublishableMixin,
    ReviewedMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    KnownPreviewsMixin,
    index.Indexed,
    MeasuredResult,
    CorrectableMixin,
    ClusterableModel,
):
    """One measured result. Its status follows from its evidence: see `impact.status`."""

    place = models.ForeignKey("taxonomy.PlaceTerm", null=True, on_delete=models.SET_NULL, related_name="stats_there")
    strategy = models.ForeignKey(
        "taxonomy.StrategyTerm", null=True, blank=True, on_delete=models.SET_NULL, related_name="stats_of_it"
    )
    strategy_inferred = models.BooleanField(
        "strategy worked out by us",
        default=False,
        help_text="Tick if the source does not name the strategy and we concluded it.",
    )
    period = models.CharField(max_length=60, blank=True, help_text="The time it covers, such as “2007–2010”.")
    owner = models.ForeignKey(
        "accounts.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who answers for this figure.",
    )
    slug = models.SlugField(
        "address",
        max_length=100,
        unique=True,
        blank=True,
        help_text="The end of its web address. Left empty, it is made from place and outcome.",
    )
    change_note = change_note_field()
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

    base_form_class = StatForm
    panels = [
        MultiFieldPanel(
            ["value_low", "value_high", "unit", "direction", "outcome", "outcome_group"],
            heading="The figure",
        ),
        MultiFieldPanel(["joining_word", "population", "scope", "program"], heading="Measured on whom"),
        MultiFieldPanel(["place", "strategy", "strategy_inferred", "period"], heading="Where and when"),
        InlinePanel("evidence", heading="Evidence", label="Study"),
        InlinePanel("ratings", heading="Ratings by others", label="Rating"),
        MultiFieldPanel(["owner", "checked_on", "next_due"], heading="Who checks it, and when"),
        MultiFieldPanel(["correction", "correction_text", "corrected_on"], heading="Correction"),
        FieldPanel("slug"),
        change_note_panel(),
        eastern_publishing_panel(),
    ]
    search_fields: ClassVar = [
        index.SearchField("figure"),
        index.SearchField("direction"),
        index.SearchField("outcome"),
        index.AutocompleteField("outcome"),
        index.SearchField("population"),
        index.SearchField("scope"),
        index.SearchField("program"),
        index.RelatedFields("place", [index.SearchField("name"), index.AutocompleteField("name")]),
        index.RelatedFields("strategy", [index.SearchField("name"), index.SearchField("aliases")]),
        index.RelatedFields(
            "evidence",
            [
                index.SearchField("of_outcome"),
                index.RelatedFields("study", [index.SearchField("short_name"), index.SearchField("authors")]),
            ],
        ),
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
        indexes = [models.Index(fields=["expire_at"]), models.Index(fields=["next_due"])]

    def __str__(self) -> str:
        place = f", {self.place}" if self.place else ""
        return f"{self.figure} {self.direction} in {self.outcome}{place}"

    @property
    def spoken_name(self) -> str:
        """Its name where it is read aloud: “44 to 56 percent reduction in drug offenses, High Point”."""
        return f"{self.spoken_value} {self.direction} in {self.outcome}{f', {self.place}' if self.place else ''}"

    @property
    def revisions(self) -> models.QuerySet[Any]:
        return self._revisions

    @property
    def status(self) -> Status:
        """What the evidence amounts to, but never more than a withdrawal or an overdue check leaves of it."""
        return current_status(list(self.evidence.all()), self.check_is_overdue, self.is_withdrawn)

    @property
    def status_words(self) -> str:
        """The status as the public reads it."""
        if self.status == Status.OVERDUE:
            return f"Check overdue since {date_format(self.next_due, 'F Y')}" if self.next_due else "Check overdue"
        return "Withdrawn" if self.is_withdrawn else public_words(list(self.evidence.all()))

    @property
    def status_class(self) -> str:
        """The status as a class of the stylesheet: “status-to-check”."""
        return f"status-{slugify(self.status)}"

    @property
    def weight(self) -> int:
        """How bold the numeral is set, from 200 to 900: by what stands behind the figure, never by taste."""
        return WEIGHTS[self.status]

    def get_absolute_url(self) -> str:
        return reverse("figure", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        errors = self.measurement_errors() | self.correction_errors()
        if self.slug in RESERVED_SLUGS:
            errors["slug"] = f"“{self.slug}” is the address of something else. Choose another."
        if self.checked_on and self.next_due and self.next_due <= self.checked_on:
            errors["next_due"] = "Enter a day after the last check."
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
                for name in ("figure", "stat_embed"):
                    keep_old_url(reverse(name, args=[before.slug]), reverse(name, args=[self.slug]))

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
            self.settle_check()
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

    def pages_that_show_it(self) -> list[Page]:
        """Besides the home page and the impact page: looked at to prove that the public sees it there."""
        return [page] if (page := self.strategy_page) else []

    @property
    def strategy_page(self) -> Page | None:
        """The public page of its strategy, if there is one."""
        return self.strategy.pages.visible().first() if self.strategy else None
