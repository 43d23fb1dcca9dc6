"""ImpactStat: one measured result with its population, its place and the evidence for it."""

from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, LockableMixin, Page, Revision, RevisionMixin, Site, WorkflowMixin
from wagtail.search import index

from impact.corrections import CorrectableMixin, Correction
from impact.forms import StatForm
from impact.measurement import MeasurementMixin
from impact.status import STATUS_LABELS, Status, current_status, public_words
from site_core.fields.slugs import free_slug
from site_core.page_cache.previews import KnownPreviewsMixin
from site_core.publishing.change_notes import change_note_field, change_note_panel
from site_core.publishing.publishable import PublishableMixin
from site_core.publishing.rechecks import CheckedPanel, RecheckedMixin
from site_core.publishing.schedule.fields import eastern_publishing_panel
from site_core.redirects.redirects import keep_old_url

# Slugs below /impact/ that belong to other URLs, in use or reserved.
RESERVED_SLUGS = frozenset({"news", "international", "data", "embed"})
# The words for the dates of a review that a page lists as missing, with their fields.
_CHECK_DATES = {"date of the last check": "checked_on", "date of the next check": "next_due"}


class ImpactStatQuerySet(models.QuerySet["ImpactStat"]):
    """Stats, filtered and prefetched for pages."""

    def live(self) -> Self:
        return self.filter(live=True)

    def standing(self) -> Self:
        """The live stats that are not withdrawn."""
        return self.live().exclude(correction=Correction.WITHDRAWN)

    def with_evidence(self) -> Self:
        """Prefetches all that a list shows with a stat, in two queries however many stats there are."""
        return self.select_related("place", "strategy").prefetch_related("evidence")

    def with_everything(self) -> Self:
        """Prefetches the ratings as well, for the page of a stat and for the data files: one query more."""
        return self.with_evidence().prefetch_related("ratings")

    def in_order(self) -> Self:
        """Sorts by the editors' order."""
        return self.order_by("sort_order", "pk")


