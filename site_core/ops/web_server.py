"""The web server: granian, which has the whole site loaded before its workers fork from it.

So they share what they never change, and begin at once. `python -m site_core.ops.web_server` takes the options of
granian.
"""

import gc
import os

import django
from django.urls import get_resolver
from granian import cli


def load() -> None:
    """Load what requests need, but nothing that a worker must have of its own: no thread, no connection."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.production")
    django.setup()
    _ = get_resolver().url_patterns
    # Each collection writes to whatever it looks at, which would part the workers' memory. What is here stays anyway.
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    load()
    cli.cli()
