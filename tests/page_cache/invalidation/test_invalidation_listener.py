"""What a machine learns of changes that it has not made itself, from the rows they leave."""

from datetime import timedelta

import pytest
from django.utils import timezone

from site_core.page_cache.invalidation import generation
from site_core.page_cache.invalidation.committed_change import CommittedChange, this_machine
from site_core.page_cache.invalidation.invalidation_listener import GIVEN_UP_AFTER, Changes

pytestmark = pytest.mark.django_db

OTHER = "another-machine"


@pytest.fixture(autouse=True)
def _no_rows(db: None) -> None:
    """What making the database has left is gone."""
    CommittedChange.objects.all().delete()


def known(machine: str = OTHER, seconds_ago: float = 0) -> CommittedChange:
    """The row of a change that its own machine knows of."""
    at = timezone.now() - timedelta(seconds=seconds_ago)
    return CommittedChange.objects.create(machine=machine, known_at=at)


def unknown(machine: str | None = None, seconds_ago: float = 0) -> CommittedChange:
    row = CommittedChange.objects.create(machine=machine or this_machine())
    CommittedChange.objects.filter(pk=row.pk).update(made_at=timezone.now() - timedelta(seconds=seconds_ago))
    return row


def moves(changes: Changes) -> int:
    """How far one look moves the generation on."""
    before = generation.number()
    changes.look()
    return generation.number() - before


def test_nothing_new_moves_nothing() -> None:
    known(this_machine())
    changes = Changes()
    assert [moves(changes) for _ in range(3)] == [0, 0, 0]


def test_a_change_on_another_machine_counts_once() -> None:
    changes = Changes()
    moves(changes)
    known()
    assert [moves(changes) for _ in range(3)] == [1, 0, 0]
    known()
    known()
    assert [moves(changes) for _ in range(3)] == [1, 0, 0]


def test_whoever_begins_to_follow_cannot_know_what_other_machines_did_before() -> None:
    known(seconds_ago=3600)
    changes = Changes()
    assert [moves(changes) for _ in range(2)] == [1, 0]


def test_a_row_that_comes_to_sight_late_counts() -> None:
    changes = Changes()
    moves(changes)
    known()
    moves(changes)
    known(seconds_ago=3)
    assert moves(changes) == 1


def test_what_postgresql_has_told_is_not_counted_again() -> None:
    changes = Changes()
    moves(changes)
    row = known()
    before = generation.number()
    changes.note(f"{OTHER} {row.pk}")
    assert generation.number() == before + 1
    changes.note(f"{this_machine()} {row.pk + 1}")
    assert generation.number() == before + 1
    assert moves(changes) == 0


def test_a_writer_that_was_killed_is_spoken_for_at_the_second_look() -> None:
    changes = Changes()
    row = unknown()
    assert [moves(changes) for _ in range(3)] == [0, 1, 0]
    row.refresh_from_db()
    assert row.known_at


def test_a_writer_that_speaks_between_two_looks_is_not_spoken_for() -> None:
    changes = Changes()
    row = unknown()
    moves(changes)
    CommittedChange.objects.filter(pk=row.pk).update(known_at=timezone.now())
    assert moves(changes) == 0


def test_a_machine_that_died_over_a_change_is_spoken_for_after_a_minute() -> None:
    changes = Changes()
    moves(changes)
    unknown(OTHER)
    assert [moves(changes) for _ in range(2)] == [0, 0]
    unknown(OTHER, seconds_ago=GIVEN_UP_AFTER.total_seconds() + 1)
    assert moves(changes) == 1
