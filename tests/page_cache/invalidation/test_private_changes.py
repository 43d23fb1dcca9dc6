"""A change that no visitor can see does not move the generation and writes no row."""

import pytest
from django.db import transaction
from django.test import Client

from site_core.media.images import SiteRendition
from site_core.ops.post_migrate import bring_up_to_date
from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.organization.models import OrganizationSettings
from site_core.page_cache.invalidation.writes import is_changing
from tests import factories
from tests.page_cache.trials.moves import Moves
from tests.page_cache.trials.quiet_acts import ACTS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sweep]


def test_each_action_in_a_transaction_does_not_move_it(site_tree: factories.SiteTree) -> None:
    mistakes = []
    for name, prepare in ACTS.items():
        act = prepare(site_tree)
        moves = Moves()
        with transaction.atomic():
            act()
            seen = is_changing()
        if seen or moves.number or moves.rows.exists():
            mistakes.append(name)
    assert mistakes == []


def test_each_action_on_its_own_does_not_move_it(site_tree: factories.SiteTree) -> None:
    mistakes = []
    for name, prepare in ACTS.items():
        act = prepare(site_tree)
        moves = Moves()
        act()
        if moves.number or moves.rows.exists():
            mistakes.append(name)
    assert mistakes == []


def test_rendering_new_sizes_of_images_does_not_move_it(client: Client, site_tree: factories.SiteTree) -> None:
    OrganizationSettings.load()
    CrisisHelpSettings.load()
    picture = {"image": factories.SiteImageFactory(), "caption": "A caption"}
    page = factories.TextPageFactory(parent=site_tree.home, body=[("picture", picture)])
    SiteRendition.objects.all().delete()
    moves = Moves()
    assert client.get(page.url).status_code == 200
    assert SiteRendition.objects.count() > 1
    assert (moves.number, moves.rows.count()) == (0, 0)


def test_a_start_without_changes_does_not_move_it() -> None:
    bring_up_to_date()
    moves = Moves()
    bring_up_to_date()
    assert (moves.number, moves.rows.count()) == (0, 0)
