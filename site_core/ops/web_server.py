"""The web server: granian, with the whole site loaded before its workers are forked.

The workers share the memory that they never change, and start at once. `python -m site_core.ops.web_server` takes the
options of granian.
"""

import gc
import os

import django
from django.urls import get_resolver
from granian import cli


def load() -> None:
    """Loads what requests need. Opens no thread and no connection, which each worker needs for itself."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.production")
    django.setup()
    _ = get_resolver().url_patterns
    # A garbage collection writes to every object it visits, which would unshare its memory. These objects stay anyway.
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    load()
    cli.cli()
