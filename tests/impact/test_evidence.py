"""The public words beside a stat follow from its evidence and never claim too much."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from pytest_django import DjangoAssertNumQueries

from impact.models import Evidence, ImpactStat, Study
from impact.status import Relation, Status, public_words, status_of
from tests.factories import EvidenceFactory, ImpactStatFactory, StudyFactory


def evidence(relation: str, what_it_is: str = "study", **fields: object) -> Evidence:
    return Evidence(relation=relation, study=Study(short_name="Example 2001", described_as=what_it_is), **fields)


@pytest.mark.parametrize(
    ("relations", "status"),
    [
        ([], Status.NOT_RECORDED),
        (["supports"], Status.MATCHES),
        (["unchecked"], Status.TO_CHECK),
        (["differs"], Status.DIFFERS),
        (["conflicts"], Status.CONFLICTS),
        (["supports", "unchecked"], Status.MATCHES),
        (["supports", "differs"], Status.DIFFERS),
        (["differs", "conflicts"], Status.CONFLICTS),
        (["unchecked", "supports", "differs", "conflicts"], Status.CONFLICTS),
    ],
)
def test_the_least_favorable_study_decides(relations: list[str], status: Status) -> None:
    assert status_of([evidence(relation, reports="31%") for relation in relations]) == status
    assert status_of([evidence(relation, reports="31%") for relation in reversed(relations)]) == status


def test_every_relation_has_a_status() -> None:
    assert all(status_of([evidence(relation)]) != Status.NOT_RECORDED for relation in Relation.values)


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([], "Source not yet recorded"),
        ([evidence("unchecked")], "Source recorded, not yet checked"),
        ([evidence("supports", reports="31%")], "Same as the published study"),
        ([evidence("differs", reports="31%")], "Differs from the study we found, which reports 31%"),
        ([evidence("differs")], "Differs from the study we found"),
        (
            [
                evidence(
                    "conflicts",
                    "federal assessment",
                    reports="5.5% fewer",
                    of_outcome="drug and nuisance offenses",
                )
            ],
            "Source not confirmed. A federal assessment reports 5.5% fewer drug and nuisance offenses",
        ),
        ([evidence("conflicts", "assessment")], "Source not confirmed. An assessment reports otherwise"),
        (
            [evidence("supports"), evidence("differs", reports="31%", of_outcome="shootings among treated groups")],
            "Differs from the study we found, which reports 31%",
        ),
    ],
)
def test_the_publics_words(items: list[Evidence], words: str) -> None:
    assert public_words(status_of(items), items) == words


@pytest.mark.parametrize("relation", Relation.values)
def test_words_stand_without_the_study(relation: str) -> None:
    lost = [Evidence(relation=relation, study=None)]
    assert public_words(status_of(lost), lost)


@pytest.mark.django_db
def test_a_study_taken_off_file_leaves_the_stat_standing() -> None:
    study = StudyFactory()
    stat = ImpactStatFactory()
    EvidenceFactory(stat=stat, study=study, relation=Relation.DIFFERS, reports="31%")
    study.delete()
    again = ImpactStat.objects.get(pk=stat.pk)
    assert again.status_words == "Differs from the study we found, which reports 31%"
    with pytest.raises(ObjectDoesNotExist):
        study.refresh_from_db()
    # The draft of the stat refers to the deleted study and still publishes.
    again.latest_revision.publish()


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, "Example 2001"),
        ({"title": "A title"}, "A title."),
        (
            {
                "authors": "Example, A.",
                "year": 2001,
                "title": "A title",
                "container": "A journal",
                "locator": "1(2), 3–4",
            },
            "Example, A. (2001). A title. A journal, 1(2), 3–4.",
        ),
        ({"authors": "Example, A."}, "Example, A."),
        ({"authors": "Example, A.", "year": 2001}, "Example, A. (2001)."),
        ({"authors": "An Office", "title": "A title"}, "An Office. A title."),
        ({"year": 2001, "title": "A title"}, "A title (2001)."),
        ({"title": "Does it work?"}, "Does it work?"),
    ],
)
def test_the_citation_holds_what_is_on_record(fields: dict[str, object], line: str) -> None:
    assert Study(short_name="Example 2001", **fields).citation == line


@pytest.mark.django_db
def test_evidence_of_many_stats_costs_no_more_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(5):
        EvidenceFactory(stat=ImpactStatFactory())
    with django_assert_max_num_queries(4):
        for stat in ImpactStat.objects.live().with_evidence():
            assert stat.status_words
            assert stat.sentence
