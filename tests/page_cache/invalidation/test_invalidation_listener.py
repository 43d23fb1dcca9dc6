"""What a machine learns from the rows of changes that it has not made itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from site_core.page_cache.invalidation import generation
from site_core.page_cache.invalidation.committed_change import CommittedChange
from site_core.page_cache.invalidation.machine import this_machine
from site_core.page_cache.invalidation_listener import GIVEN_UP_AFTER, KEPT_FOR, UnknownChanges

pytestmark = pytest.mark.django_db

OTHER = "another-machine"


@pytest.fixture(autouse=True)
def _no_rows(db: None) -> None:
    """Deletes the rows that creating the database has left. The machine has just booted."""
    CommittedChange.objects.all().delete()
    generation.look_at(datetime.fromtimestamp(0, tz=UTC))


def known(machine: str = OTHER, seconds_ago: float = 0) -> CommittedChange:
    """A row that its own machine has announced."""
    at = timezone.now() - timedelta(seconds=seconds_ago)
    return CommittedChange.objects.create(machine=machine, known_at=at)


def unknown(machine: str | None = None, seconds_ago: float = 0) -> CommittedChange:
    row = CommittedChange.objects.create(machine=machine or this_machine())
    CommittedChange.objects.filter(pk=row.pk).update(made_at=timezone.now() - timedelta(seconds=seconds_ago))
    return row


def moves(changes: UnknownChanges) -> int:
    """How far one poll moves the generation."""
    before = generation.number()
    changes.poll()
    return generation.number() - before


def test_without_new_rows_it_does_not_move() -> None:
    known(this_machine())
    changes = UnknownChanges()
    assert [moves(changes) for _ in range(3)] == [0, 0, 0]


def test_a_change_on_another_machine_moves_it_once() -> None:
    changes = UnknownChanges()
    moves(changes)
    known()
    assert [moves(changes) for _ in range(3)] == [1, 0, 0]
    known()
    known()
    assert [moves(changes) for _ in range(3)] == [1, 0, 0]


def test_the_first_poll_counts_earlier_changes_of_other_machines() -> None:
    known(seconds_ago=3600)
    changes = UnknownChanges()
    assert [moves(changes) for _ in range(2)] == [1, 0]


def test_a_row_that_appears_late_counts() -> None:
    changes = UnknownChanges()
    moves(changes)
    known()
    moves(changes)
    known(seconds_ago=3)
    assert moves(changes) == 1


def test_a_change_that_postgresql_has_notified_is_not_counted_again() -> None:
    changes = UnknownChanges()
    moves(changes)
    row = known()
    before = generation.number()
    changes.on_notification(f"{OTHER} {row.pk} 0")
    assert generation.number() == before + 1
    changes.on_notification(f"{this_machine()} {row.pk + 1} 1")
    assert generation.number() == before + 1 > generation.oldest_served()
    assert moves(changes) == 0
    changes.on_notification(f"{OTHER} {row.pk + 2} 1")
    assert generation.number() == generation.oldest_served() == before + 2


def test_a_withdrawal_that_is_found_late_is_made_up_for_too() -> None:
    changes = UnknownChanges()
    moves(changes)
    for made in (known, unknown):
        made_row = made(this_machine() if made is unknown else OTHER)
        CommittedChange.objects.filter(pk=made_row.pk).update(withdraws=True)
        oldest = generation.oldest_served()
        assert sum(moves(changes) for _ in range(2)) == 1
        assert generation.oldest_served() == generation.number() > oldest


def test_a_machine_that_did_not_listen_serves_nothing_from_before_if_there_are_others() -> None:
    known(seconds_ago=3600)
    moves(UnknownChanges())
    assert generation.oldest_served() == generation.number()


def test_a_process_goes_on_where_another_of_the_machine_has_listened() -> None:
    known(seconds_ago=3600)
    moves(UnknownChanges())
    oldest = generation.oldest_served()
    assert moves(UnknownChanges()) == 0
    known()
    assert moves(UnknownChanges()) == 1
    assert generation.oldest_served() == oldest
    generation.look_at(timezone.now() - KEPT_FOR)
    assert moves(UnknownChanges()) == 1
    assert generation.oldest_served() == generation.number()


def test_a_killed_writer_is_made_up_for_at_the_second_poll() -> None:
    changes = UnknownChanges()
    row = unknown()
    assert [moves(changes) for _ in range(3)] == [0, 1, 0]
    row.refresh_from_db()
    assert row.known_at


def test_a_writer_that_announces_between_two_polls_is_not_made_up_for() -> None:
    changes = UnknownChanges()
    row = unknown()
    moves(changes)
    CommittedChange.objects.filter(pk=row.pk).update(known_at=timezone.now())
    assert moves(changes) == 0


def test_a_machine_that_died_during_a_change_is_made_up_for_after_a_minute() -> None:
    changes = UnknownChanges()
    moves(changes)
    unknown(OTHER)
    assert [moves(changes) for _ in range(2)] == [0, 0]
    unknown(OTHER, seconds_ago=GIVEN_UP_AFTER.total_seconds() + 1)
    assert moves(changes) == 1
