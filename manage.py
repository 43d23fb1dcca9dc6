#!/usr/bin/env python
"""Run an administrative command: `python manage.py help` lists them."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

import site_core  # noqa: F401 (before any variable is looked at)
from site_core.settings.environment import require_chosen_settings

if __name__ == "__main__":
    try:
        require_chosen_settings()
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.local")
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # Whoever starts the site reads one sentence a fault, not a traceback.
        sys.exit(str(error))
