"""The types of news items, and how lists name them."""

from django.db import models


class ItemType(models.TextChoices):
    """The type of a piece."""

    NEWS = "news", "News"
    OPINION = "opinion", "Opinion"
    PODCAST = "podcast", "Podcast"
    EVENT = "event", "Event"
    CASE_STUDY = "case-study", "Case study"
    REPORT = "report", "Report"
    VIDEO = "video", "Video"
    ANNOUNCEMENT = "announcement", "Announcement"


def type_label(item_type: str, title: str) -> str:
    """Return the label before a headline: "" for plain news, and for a headline that begins with the label."""
    label = "" if item_type == ItemType.NEWS else str(ItemType(item_type).label)
    return "" if title.lower().startswith(label.lower()) else label
