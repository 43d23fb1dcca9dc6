"""A process of a benchmark's own that measures one site and answers what it is asked."""

import json
import subprocess
from collections.abc import Mapping
from typing import Any, Self


class MeasuringProcess:
    """Each line it reads names a function and its arguments, and it answers each with one line of JSON."""

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(  # noqa: S603 (a module of this package)
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def asked(self, name: str, *arguments: Any) -> Any:
        """What the function gives. Raises SystemExit where it fails."""
        asked, answered = self.process.stdin, self.process.stdout
        print(json.dumps([name, *arguments]), file=asked, flush=True)
        answer = answered.readline() if answered else ""
        if not answer:
            raise SystemExit(f"{name} failed.")
        return json.loads(answer)
