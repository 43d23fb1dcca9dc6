"""Every benchmark, one after the other, each as a process of its own. `make bench` runs this.

`python -m benchmarks delivery memory` runs only those named. The last lines say what was wrong, and the exit code is 1
where anything was.
"""

import os
import subprocess
import sys
import time

from site_core.ops.supervisor import stop_on_signals

# Each is a module of this package that says with "WRONG: …" and by its exit code which limit it passed.
BENCHMARKS = {
    "rendering": "What each page costs beside a bare Wagtail page",
    "delivery": "How fast stored pages go out, beside nginx and other caches",
    "memory": "What the web server holds besides stored pages",
    "growth": "What 100, 2,000, 20,000 and 100,000 news items cost",
    "importing": "What an import of 10,000 news items takes, beside Wagtail’s own publishing",
    "publishing": "How punctual publishing is, beside Wagtail's own",
    "backup": "How long backups and restores of 2,000 news items take, and whether they are equal",
    "admin": "What editors wait for, beside a new Wagtail site’s admin",
    "publish_click": "How soon after the click on “Publish” visitors see the page",
    "after_publish": "What visitors wait for after a publish, second by second, and stored pages beside searches",
    "never_stale": "Whether any answer is older than what was committed before it",
}
WRONG = "WRONG: "


def run(name: str) -> list[str]:
    """Run one benchmark, hand on what it prints, and return what it says is wrong."""
    print(f"\n== {BENCHMARKS[name]} ({name}) ==", flush=True)
    begin = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 (a module of this package)
        [sys.executable, "-m", f"benchmarks.{name}"],
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    wrong = []
    try:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            if line.startswith(WRONG):
                wrong.append(line.removeprefix(WRONG).strip())
        code = process.wait()
    finally:
        # Where we are ended before it, it has servers to stop.
        process.terminate()
        process.wait()
    print(f"({time.monotonic() - begin:.0f} s)")
    return wrong or ([f"it ended with the exit code {code}"] if code else [])


def main(names: list[str]) -> int:
    stop_on_signals()
    if unknown := set(names) - BENCHMARKS.keys():
        print(f"There is no {', '.join(sorted(unknown))}, only {', '.join(BENCHMARKS)}.")
        return 1
    wrong = {name: run(name) for name in names or BENCHMARKS}
    print()
    for name, lines in wrong.items():
        for words in lines:
            print(f"{WRONG}{name}: {words}")
    if not any(wrong.values()):
        print(f"All within their limits: {', '.join(wrong)}.")
    return 1 if any(wrong.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