class ImpactStat(
    PublishableMixin,
    RecheckedMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    KnownPreviewsMixin,
    index.Indexed,
    MeasurementMixin,
    CorrectableMixin,
    ClusterableModel,
):
    """One measured result. Its status follows from its evidence (see `impact.status`)."""

    place = models.ForeignKey("taxonomy.PlaceTerm", null=True, on_delete=models.SET_NULL, related_name="place_stats")
    strategy = models.ForeignKey(
        "taxonomy.StrategyTerm", null=True, blank=True, on_delete=models.SET_NULL, related_name="strategy_stats"
    )
    strategy_inferred = models.BooleanField(
        "strategy inferred by us",
        default=False,
        help_text="Check if we chose the strategy, because the page that gave us the number names none.",
    )
    period = models.CharField(max_length=60, blank=True, help_text="The years it covers, such as “2007–2010.”")
    compared_on = models.DateField(
        "compared with the study on",
        null=True,
        blank=True,
        help_text="The day somebody read the study and compared its number with this one. "
        "This is not yet a check by the organization, which has a screen of its own: “Stats to check.”",
    )
    owner = models.ForeignKey(
        "accounts.User",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The person who checks this impact stat and gets the reminders. "
        "The public page names them under “Reviewed by.”",
    )
    slug = models.SlugField(
        max_length=100,
        unique=True,
        blank=True,
        help_text="The last part of its URL. If left empty, it is made from the place and the outcome.",
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
            heading="Result",
        ),
        MultiFieldPanel(["joining_word", "population", "scope", "program"], heading="Population"),
        MultiFieldPanel(["place", "strategy", "strategy_inferred", "period"], heading="Where and when"),
        InlinePanel("evidence", heading="Evidence", label="Study"),
        FieldPanel("compared_on"),
        InlinePanel("ratings", heading="Outside ratings", label="Rating"),
        MultiFieldPanel(
            # Only the screen on which somebody checks a stat says that it was checked.
            ["owner", CheckedPanel("checked_on"), CheckedPanel("checked_by"), "next_due"],
            heading="Checks",
        ),
        MultiFieldPanel(["correction", "correction_text", "corrected_on"], heading="Correction"),
        FieldPanel("slug", heading="Web address ending"),
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
        ("", "Impact stat"),
        ("home", "In the home page's impact section"),
        ("strategy", "On its strategy's page"),
    ]
    default_preview_mode = ""

    class Meta:
        verbose_name = "impact stat"
        ordering = ["sort_order", "pk"]
        indexes = [models.Index(fields=["expire_at"]), models.Index(fields=["next_due"])]

    def __str__(self) -> str:
        place = f", {self.place}" if self.place else ""
        return f"{self.figure} {self.direction} in {self.outcome}{place}"

    @property
    def spoken_name(self) -> str:
        """The name as it is read aloud: “44 to 56 percent reduction in drug offenses, High Point”."""
        return f"{self.spoken_value} {self.direction} in {self.outcome}{f', {self.place}' if self.place else ''}"

    @property
    def revisions(self) -> models.QuerySet[Revision]:
        return self._revisions

    @property
    def status(self) -> Status:
        """The status after evidence, overdue check and withdrawal."""
        return current_status(list(self.evidence.all()), self.check_is_overdue, self.is_withdrawn)

    @property
    def status_words(self) -> str:
        """The status as the public reads it."""
        return public_words(self.status, list(self.evidence.all()), self.next_due, self.compared_on)

    @property
    def status_class(self) -> str:
        """The CSS class of the status: “status-to-check”."""
        return STATUS_LABELS[self.status].css_class

    @property
    def weight(self) -> int:
        """The font weight of the numeral, from 200 to 900. It follows from the status alone."""
        return STATUS_LABELS[self.status].weight

    @property
    def not_entered(self) -> list[str]:
        """What nobody has entered yet, in words: “period”, “owner”, “check dates”."""
        dates = [name for name, day in _CHECK_DATES.items() if not getattr(self, day)]
        missing = [name for name in ("period", "owner") if not getattr(self, name)]
        return [*missing, *(["check dates"] if len(dates) == len(_CHECK_DATES) else dates)]

    @property
    def needs_checks(self) -> bool:
        return not self.is_withdrawn

    @property
    def check_url(self) -> str:
        return reverse("check_stat", args=[self.pk])

    def get_absolute_url(self) -> str:
        return reverse("stat", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        errors = self.measurement_errors() | self.correction_errors()
        if self.slug in RESERVED_SLUGS:
            errors["slug"] = f"“{self.slug}” is reserved for another page. Choose another web address ending."
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
        self.slug = self.slug or self.free_slug()
        # Saving a draft updates only the columns that point to the revision, so the slug of the row stays.
        writes_slug = "slug" in (kwargs.get("update_fields") or ["slug"])
        before = ImpactStat.objects.live().filter(pk=self.pk).first() if self.live and writes_slug else None
        with transaction.atomic():
            super().save(*args, **kwargs)
            if before and before.slug != self.slug:
                for name in ("stat", "stat_embed"):
                    keep_old_url(reverse(name, args=[before.slug]), reverse(name, args=[self.slug]))

    def free_slug(self) -> str:
        """A slug made from the place and the outcome that no other stat has."""
        others = ImpactStat.objects.exclude(pk=self.pk).values_list("slug", flat=True)
        name = f"{self.place or ''} {self.outcome}"
        return free_slug(name, RESERVED_SLUGS.union(others), max_length=100, otherwise="figure")

    def with_content_json(self, content: dict[str, object]) -> "ImpactStat":
        """Restores a revision without its order, which belongs to the list and not to the stat."""
        restored: ImpactStat = super().with_content_json(content)
        restored.sort_order = self.sort_order
        return restored

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "previews/stat.html"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        """Previews the stat alone, or on the real home or strategy page.

        On a page, the unsaved stat goes live inside a transaction that is rolled back after rendering, so every
        list and query of the page sees it.
        """
        page = self.previewed_page(request, mode_name)
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

    def previewed_page(self, request: HttpRequest, mode_name: str) -> Page | None:
        """The live page that a preview mode names, None for the stat alone or while there is no such page."""
        if mode_name == "home" and (site := Site.find_for_request(request)):
            return site.root_page.specific
        return self.strategy_page if mode_name == "strategy" else None

    def verified_pages(self) -> list[Page]:
        """The pages besides the home and impact pages on which verification looks for the published stat."""
        return [page] if (page := self.strategy_page) else []

    @property
    def strategy_page(self) -> Page | None:
        """The public page of the strategy, if there is one."""
        return self.strategy.pages.visible().first() if self.strategy else None
