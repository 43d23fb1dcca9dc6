"""What the pictures show beside the site's own content. All of it says that it is made up."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw
from wagtail.models import Revision

from benchmarks.handbook.camera import person
from home.models import TextPage
from news.models import NewsIndexPage
from news.partial_date import PartialDate
from site_core.accounts.roles import Role
from site_core.publishing.ledger.publications import Cause
from site_core.publishing.ledger.recording import because
from tests.factories import NewsItemPageFactory, PublisherFactory, TextPageFactory

PUBLISHER = "Example Gazette"
SUMMARY = "One or two sentences in our own words that say what the article holds."


def item(title: str, *, draft: bool = False, **fields: Any) -> Any:
    """A press mention that an Editor has published, unless it is a draft."""
    fields = {"publisher": PublisherFactory(name=PUBLISHER), "summary": SUMMARY, "date": PartialDate(2018, 4)} | fields
    return _published(
        NewsItemPageFactory(parent=NewsIndexPage.objects.get(), title=title, draft=True, **fields), draft
    )


def page(title: str, *, draft: bool = False, **fields: Any) -> Any:
    """A text page below “About” that an Editor has published, unless it is a draft."""
    return _published(
        TextPageFactory(parent=TextPage.objects.get(slug="about"), title=title, draft=True, **fields), draft
    )


def _published(made: Any, draft: bool) -> Any:
    if not draft:
        with because(Cause.PUBLISHED, by=person(Role.EDITOR)):
            made.latest_revision.publish()
    return type(made).objects.get(pk=made.pk)


def changed(obj: Any, role: Role, **fields: Any) -> Revision:
    """The draft of somebody who has changed these fields."""
    draft = obj.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision(user=person(role))


def scheduled(obj: Any, at: datetime, **fields: Any) -> None:
    """An update of these fields that an Editor has scheduled."""
    changed(obj, Role.EDITOR, go_live_at=at, **fields).publish(user=person(Role.EDITOR))


def nine_oclock(day: int) -> datetime:
    """At nine in the morning of a day of next month, on the clock in New York."""
    next_month = timezone.localtime().replace(day=1) + timedelta(days=32)
    return next_month.replace(day=day, hour=9, minute=0, second=0, microsecond=0)


def meeting_room() -> ContentFile[bytes]:
    """A drawing of a meeting room with nobody in it."""
    picture = Image.new("RGB", (3000, 2250), "#dcd6c8")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 1300, 3000, 2250), fill="#a08a76")
    for left in (450, 1250, 2050):
        draw.rectangle((left, 250, left + 500, 850), fill="white")
        draw.rectangle((left + 40, 290, left + 460, 810), fill="#b9d3df")
    for place in range(5):
        draw.rounded_rectangle((620 + place * 370, 1050, 900 + place * 370, 1400), 60, fill="#c08a4a")
    draw.polygon([(450, 1350), (2550, 1350), (2900, 1800), (100, 1800)], fill="#6d4526")
    for place in range(6):
        draw.rounded_rectangle((250 + place * 430, 1700, 590 + place * 430, 2150), 70, fill="#d9a860")
    file = BytesIO()
    picture.save(file, "JPEG", quality=85)
    return ContentFile(file.getvalue(), "meeting-room.jpg")
