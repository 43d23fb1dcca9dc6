"""Fixtures of the trash and of the ledger."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from home.models import TextPage
from tests import factories

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock_of_all(one_clock: None) -> None:
    """Most of these tests move the clock."""


@pytest.fixture
def managing_editor() -> Any:
    return factories.UserFactory(role="Managing editor")


@pytest.fixture
def subtree(site_tree: factories.SiteTree) -> TextPage:
    """A page with two below it: one public, one that goes live in an hour and has a page below it."""
    top: TextPage = factories.TextPageFactory(parent=site_tree.home, title="The top", slug="top")
    factories.TextPageFactory(parent=site_tree.home, title="The one after it", show_in_menus=True)
    factories.TextPageFactory(parent=top, title="Public below", slug="public", summary="Public words.")
    scheduled = factories.TextPageFactory(parent=top, title="Later", slug="later", go_live_at=timezone.now() + HOUR)
    factories.TextPageFactory(parent=scheduled, title="A draft", draft=True)
    return TextPage.objects.get(pk=top.pk)


@pytest.fixture
def branch(site_tree: factories.SiteTree) -> TextPage:
    """A page with a page below it that is public, and one that is a draft."""
    top = factories.TextPageFactory(parent=site_tree.about, title="Top", slug="top")
    factories.TextPageFactory(parent=top, title="Below", slug="below")
    factories.TextPageFactory(parent=top, title="Draft", draft=True)
    return TextPage.objects.get(pk=top.pk)
