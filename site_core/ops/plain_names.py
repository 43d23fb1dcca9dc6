"""Names of rows that Wagtail and Django make themselves, in the words of the admin."""

from django.contrib.auth.models import Permission
from wagtail.models import Collection, Page, PageLogEntry

# Wagtail's first page, which stands until the content is loaded.
WELCOME, FIRST_PAGE = "Welcome to your new Wagtail site!", "First page"
ROOT, ALL_PAGES, ALL_FILES = "Root", "All pages", "Library"
ENTRY, USES_ADMIN = "Can access Wagtail admin", "Can use the admin"
# Django makes the names of permissions of the English names of models, whatever the admin calls these.
MODELS = {"workflow": "review process", "task": "review step"}


def name_plainly() -> None:
    """Renames what still has its stock name, and writes nothing else: a write would invalidate the stored pages."""
    for depth, stock, name in ((1, ROOT, ALL_PAGES), (2, WELCOME, FIRST_PAGE)):
        Page.objects.filter(depth=depth, title=stock).update(title=name, draft_title=name)
    PageLogEntry.objects.filter(label=WELCOME).update(label=FIRST_PAGE)
    Collection.objects.filter(depth=1, name=ROOT).update(name=ALL_FILES)
    Permission.objects.filter(name=ENTRY).update(name=USES_ADMIN)
    for model, name in MODELS.items():
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", name__endswith=f" {model}"):
            permission.name = permission.name.replace(f" {model}", f" {name}")
            permission.save()
