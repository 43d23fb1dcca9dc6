"""Every committed change that visitors can see moves the generation once, on commit and not before."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from site_core.organization.models import Alert
from site_core.page_cache.invalidation import generation
from site_core.page_cache.invalidation.generation_file import GenerationFile
from site_core.page_cache.invalidation.machine import this_machine
from site_core.page_cache.invalidation.writes import invalidate, is_changing
from site_core.redirects.gone import WithdrawnURL
from tests import factories
from tests.page_cache.trials import bulk_acts, plain_acts, published_acts
from tests.page_cache.trials.moves import Moves

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sweep]

ACTS = published_acts.ACTS | plain_acts.ACTS | bulk_acts.ACTS


def withdraw(address: str = "/example") -> WithdrawnURL:
    return WithdrawnURL.objects.create(path=address)


def mistakes_in_a_transaction(act: Callable[[], object]) -> list[str]:
    moves, right_after = Moves(), []
    with transaction.atomic():
        transaction.on_commit(lambda: right_after.append(moves.number))
        act()
        before, seen = moves.number, is_changing()
    mistakes = [] if right_after == [1] else [f"moved {right_after} times on commit"]
    mistakes += [f"moved {before} times before the commit"] if before else []
    mistakes += [] if seen and not is_changing() else ["does not count as changing until the commit"]
    # An on_commit callback may have made another change.
    announced = [(row.machine, bool(row.known_at)) for row in moves.rows]
    return mistakes + ([] if announced == [(this_machine(), True)] * moves.number else [f"left the rows {announced}"])


def test_each_action_in_a_transaction_moves_it_once_and_on_commit(site_tree: factories.SiteTree) -> None:
    mistakes = {name: mistakes_in_a_transaction(prepare(site_tree)) for name, prepare in ACTS.items()}
    assert {name: found for name, found in mistakes.items() if found} == {}


def test_each_action_on_its_own_moves_it(site_tree: factories.SiteTree) -> None:
    """Once for each of its transactions."""
    unmoved = []
    for name, prepare in ACTS.items():
        act = prepare(site_tree)
        moves = Moves()
        act()
        if not moves.number or moves.known != moves.number:
            unmoved.append(name)
    assert unmoved == []


def test_an_action_that_is_rolled_back_does_not_move_it(site_tree: factories.SiteTree) -> None:
    moved = []
    for name in ("publish a new page", "delete a stat", "rename a term", "make many rows", "write sql by hand"):
        act = ACTS[name](site_tree)
        moves = Moves()
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
        if moves.number or moves.rows.exists() or is_changing():
            moved.append(name)
    assert moved == []


def test_many_changes_in_one_transaction_move_it_once() -> None:
    moves = Moves()
    with transaction.atomic():
        for number in range(5):
            withdraw(f"/example/{number}")
        with transaction.atomic():
            withdraw("/example/nested")
    assert (moves.number, moves.rows.count()) == (1, 1)


def test_a_change_in_a_savepoint_that_is_rolled_back_does_not_move_it() -> None:
    moves = Moves()
    with transaction.atomic():
        with transaction.atomic():
            withdraw()
            transaction.set_rollback(True)
        assert not is_changing()
        factories.UserFactory()
    assert (moves.number, moves.rows.count()) == (0, 0)


def test_a_change_after_one_whose_savepoint_was_rolled_back_moves_it() -> None:
    moves = Moves()
    with transaction.atomic():
        with transaction.atomic():
            withdraw("/example/taken-back")
            transaction.set_rollback(True)
        withdraw("/example/kept")
        assert is_changing()
    assert (moves.number, moves.rows.count(), moves.known) == (1, 1, 1)


def test_a_change_before_a_savepoint_that_is_rolled_back_moves_it() -> None:
    moves = Moves()
    with transaction.atomic():
        withdraw("/example/kept")
        with transaction.atomic():
            withdraw("/example/taken-back")
            transaction.set_rollback(True)
    assert (moves.number, moves.rows.count()) == (1, 1)


def test_a_change_in_a_savepoint_inside_one_that_is_rolled_back_does_not_move_it() -> None:
    moves = Moves()
    with transaction.atomic(), transaction.atomic():
        with transaction.atomic():
            withdraw()
        transaction.set_rollback(True)
    assert (moves.number, moves.rows.count()) == (0, 0)


def test_a_write_that_the_database_refuses_does_not_move_it() -> None:
    withdraw()
    moves = Moves()
    with pytest.raises(IntegrityError):
        withdraw()
    with transaction.atomic(), pytest.raises(IntegrityError), transaction.atomic():
        withdraw()
    assert (moves.number, moves.rows.count()) == (0, 0)


def test_a_write_that_changes_no_row_does_not_move_it() -> None:
    moves = Moves()
    Redirect.objects.filter(old_path="/nowhere").update(redirect_link="/")
    Redirect.objects.filter(old_path="/nowhere").delete()
    PageViewRestriction.objects.all().delete()
    assert (moves.number, moves.rows.count()) == (0, 0)


def test_it_moves_before_any_other_on_commit_callback() -> None:
    """Another callback may take long, or fail and keep the rest from running."""
    moves = Moves()

    def fail() -> None:
        raise ConnectionError(f"It had moved {moves.number} times.")

    with pytest.raises(ConnectionError, match="moved 1 times"), transaction.atomic():
        transaction.on_commit(fail)
        withdraw()
    assert (moves.number, moves.known) == (1, 1)


@pytest.mark.parametrize("in_a_transaction", [True, False])
def test_when_it_moves_every_connection_sees_the_change(
    in_a_transaction: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An INSERT returns the ID of the new row, and SQLite cannot commit before it is fetched."""
    seen: list[int] = []
    increment = generation.increment

    def look() -> None:
        seen.append(Redirect.objects.count())
        connection.close()

    def look_first() -> None:
        onlooker = Thread(target=look)
        onlooker.start()
        onlooker.join()
        increment()

    monkeypatch.setattr(generation, "increment", look_first)
    before = Redirect.objects.count()
    if in_a_transaction:
        with transaction.atomic():
            made = Redirect.objects.create(old_path="/old", redirect_link="/")
    else:
        made = Redirect.objects.create(old_path="/old", redirect_link="/")
    assert set(seen) == {before + 1}
    assert made.pk == Redirect.objects.get().pk


