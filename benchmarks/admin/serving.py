"""Serves one site of the benchmark to a browser. Prints, as JSON, where to edit its long item and a session cookie."""

import json
import logging
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from benchmarks.admin.inside import Site


def main(port: int) -> None:
    logging.disable(logging.WARNING)
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    site = Site(items=0, scheduled=0)
    cookie: Any = site.client.cookies[settings.SESSION_COOKIE_NAME]
    editor = reverse("wagtailadmin_pages:edit", args=[site.item.pk])
    print(json.dumps({"path": editor, "name": cookie.key, "value": cookie.value}), flush=True)
    with Path(os.devnull).open("w") as nowhere:
        call_command(
            "runserver", f"127.0.0.1:{port}", use_reloader=False, insecure_serving=True, verbosity=0, stdout=nowhere
        )
