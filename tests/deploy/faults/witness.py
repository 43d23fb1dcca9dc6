"""Witness: notes in the report of a test what it saw of a fault, for the table at the end of the run."""

import json
import re
from collections import Counter
from collections.abc import Callable

from tests.deploy.faults.table import PROPERTY, Heading
from tests.deploy.load import Load
from tests.deploy.running_deployment import APPS, Answer, Deployment


class Witness:
    """Of one fault. `limit`: the seconds after which the slowest answer would fail the test, if there is such a limit.

    Every value is recorded when it is seen, so the row of a test that fails has the values up to the failure.
    """

    def __init__(self, note: Callable[[str, object], None], fault: str, limit: float | None = None) -> None:
        self._note_property = note
        self._fault = fault
        if limit is not None:
            self._note("limit", f"{limit} s")

    def visitors(self, *loads: Load) -> None:
        """What all of them got, and the slowest answer."""
        statuses = sum((load.statuses for load in loads), Counter[int]())
        failures = sum(len(load.failures) for load in loads)
        self._note("visitors", counted(statuses) + (f", {failures:,} without an answer" if failures else ""))
        self._note("slowest", f"{max(load.slowest for load in loads):.2f} s")

    def visitors_get(self, *answers: Answer) -> None:
        self._note("visitors", counted(Counter(answer.status for answer in answers)))

    def visitors_see(self, words: str) -> None:
        self._note("visitors", words)

    def editors(self, words: str) -> None:
        self._note("editors", words)

    def editors_get(self, *answers: Answer) -> None:
        self._note("editors", counted(Counter(answer.status for answer in answers)))

    def signals(self, deployment: Deployment, *metrics: str) -> None:
        """What `/health/ready` says is wrong, and the sum of each metric over both web processes."""
        answer = deployment.get("/health/ready", 1)
        parts: dict[str, object] = json.loads(answer.body)
        wrong = dict.fromkeys(
            str(words).partition(" (")[0] for words in parts.values() if words not in ("ok", True, False)
        )
        self._note("signals", f"ready {answer.status}" + "".join(f", “{words}”" for words in wrong))
        if metrics:
            texts = [deployment.get("/metrics", app).text for app in APPS]
            for name in metrics:
                self._note("signals", f"{name} {value_of(name, *texts):g}")

    def signal(self, words: str) -> None:
        self._note("signals", words)

    def _note(self, heading: Heading, words: str) -> None:
        self._note_property(PROPERTY, [self._fault, heading, words])


def counted(statuses: Counter[int]) -> str:
    """“1,204 × 200, 2 × 503”."""
    return ", ".join(f"{number:,} × {status}" for status, number in sorted(statuses.items()))


def value_of(metric: str, *texts: str) -> float:
    """The sum of a metric over its labels and over what several processes print."""
    values = [value for text in texts for value in re.findall(rf"^{metric}(?:{{.*}})? (\S+)", text, re.M)]
    return sum(map(float, values))


NewWitness = Callable[..., Witness]
