"""What no visitor could see leaves the generation alone, and writes no row about it."""

import pytest
from django.db import transaction

from site_core.delivery.writes import is_changing
from tests import factories
from tests.delivery.moves import Moves
from tests.delivery.quiet_acts import ACTS

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_each_in_a_transaction_leaves_it_alone() -> None:
    tree = factories.site_tree()
    mistakes = []
    for name, prepare in ACTS.items():
        act = prepare(tree)
        moves = Moves()
        with transaction.atomic():
            act()
            seen = is_changing()
        if seen or moves.number or moves.rows.exists():
            mistakes.append(name)
    assert mistakes == []


def test_each_by_itself_leaves_it_alone() -> None:
    tree = factories.site_tree()
    mistakes = []
    for name, prepare in ACTS.items():
        act = prepare(tree)
        moves = Moves()
        act()
        if moves.number or moves.rows.exists():
            mistakes.append(name)
    assert mistakes == []
