"""What editors wait for in the admin, beside a new Wagtail site's admin with the same fields and blocks.

`python -m benchmarks.admin [ITEMS]` makes both on SQLite, with twenty thousand news items and five hundred that are
scheduled, and measures them in turn. Each figure is CPU time in the web process, the least of a few in one round; a
ratio is the median of the rounds'. Stock Wagtail has no schedule, so ours stands beside its list of the same pages.
The exit code is 1 where ours takes more than its limit.
"""

import os
import sys
from contextlib import ExitStack
from statistics import median

from benchmarks.measuring_process import MeasuringProcess

ITEMS, SCHEDULED, ROUNDS = 20_000, 500, 5
LIMIT = 1.2
MEASURED = ("open an item of 20 blocks", "save a draft", "page list", "schedule")
OURS, STOCK = "site_core.settings.test", "benchmarks.admin.stock.settings"
INSIDE = "import django; django.setup(); from benchmarks.admin.inside import main; main()"


def site(settings: str) -> MeasuringProcess:
    """A process that measures one site."""
    return MeasuringProcess([sys.executable, "-c", INSIDE], os.environ | {"DJANGO_SETTINGS_MODULE": settings})


def main(items: int) -> int:
    with ExitStack() as stack:
        ours, stock = (stack.enter_context(site(settings)) for settings in (OURS, STOCK))
        for one in (ours, stock):
            one.asked("begin", items, min(items, SCHEDULED))
        wrong = []
        print(f"{'CPU ms, and queries':<28}{'ours':>14}{'stock':>14}{'×':>8}")
        for name in MEASURED:
            rounds = [(ours.asked(name), stock.asked(name)) for _ in range(ROUNDS)]
            ratio = median(one[1] / other[1] for one, other in rounds)
            cells = "".join(f"{median(row[at][1] for row in rounds):>8.1f} ({rounds[0][at][0]:>3})" for at in (0, 1))
            print(f"{name:<28}{cells}{ratio:>8.2f}", flush=True)
            if ratio > LIMIT:
                wrong.append(f"{name} takes × {ratio:.2f} of what stock Wagtail takes, more than {LIMIT}")
    for words in wrong:
        print(f"WRONG: {words}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS))
