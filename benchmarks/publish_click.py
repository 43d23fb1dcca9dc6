"""How soon after the click on “Publish” visitors see the page: at the web processes and through nginx.

`python -m benchmarks.publish_click [CLICKS]` starts a deployment from the files of deploy/ and clicks two hundred
times. The exit code is 1 if a web process had the old page after the answer to the click, or nginx for too long.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.test")

import django

CLICKS = 200
# Seconds: nginx keeps a page for one.
MOST_THROUGH_NGINX = 2.5


def main(number: int) -> int:
    django.setup()
    from statistics import median

    from tests.deploy.prepared_site import prepared_site
    from tests.deploy.publish_click import click
    from tests.deploy.running_deployment import running_deployment

    with prepared_site() as prepared, running_deployment(prepared) as deployment:
        clicks = click(deployment, number)
    times = clicks.through_nginx
    print(f"{number} clicks; old at a web process after the answer: {clicks.late_at_the_app}")
    print(
        f"new through nginx after {median(times):.2f} s in the middle, {clicks.ninety_ninth:.2f} s at the 99th of 100,"
        f" {max(times):.2f} s at most"
    )
    wrong = clicks.late_at_the_app > 0 or clicks.ninety_ninth > MOST_THROUGH_NGINX
    if wrong:
        print(f"WRONG: at once at the web processes, and within {MOST_THROUGH_NGINX} s through nginx, was to be")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else CLICKS))
