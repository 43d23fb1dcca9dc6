"""The WSGI entry point: what the web server imports."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_core.settings.production")

django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402 (only once Django is set up)

from site_core.page_cache.serving import with_page_store  # noqa: E402

# Changes to a template show at once.
application = django_application if settings.DEBUG else with_page_store(django_application)
