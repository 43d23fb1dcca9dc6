"""The patterns of stats: every status, and every form of the number."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest

from home.patterns.pattern import Example, Group, Pattern
from impact.chart import chart_of
from impact.corrections import Correction
from impact.history import History, Wording
from impact.models import Evidence, ImpactStat, Rating, Study
from impact.notation import Direction, OutcomeGroup, Unit
from impact.sharing.citation import Citation
from impact.sharing.stat_card import shared_stat
from impact.status import Relation
from site_core.accounts.models import User
from site_core.taxonomy.models import PlaceTerm, StrategyTerm

STUDY = Study(
    short_name="Example and Example 2016",
    authors="Example, A., and Example, B.",
    year=2016,
    title="An example of a study",
    container="Journal of Examples",
    locator="1(2), 3–45",
    url="https://example.org/",
    design="matched comparison",
)
ASSESSMENT = Study(short_name="Example assessment", described_as="assessment")
SUPPORTED = {"relation": Relation.SUPPORTS, "reports": "41%", "locator": "p. 12"}


def example_stat(place: str, relation: Relation | None = None, **fields: Any) -> ImpactStat:
    """Return an unsaved stat with one study or none. The name of its place says what it is an example of."""
    stat = ImpactStat(
        place=PlaceTerm(name=place, slug="example"),
        slug="example",
        **{
            "value_low": Decimal(41),
            "outcome": "example incidents",
            "outcome_group": OutcomeGroup.SHOOTINGS,
            "population": "example groups",
            "scope": "in all 4 example areas",
            **fields,
        },
    )
    evidence = [example_evidence(relation)] if relation else []
    setattr(stat, "evidence", evidence)  # noqa: B010 (mypy takes a plain assignment for one to the relation)
    return stat


def example_evidence(relation: Relation) -> Evidence:
    """Return the evidence of a study with this relation to the stat."""
    if relation == Relation.CONFLICTS:
        return Evidence(study=ASSESSMENT, relation=relation, reports="5.5% fewer", of_outcome="example offenses")
    reports = "31%" if relation == Relation.DIFFERS else SUPPORTED["reports"]
    return Evidence(study=STUDY, relation=relation, reports=reports, locator=SUPPORTED["locator"])


def by_status() -> list[ImpactStat]:
    """Return a stat in each status that lists show."""
    return [
        example_stat(
            "Matches", Relation.SUPPORTS, period="2012–2014", checked_on=date(2020, 4, 3), next_due=date(2021, 4, 3)
        ),
        example_stat("To check", Relation.UNCHECKED, value_low=Decimal("36.4"), outcome_group=OutcomeGroup.HOMICIDES),
        example_stat("Differs", Relation.DIFFERS, value_low=Decimal(42)),
        example_stat("Conflicts", Relation.CONFLICTS, value_low=Decimal(44), outcome_group=OutcomeGroup.DRUGS),
        example_stat("Not recorded", outcome_group=OutcomeGroup.HOMICIDES),
        example_stat("Check overdue", Relation.SUPPORTS, check_is_overdue=True, next_due=date(2021, 4, 3)),
    ]


def by_form() -> list[ImpactStat]:
    """Return a stat in each form of its number and its words."""
    return [
        example_stat("A range", Relation.SUPPORTS, value_low=Decimal(44), value_high=Decimal(56)),
        example_stat("A decimal", Relation.UNCHECKED, value_low=Decimal("36.4"), outcome_group=OutcomeGroup.HOMICIDES),
        example_stat("Population not recorded", Relation.UNCHECKED, population="", scope=""),
        example_stat(
            "Percentage points",
            Relation.SUPPORTS,
            value_low=Decimal(12),
            unit=Unit.POINTS,
            direction=Direction.INCREASE,
            outcome="trust in examples",
            outcome_group=OutcomeGroup.OTHER,
        ),
        example_stat("No number yet", value_low=None),
        corrected(),
    ]


def corrected() -> ImpactStat:
    return example_stat(
        "Corrected",
        Relation.SUPPORTS,
        correction=Correction.CORRECTED,
        correction_text="The example says 41%, not 27%. We had copied the wrong column.",
        corrected_on=date(2020, 4, 3),
    )


def withdrawn() -> ImpactStat:
    return example_stat(
        "Withdrawn",
        Relation.SUPPORTS,
        correction=Correction.WITHDRAWN,
        correction_text="The example was taken back by those who published it.",
        corrected_on=date(2020, 4, 3),
    )


def recorded_in_full() -> ImpactStat:
    return example_stat(
        "Example",
        Relation.SUPPORTS,
        # No strategy in the database has this pk, so there is no link to a page.
        strategy=StrategyTerm(pk=0, name="Example strategy"),
        strategy_inferred=True,
        period="2012–2014",
        owner=User(first_name="Name", last_name="of an Editor"),
        checked_on=date(2020, 4, 3),
        next_due=date(2021, 4, 3),
    )


def history(*days: date) -> History:
    """Return a history with a wording from each of these days, newest first."""
    return History(
        tuple(
            Wording(
                day=day,
                figure="41%",
                spoken_value="41 percent",
                sentence="reduction in example incidents among example groups",
                status_words="Matches its source" if day == days[0] else "Source recorded, not yet checked",
                place="Example",
                notice="",
            )
            for day in days
        )
    )


def stat_patterns(request: HttpRequest) -> Group:
    """Return the number, lists, charts and tables, and the parts of a stat's own page."""
    return Group(
        "Figures",
        [
            Pattern(
                "components/numeral.html",
                [
                    Example({"stat": example_stat("", Relation.SUPPORTS), "size": size[0].lower()}, size)
                    for size in ("Large", "Medium", "Small")
                ]
                + [
                    Example({"stat": stat, "size": "l"}, stat.status.label.capitalize())
                    for stat in (*by_status()[1:], withdrawn())
                ],
            ),
            Pattern(
                "components/stat_list.html",
                [
                    Example({"stats": by_status()}, "Each status"),
                    Example({"stats": by_form()}, "Each form of number and words"),
                ],
            ),
            *_together(),
            *_on_its_own_page(request),
        ],
    )


