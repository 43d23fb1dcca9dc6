"""What the forms of the admin hold beyond what their HTML shows, because a script or a person fills it in."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Collection

from tests import factories

# No block in the body.
BODY = {"body-count": "0"}
PRIVATE = {"restriction_type": "login"}
LINK = "https://example.org/"
# Its form does not mark what is required, because a citation may fill it in.
STUDY = {
    "short_name": "Example 2015",
    "authors": "Example, A.",
    "year": "2015",
    "title": "An example",
    "container": "A journal",
}


def forms_filled_by_scripts(tree: factories.SiteTree, values: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """By the name of the address."""
    collection, group = Collection.get_first_root_node().pk, Group.objects.get(name="Author").pk
    image, document = values["wagtailimages"]["image_id"], values["wagtaildocs"]["document_id"]
    text = SimpleUploadedFile("example.txt", b"An example.")
    return {
        "review": {"action": "approve"},
        "broken_link": {"action": "right"},
        "check_stat": {"verdict": "confirmed"},
        **{name: {"name": "Example name"} for name in ("term_names", "publisher_names")},
        "wording_not_here": {"rule": "labels", "words": "offender", "reason": "An example."},
        "wagtailsnippetchoosers_impact_study:create": STUDY,
        "wagtailadmin_pages:add": {**BODY, "date": "2018"},
        **{f"wagtailadmin_pages:{name}": BODY for name in ("edit", "revisions_revert")},
        "wagtailadmin_pages:copy": {"new_slug": "a-copy"},
        "wagtailadmin_pages:set_privacy": PRIVATE,
        "wagtailadmin_collections:set_privacy": PRIVATE,
        "wagtailadmin_collections:add": {"parent": collection},
        "wagtailadmin_workflows:add_task": {"groups": group},
        **{f"wagtailredirects:{name}": {"redirect_link": LINK} for name in ("add", "edit")},
        "wagtailsearchpromotions:add": promotion(tree.about.pk),
        "wagtailsites:add": {"root_page": tree.about.pk},
        "wagtailusers_users:add": {"groups": group},
        "wagtailimages:add_multiple": {"files[]": factories.drawn_picture()},
        "wagtailimages:edit_multiple": multiple("image", image, collection),
        "wagtaildocs:add_multiple": {"files[]": text},
        "wagtaildocs:edit_multiple": multiple("doc", document, collection),
    }


def multiple(prefix: str, pk: int, collection: int) -> dict[str, Any]:
    return {f"{prefix}-{pk}-title": "Another title", f"{prefix}-{pk}-collection": collection}


def promotion(page: int) -> dict[str, Any]:
    form = {"ORDER": 1, "page": page, "external_link_url": "", "external_link_text": "", "description": ""}
    count = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    formset = {**count, **{f"0-{name}": value for name, value in form.items()}}
    return {"query_string": "another", **{f"editors_picks-{name}": value for name, value in formset.items()}}
