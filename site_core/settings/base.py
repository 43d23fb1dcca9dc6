"""Settings for every environment. The other modules of this package add what differs."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from site_core.settings import environment
from site_core.settings.environment import SiteURL

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# The running site writes to this folder only. Git ignores it.
STATE_DIR = Path(environment.text("STATE_DIR", str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "home",
    "strategies",
    "news",
    "impact",
    "site_core.ops",
    "site_core.link_checks",
    "site_core.pages",
    "site_core.seo",
    "site_core.social_cards",
    "site_core.redirects",
    "site_core.feedback",
    "site_core.mail",
    "site_core.organization",
    "site_core.media",
    "site_core.tagging",
    "site_core.taxonomy",
    "site_core.publishing",
    "site_core.accounts",
    "site_core.chores",
    "site_core.page_cache",
    "site_core.search",
    "site_core.brand",
    "site_core.fields",
    "site_core.admin",
    "site_core.redirects.apps.PublicRedirectsConfig",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "site_core.accounts.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "site_core.page_cache.timing.TimingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "site_core.page_cache.headers.HeadersMiddleware",
    "site_core.page_cache.compression.TextCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "site_core.accounts.sign_in.middleware.SignInMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "site_core.publishing.review.refusals.ApprovalRefusedMiddleware",
    "site_core.admin.bad_requests.BadAdminRequestMiddleware",
    "site_core.admin.request_limits.NestingMiddleware",
    "site_core.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "site_core.urls"
WSGI_APPLICATION = "site_core.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "site_core.page_cache.script_nonce.Loader"],
                )
            ],
            "builtins": ["site_core.page_cache.templatetags.script_nonce"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "site_core.pages.context_processors.page_frame",
            ],
        },
    },
]

# Widgets find their templates in TEMPLATES, too.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "en-us"
TIME_ZONE = "America/New_York"

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "site_core.accounts.passwords.GuessablePasswordValidator"},
]
# Where the doors of private pages lead who came to them without a page in mind.
LOGIN_REDIRECT_URL = "/"

# A session ends this many seconds after the last request, and after the longest time whatever happens.
SESSION_ENGINE = "site_core.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_LONGEST = timedelta(days=14)
# The lowest role that needs a second step to sign in ("" for none), and how long after the first sign-in it can wait.
SECOND_STEP_REQUIRED_FROM = "Editor"
SECOND_STEP_GRACE = timedelta(days=10)
# How many attempts in how many seconds: for an account from a network, from a network, and for an account. Beyond the
# last, each network has one attempt for that account (`site_core/accounts/sign_in/throttle.py`).
SIGN_IN_LIMITS = {
    "password": {"account_and_network": (5, 15 * 60), "network": (50, 15 * 60), "account": (100, 60 * 60)},
    "code": {"account_and_network": (5, 15 * 60), "network": (50, 15 * 60), "account": (20, 60 * 60)},
    "reset": {"account_and_network": (3, 60 * 60), "network": (20, 60 * 60), "account": (10, 60 * 60)},
    # The links of invitations and resets.
    "link": {"account_and_network": (10, 15 * 60), "network": (30, 15 * 60), "account": (100, 60 * 60)},
    # Sent by one person.
    "invitation": {"account_and_network": (30, 60 * 60), "network": (100, 60 * 60), "account": (60, 60 * 60)},
}
# Whether the site reads pages of other sites, for press mentions and to check links, and through which proxy.
OUTGOING_REQUESTS, OUTGOING_PROXY = environment.outgoing()
# Whether Crossref is asked for what it has on file of a study's DOI.
CROSSREF_IS_ASKED = environment.switch("CROSSREF")
# How many answers to “Was this page useful?” one network can send in how many seconds.
FEEDBACK_LIMIT = (20, 60 * 60)
# Where the address of a visitor is. Only a proxy of our own may set a header.
CLIENT_ADDRESS_HEADER = "REMOTE_ADDR"

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = STATE_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "site_core.media.storage.folder.MediaFolder"},
    "staticfiles": {"BACKEND": "site_core.ops.static_storage.CollectedFilesStorage"},
}
# Every URL has the name with the digest. Files without it would double the time of compression.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Wagtail's editor posts several fields for each block of a page.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Load balancers and Prometheus request these paths without HTTPS.
SECURE_REDIRECT_EXEMPT = ["^health/", "^metrics$"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

CACHES: dict[str, dict[str, Any]] = {
    # `manage.py migrate` makes the table. With the 300 entries that Django keeps, a throttle would forget visitors.
    "default": {
        "BACKEND": "site_core.page_cache.cache.SharedCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "generation": {"BACKEND": "site_core.page_cache.cache.GenerationCache", "LOCATION": "generation"},
    # Wagtail keeps the sizes of pictures in the cache of this name.
    "renditions": {"BACKEND": "site_core.page_cache.cache.GenerationCache", "LOCATION": "renditions"},
}

# Where errors are reported ("" for nowhere). production.py sets it.
SENTRY_DSN = ""

# Memory for stored pages, in each web server process.
PAGE_STORE_BYTES = environment.integer("PAGE_STORE_BYTES", 64 * 1024 * 1024)

# Milliseconds for which a query may wait for a lock of PostgreSQL, and in which it has to end (0: no limit). What it
# is for: a page of which there is an older copy, one of which there is none, any other request, a command, `migrate`.
DATABASE_LIMITS = {
    "copy": (700, 900),
    "visit": (700, 5_000),
    "request": (10_000, 30_000),
    "command": (60_000, 0),
    # Others queue behind it. `migrate` tries again.
    "migrate": (500, 0),
}
# In each worker of the web server: its `--blocking-threads`, and how many of them use Django at once: for requests
# that are not answered from the store, and for pages that are rendered for it. A stored page always finds a thread.
WEB_THREADS = 16
REQUESTS_AT_ONCE = 4
RENDERINGS_AT_ONCE = 3

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "site_core.ops.log_secrets.LineFormatter",
            "fmt": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"site_core": {"level": "INFO"}},
}

# What sends mail that is queued (`site_core/mail/`). Only a public site queues its mail.
MAIL_SERVER_BACKEND = "site_core.mail.smtp.EmailBackend"

# Wagtail

WAGTAIL_SITE_NAME = "NNSC"
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English")]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_AUTOSAVE_INTERVAL = 2500
WAGTAIL_FINISH_WORKFLOW_ACTION = "site_core.publishing.review.after_review.publish_approved"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILADMIN_NOTIFICATION_USE_HTML = True
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 5
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "ul", "ol", "link", "document-link"]},
    },
}
# Nobody sets another person's password. Invited people choose one by the link in the mail.
WAGTAILUSERS_PASSWORD_ENABLED = False
# The email address is the login. It changes by a link to the new one.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "site_core.accounts.invitations.ResetForm"
TAGGIT_CASE_INSENSITIVE = True

WAGTAILIMAGES_IMAGE_MODEL = "media.SiteImage"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "site_core.media.forms.ImageForm"
# What the screen for several pictures lets through. The form goes by what is in a file.
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "heif", "jfif", "jpeg", "jpg", "png", "webp"]
WAGTAILDOCS_DOCUMENT_MODEL = "media.SiteDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "site_core.media.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# No CDN. production.py sets one from CDN_URL.
WAGTAILFRONTENDCACHE: dict[str, dict[str, str]] = {}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []

WAGTAILSEARCH_BACKENDS = {
    # A PostgreSQL text search configuration, created by a migration: English without accents. SQLite ignores it.
    "default": {"BACKEND": "site_core.search.backend", "SEARCH_CONFIG": "site_english"},
}


def url_settings(site_url: SiteURL) -> dict[str, object]:
    """The settings that follow from the public URL of the site."""
    return {
        "SITE_URL": site_url,
        # The publishing process fetches pages from this URL to verify what the public sees.
        "VERIFICATION_URL": site_url,
        "WAGTAILADMIN_BASE_URL": site_url.url,
        "CSRF_TRUSTED_ORIGINS": [site_url.url],
        "SECURE_SSL_REDIRECT": site_url.is_https,
        "SECURE_HSTS_SECONDS": 60 * 60 * 24 * 365 if site_url.is_https else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": site_url.is_https,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if site_url.is_https else None,
        # With this prefix a browser takes a cookie from this host alone, over https, and never from a subdomain.
        "SESSION_COOKIE_NAME": f"{'__Host-' if site_url.is_https else ''}sessionid",
        "CSRF_COOKIE_NAME": f"{'__Host-' if site_url.is_https else ''}csrftoken",
        "SESSION_COOKIE_SECURE": site_url.is_https,
        "CSRF_COOKIE_SECURE": site_url.is_https,
    }