def _together() -> list[Pattern]:
    """Return the parts that show several stats."""
    chart = {"chart": chart_of([*by_status(), *by_form()])}
    return [
        Pattern("components/chart.html", [Example(chart)]),
        Pattern("components/stat_table.html", [Example(chart)]),
        Pattern("components/results_by_place.html", [Example({"stats": by_status()})]),
        Pattern("components/withdrawn_row.html", [Example({"stat": withdrawn()})], is_row=True),
    ]


def _on_its_own_page(request: HttpRequest) -> list[Pattern]:
    """Return the parts of a stat's own page."""
    stat, nothing = recorded_in_full(), ImpactStat(value_low=Decimal(41), outcome="example incidents")
    citation = {"citation": Citation.of(stat, "Example organization", "https://example.org")}
    rating = Rating(scheme="Example scheme", label="Promising", of="example incidents, one study")
    dated = Rating(scheme=rating.scheme, label=rating.label, of=rating.of, date=date(2020, 4, 3))
    return [
        Pattern(
            "components/stat_notice.html",
            [Example({"stat": corrected()}, "Corrected"), Example({"stat": withdrawn()}, "Withdrawn")],
        ),
        Pattern(
            "components/stat_facts.html",
            [Example({"stat": stat}, "Recorded"), Example({"stat": nothing}, "Not recorded")],
        ),
        Pattern(
            "components/study.html",
            [Example({"item": example_evidence(relation)}, str(relation.label).capitalize()) for relation in Relation]
            + [Example({"item": Evidence()}, "No longer on record")],
            is_row=True,
        ),
        Pattern(
            "components/rating.html",
            [Example({"rating": dated}, "With its date"), Example({"rating": rating}, "Date not recorded")],
        ),
        Pattern(
            "components/stat_history.html",
            [
                Example({"history": history()}, "Nothing on record"),
                Example({"history": history(date(2020, 4, 3))}, "One wording"),
                Example({"history": history(date(2020, 4, 3), date(2019, 1, 8))}, "Several wordings"),
            ],
        ),
        Pattern("components/citation.html", [Example(citation)]),
        Pattern("components/stat_use.html", [Example({**citation, "shared": shared_stat(request, stat)})]),
    ]
