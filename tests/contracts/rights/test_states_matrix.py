"""All roles against each act on a page, a stat and an alert, in every state that it may be in.

Each act is posted as its form would. Who may not has written nothing and got no error; the lowest that may has
written. That a higher role may do what a lower one may is a test of `test_roles_matrix`.
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests import factories
from tests.contracts.rights.object_states import PAGE_STATES, SNIPPET_STATES, page_in, snippet_in
from tests.contracts.rights.ranks import RANKS, Person, Rank, answer, person_of
from tests.contracts.rights.state_acts import DELETED, PUBLISHED, Act, acts_on_both, acts_on_pages
from tests.contracts.test_snippets import DRAFTED, FACTORIES
from tests.publishing.admin_forms import edit_url, filled_in
from tests.shared_database import kept_for_the_module

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("quiet"), pytest.mark.sweep]

# A text field of each model.
TYPED = {"textpage": "summary", "impactstat": "scope", "alert": "text"}


@pytest.fixture(scope="module")
def people(tree_of_the_module: factories.SiteTree, django_db_blocker: Any) -> Any:
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            everybody = {rank: person_of(rank) for rank in RANKS}
        yield everybody


def forms_of(objects: dict[str, Any], reader: Person) -> Callable[[Any], dict[str, Any]]:
    """Each object's edit form with another text. What is in the trash has none and gets another's."""
    filled = {}
    for state, obj in objects.items():
        source, field = objects["own"] if state == "trash" else obj, TYPED[type(obj)._meta.model_name]
        filled[obj.pk] = filled_in(reader.client, edit_url(source), **{field: "Another text."})
    return lambda obj: filled[obj.pk]


def mistakes_of(act: Act, state: str, obj: Any, people: dict[Rank, Person]) -> list[str]:
    """Where a rank up to the lowest that may is not treated as the table says."""
    lowest, mistakes = act.rights[state], []
    url, posted = act.url(obj), act.posted(obj)
    for rank in RANKS:
        if rank > lowest:
            break
        headers = {"accept": "application/json"} if act.by_script else {}
        got = answer(people[rank].client.post, url, posted, headers=headers)
        has_acted = act.counts in got.written if act.counts else bool(got.written)
        if got.is_missing_or_broken or has_acted != (rank == lowest) or (has_acted and got.status >= 400):
            written = ", ".join(sorted(got.written)) or "nothing"
            mistakes.append(f"{act.name}, {state}: {rank.name} is answered {got.status}, {written} is written")
    return mistakes


def tried(acts: list[Act], objects: dict[str, Any], people: dict[Rank, Person]) -> tuple[list[str], int]:
    """The mistakes, and how many requests were made."""
    cells = [(act, state) for act in acts for state in act.rights if state in objects]
    mistakes = [mistake for act, state in cells for mistake in mistakes_of(act, state, objects[state], people)]
    return mistakes, sum(len([rank for rank in RANKS if rank <= act.rights[state]]) for act, state in cells)


def report(capsys: Any, kind: str, acts: list[Act], objects: dict[str, Any], requests: int) -> None:
    with capsys.disabled():
        print(f"\n{kind}: {len(acts)} acts, {len(objects)} states, {len(RANKS)} ranks, {requests} requests")  # noqa: T201


def test_each_act_on_a_page_in_each_state_is_open_to_whom_the_table_says(
    site_tree: factories.SiteTree, people: dict[Rank, Person], capsys: Any
) -> None:
    author, editor = people[Rank.AUTHOR].user, factories.UserFactory(role="Editor")
    objects = {state: page_in(state, site_tree.home, author, editor) for state in PAGE_STATES}
    reader = people[Rank.ADMINISTRATOR]
    acts = [*acts_on_both(forms_of(objects, reader), reader.client, DELETED), *acts_on_pages(site_tree.about)]
    mistakes, requests = tried(acts, objects, people)
    report(capsys, "pages", acts, objects, requests)
    assert not mistakes, "\n".join(mistakes)


@pytest.mark.parametrize("kind", DRAFTED)
def test_each_act_on_a_snippet_in_each_state_is_open_to_whom_the_table_says(
    site_tree: factories.SiteTree, people: dict[Rank, Person], capsys: Any, kind: str
) -> None:
    author, editor = people[Rank.AUTHOR].user, factories.UserFactory(role="Editor")
    objects = {state: snippet_in(state, FACTORIES[kind], author, editor) for state in SNIPPET_STATES}
    reader = people[Rank.ADMINISTRATOR]
    acts = acts_on_both(forms_of(objects, reader), reader.client, PUBLISHED)
    mistakes, requests = tried(acts, objects, people)
    report(capsys, kind, acts, objects, requests)
    assert not mistakes, "\n".join(mistakes)