def test_nobody_publishes_a_draft_between_the_check_and_the_write() -> None:
    """Otherwise the write would change a public object without an invalidation."""
    alert = factories.AlertFactory(draft=True)
    published = Event()

    def publish() -> None:
        Alert.objects.filter(pk=alert.pk).update(live=True)
        connection.close()
        published.set()

    def meanwhile(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        """Runs between the watcher's query and the statement."""
        if sql.startswith("UPDATE") and not other.is_alive():
            other.start()
            assert not published.wait(0.5)
        return execute(sql, parameters, many, context)

    other, moves = Thread(target=publish), Moves()
    with connection.execute_wrapper(meanwhile):
        Alert.objects.filter(pk=alert.pk).update(text="Other words")
    assert published.wait(20)
    other.join()
    assert Alert.objects.get(pk=alert.pk).live
    assert moves.number == 1


def test_a_generation_that_cannot_be_written_is_left_to_the_listener(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    moves = Moves()
    monkeypatch.setattr(generation, "_file", GenerationFile(tmp_path))
    withdraw()
    assert WithdrawnURL.objects.exists()
    assert (moves.rows.count(), moves.known) == (1, 0)
    assert "was not announced" in caplog.text


def test_a_change_without_a_write_can_invalidate() -> None:
    moves = Moves()
    invalidate()
    assert (moves.number, moves.known) == (1, 1)
    with transaction.atomic():
        invalidate()
        transaction.set_rollback(True)
    assert (moves.number, moves.rows.count()) == (1, 1)
