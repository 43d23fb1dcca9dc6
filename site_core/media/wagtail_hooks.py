"""What the admin says of pictures that visitors do not get to see."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.permissions import policy_registry

from site_core.admin.homepage import SHOWN, Line, Lines
from site_core.media.images import SiteImage, SiteRendition
from site_core.media.pictures import SMALLEST

NOTE = "its file is missing or damaged: choose it anew, or use another picture"


@hooks.register("construct_homepage_panels")
def show_pictures_without_files(request: HttpRequest, panels: list[Any]) -> None:
    """In the admin's home, for whoever may change them."""
    smallest = SiteRendition.objects.filter(image=OuterRef("pk"), filter_spec=SMALLEST)
    mine = policy_registry.get_by_type(SiteImage).instances_user_has_permission_for(request.user, "change")
    lost = mine.filter(~Exists(smallest)).order_by("-pk")[:SHOWN]
    lines = [
        Line(image.title, "picture", reverse("wagtailimages:edit", args=[image.pk]), NOTE, image.filename)
        for image in lost
    ]
    if lines:
        panels.append(Lines("lost-pictures", 15, "Pictures that visitors do not see", lines))
