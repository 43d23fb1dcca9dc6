"""The patterns of the search."""

from typing import Any

from home.patterns.pattern import Example, Group, Pattern
from home.search.excerpts import excerpt
from home.search.results import Result
from site_core.fields.pagination import ListPage

TEXT = "An example of a text that holds the words somebody looked for, and some more words before and after them."


def search_patterns() -> Group:
    """Return results of every kind, and the heading above them in each of its forms."""
    found = excerpt(TEXT, ["words"])
    results = {
        "A page": Result("Strategy", "Example Strategy", "/example/", found, "EXS"),
        "News": Result("News", "An example of a headline", "/example/", found, "April 2018 | Example Gazette"),
        "A figure": Result(
            "Figure",
            "41% reduction in examples, Example City",
            "/example/",
            "reduction in examples of those measured",
            "Matches its source",
            spoken="41 percent reduction in examples, Example City",
        ),
        "A place": Result("Place", "Example City", "/example/", note="Example State"),
        "Recommended": Result("", "An example of a title", "/example/", "Why it is recommended."),
        "Recommended, on another site": Result("", "An example elsewhere", "https://example.org/", is_external=True),
    }
    return Group(
        "Search",
        [
            Pattern(
                "components/search_result.html",
                [Example({"result": result}, state) for state, result in results.items()],
                is_row=True,
            ),
            Pattern(
                "components/search_reading.html",
                [
                    _reading("As it was typed"),
                    _reading("More than are counted", total=None),
                    _reading("Misspelled", did_you_mean="example words"),
                    _reading("Some of the words", reading={"any_of": True}),
                ],
            ),
        ],
    )


def _reading(state: str, total: int | None = 40, **search: Any) -> Example:
    return Example({"search": {"typed": "exampel words", **search}, "results": ListPage(1, [], total)}, state)
