"""The run-together tags of the old site are split into their terms, and nothing is lost."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_core.taxonomy.models import Kind
from site_core.taxonomy.vocabulary import SplitTags, Vocabulary, split_aliases, split_run_together

KINDS = list(Kind.values)
NATIONAL_INITIATIVE = "National Initiative for Building Community Trust and Justice"


@dataclass
class Word:
    """A term without a database."""

    name: str
    kind: str
    other_names: list[str] = field(default_factory=list)


WORDS = [
    *(
        Word(name, Kind.PLACE)
        for name in (
            "Birmingham",
            "Bridgeport",
            "Detroit",
            "Hartford",
            "Los Angeles",
            "New Haven",
            "New York",
            "Newburgh",
            "Oakland",
            "Pittsburgh",
            "Stockton",
            "York",
        )
    ),
    Word(NATIONAL_INITIATIVE, Kind.INITIATIVE),
    Word("NNSC International", Kind.INITIATIVE),
    Word("Group Violence Intervention", Kind.STRATEGY, ["Operation Ceasefire", "GVI"]),
    Word("Custom Notifications", Kind.COMPONENT),
    Word("Reconciliation", Kind.COMPONENT),
    Word("Support and Outreach", Kind.COMPONENT),
]
VOCABULARY = Vocabulary(WORDS)


def split(text: str, vocabulary: Vocabulary = VOCABULARY) -> SplitTags:
    return split_run_together(text, vocabulary, KINDS)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "DetroitNewburghOaklandPittsburgh Group Violence Intervention Custom NotificationsSupport and Outreach",
            [
                ["Detroit", "Newburgh", "Oakland", "Pittsburgh"],
                [],
                ["Group Violence Intervention"],
                ["Custom Notifications", "Support and Outreach"],
            ],
        ),
        (
            f"Pittsburgh {NATIONAL_INITIATIVE} Group Violence Intervention Support and Outreach",
            [["Pittsburgh"], [NATIONAL_INITIATIVE], ["Group Violence Intervention"], ["Support and Outreach"]],
        ),
        (
            f"BirminghamLos AngelesStockton {NATIONAL_INITIATIVE} Reconciliation",
            [["Birmingham", "Los Angeles", "Stockton"], [NATIONAL_INITIATIVE], [], ["Reconciliation"]],
        ),
        (
            "BridgeportHartfordNew Haven Group Violence Intervention ReconciliationSupport and Outreach",
            [
                ["Bridgeport", "Hartford", "New Haven"],
                [],
                ["Group Violence Intervention"],
                ["Reconciliation", "Support and Outreach"],
            ],
        ),
        ("York Group Violence Intervention", [["York"], [], ["Group Violence Intervention"], []]),
        ("New York Group Violence Intervention", [["New York"], [], ["Group Violence Intervention"], []]),
        ("New YorkYork", [["New York", "York"], [], [], []]),
        ("YorkNew York", [["York", "New York"], [], [], []]),
        ("NNSC International", [[], ["NNSC International"], [], []]),
    ],
)
def test_strings_of_the_old_site(text: str, names: list[list[str]]) -> None:
    result = split(text)
    assert [[term.name for term in result.terms if term.kind == kind] for kind in KINDS] == names
    assert result.unknown == []


@pytest.mark.parametrize(
    ("text", "names", "unknown"),
    [
        ("", [], []),
        ("Atlantis", [], ["Atlantis"]),
        ("DetroitAtlantis Group Violence Intervention", ["Detroit", "Group Violence Intervention"], ["Atlantis"]),
        ("AtlantisDetroit Lemuria", ["Detroit"], ["Atlantis", "Lemuria"]),
        ("detroitNEWBURGH", ["Detroit", "Newburgh"], []),
        ("Detroit\u00a0 gvi", ["Detroit", "Group Violence Intervention"], []),
        ("İzmirDetroit Lemuria", ["Detroit"], ["İzmir", "Lemuria"]),
    ],
)
def test_unknown_text_is_reported(text: str, names: list[str], unknown: list[str]) -> None:
    result = split(text)
    assert [term.name for term in result.terms] == names
    assert result.unknown == unknown


def test_a_name_of_two_kinds_belongs_to_the_cluster_still_to_come() -> None:
    words = [*WORDS, Word("Reconciliation", Kind.INITIATIVE)]
    vocabulary = Vocabulary(words)
    early = split("Detroit Reconciliation Group Violence Intervention", vocabulary)
    late = split("Detroit Group Violence Intervention Reconciliation", vocabulary)
    assert [term.kind for term in early.terms] == [Kind.PLACE, Kind.INITIATIVE, Kind.STRATEGY]
    assert [term.kind for term in late.terms] == [Kind.PLACE, Kind.STRATEGY, Kind.COMPONENT]


names_of_terms = st.text("abcö XYZ-", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)


def without_ambiguity(names: list[str]) -> list[str]:
    """The names that no other name begins with."""
    lower = {name: name.lower() for name in names}
    return [
        name
        for name in names
        if not any(other != name and text.startswith(lower[name]) for other, text in lower.items())
    ]


@given(st.data())
def test_known_names_are_split(data: st.DataObject) -> None:
    names = without_ambiguity(data.draw(st.lists(names_of_terms, min_size=1, unique_by=str.lower)))
    words = [Word(name, data.draw(st.sampled_from(KINDS))) for name in names]
    chosen = data.draw(st.lists(st.sampled_from(words)))
    separators = [data.draw(st.sampled_from(["", " "])) for _ in chosen]
    text = "".join(separator + word.name for separator, word in zip(separators, chosen, strict=True))
    result = split(text, Vocabulary(words))
    assert [term.name for term in result.terms] == [word.name for word in chosen]
    assert result.unknown == []


@given(st.lists(st.one_of(st.sampled_from([word.name for word in WORDS]), st.text(max_size=8))))
def test_nothing_is_dropped(parts: list[str]) -> None:
    text = "".join(parts)
    result = split(text)
    found = [term.name for term in result.terms] + result.unknown
    assert sorted("".join("".join(found).lower().split())) == sorted("".join(text.lower().split()))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Group Violence Intervention", "Group Violence Intervention"),
        ("group  violence intervention ", "Group Violence Intervention"),
        ("operation ceasefire", "Group Violence Intervention"),
        ("Group Violence", None),
        ("", None),
    ],
)
def test_find(name: str, found: str | None) -> None:
    term = VOCABULARY.find(name)
    assert (term.name if term else None) == found


def test_each_line_is_an_alias() -> None:
    assert split_aliases(" Operation  Ceasefire \n\n GVI\r\nGVRS") == ["Operation Ceasefire", "GVI", "GVRS"]
