"""What the ledger records besides pages and stats, and which rows opening it adds."""

from typing import Any

import pytest
from django.apps import apps
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import DraftStateMixin, Page

from home.models import TextPage
from site_core.organization.models import OrganizationSettings
from site_core.publishing.ledger.publications import Publication, label_of
from site_core.publishing.ledger.recorded_models import recorded_labels
from site_core.publishing.ledger.recording import open_ledger
from tests import factories
from tests.publishing.ledger.ledger_rows import rows_of
from tests.publishing.ledger.unprotected import unprotected_ledger

pytestmark = pytest.mark.django_db


class TestWithoutDrafts:
    @pytest.mark.parametrize(
        "make",
        [
            factories.PlaceTermFactory,
            factories.StrategyTermFactory,
            factories.InitiativeTermFactory,
            factories.ComponentTermFactory,
            factories.PublisherFactory,
            factories.StudyFactory,
            factories.SiteImageFactory,
            factories.SiteDocumentFactory,
        ],
    )
    def test_a_save_is_public_at_once_and_the_same_again_is_no_change(self, site_tree: Any, make: Any) -> None:
        (made,) = rows_of(make)
        assert made[:2] == ("edited", True)
        row = Publication.objects.order_by("-pk").first()
        assert row
        assert row.model_label in recorded_labels()
        model = make._meta.model
        obj = model.objects.get(pk=row.object_id)
        assert rows_of(obj.save) == []
        field = next(name for name in ("name", "title") if hasattr(obj, name))
        setattr(obj, field, "Another")
        assert [row[:2] for row in rows_of(obj.save)] == [("edited", True)]
        assert [row[:2] for row in rows_of(obj.delete)] == [("deleted", False)]

    def test_settings_and_redirects(self, site_tree: factories.SiteTree) -> None:
        organization = OrganizationSettings.load()
        organization.parent = "An example college"
        assert [row[:2] for row in rows_of(organization.save)] == [("edited", True)]
        assert [row[:2] for row in rows_of(lambda: Redirect.add_redirect("/old", "/news/"))] == [("edited", True)]

    def test_the_former_slug_of_a_place(self, site_tree: factories.SiteTree) -> None:
        place = factories.PlaceTermFactory(slug="first")
        place.slug = "second"
        rows = rows_of(place.save)
        assert [(row[0], row[3]) for row in rows] == [("edited", "first"), ("edited", str(place))]


class TestOpening:
    def test_one_row_for_everything_that_is_public(self, branch: TextPage) -> None:
        stat, alert = factories.ImpactStatFactory(), factories.AlertFactory(draft=True)
        image = factories.SiteImageFactory()
        with unprotected_ledger():
            Publication.objects.all().delete()
        rows = rows_of(open_ledger)
        assert {row[:2] for row in rows} == {("found", True)}
        for obj in (branch, branch.get_children().live().get().specific, stat, stat.place, image):
            row = Publication.objects.of(obj).get()
            assert row.content
            assert row.revision_id == getattr(obj, "live_revision_id", None)
        assert not Publication.objects.of(alert).exists()
        assert not Publication.objects.filter(title="Draft").exists()
        assert rows_of(open_ledger) == []


def test_every_model_that_can_be_edited_is_recorded_or_known_not_to_be_public() -> None:
    """A new model has to be registered, or named here."""
    private = {
        "accounts.SecondStep",
        "accounts.Session",
        "accounts.User",
        "publishing.ReviewTask",
        "publishing.ApprovalRules",
        "taxonomy.Term",
        "home.LoadedEntry",
        "home.UnansweredSearch",
        "feedback.Answer",
        # Visitors read that a page is gone, and nothing else of it.
        "redirects.WithdrawnURL",
        "page_cache.CommittedChange",
        "media.SiteRendition",
        "news.ArchiveImport",
        "news.ArchiveRow",
        "chores.ChoreRun",
        "news.KeptCount",
        "tagging.TagChange",
        "ops.RestoreDrill",
        "mail.UnsentMail",
        "link_checks.LinkCheck",
        "link_checks.LinkUse",
    }
    private |= {f"publishing.{name}" for name in ("TrashedPage", "CalendarFeed", "FailedEvent", "MailPreferences")}
    private |= {"publishing.RunnerLease", "publishing.Receipt", "publishing.Publication"}
    private |= {"publishing.SentNotice", "impact.StatCheck"}
    # Child objects are recorded with their parents.
    private |= {"impact.Evidence", "impact.Rating", "strategies.StrategyUse"}
    private |= {f"news.NewsItem{kind}" for kind in ("Place", "Initiative", "Strategy", "Component")}
    ours = {"home", "strategies", "news", "impact", "site_core"}
    models = [model for model in apps.get_models() if model.__module__.partition(".")[0] in ours]
    assert {model._meta.label for model in models} > private
    unknown = {
        model._meta.label
        for model in models
        if not issubclass(model, DraftStateMixin) and model._meta.label not in {*private, *recorded_labels()}
    }
    assert unknown == set()


def test_a_page_is_named_by_its_own_type(site_tree: factories.SiteTree) -> None:
    assert label_of(Page.objects.get(pk=site_tree.about.pk)) == "home.TextPage"
