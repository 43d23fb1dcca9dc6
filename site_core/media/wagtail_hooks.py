"""Adds a panel to the home page of the admin that lists broken pictures."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from site_core.admin.homepage import SHOWN, Line, Lines
from site_core.media.images import SiteImage, SiteRendition
from site_core.media.pictures import SMALLEST

NOTE = "its file is missing or damaged: upload it again, or use another picture"


@hooks.register("construct_homepage_panels")
def add_broken_pictures_panel(request: HttpRequest, panels: list[Component]) -> None:
    """List the pictures without renditions that the user may change."""
    smallest = SiteRendition.objects.filter(image=OuterRef("pk"), filter_spec=SMALLEST)
    editable = policy_registry.get_by_type(SiteImage).instances_user_has_permission_for(request.user, "change")
    broken = editable.filter(~Exists(smallest)).order_by("-pk")[:SHOWN]
    lines = [
        Line(image.title, "picture", reverse("wagtailimages:edit", args=[image.pk]), NOTE, image.filename)
        for image in broken
    ]
    if lines:
        panels.append(Lines("lost-pictures", 15, "Pictures that visitors do not see", lines))
