"""A stat with its study, and the form of the screen “Check” as somebody fills it in."""

from datetime import date
from typing import Any

from django.urls import reverse

from impact.models import Evidence, ImpactStat
from tests import factories
from tests.publishing.review.review_admin import client_of

DUE = date(2027, 5, 1)


def studied_stat(**fields: Any) -> ImpactStat:
    evidence = Evidence(study=factories.StudyFactory(), relation="supports", reports="12.5%")
    stat: ImpactStat = factories.ImpactStatFactory(evidence=[evidence], compared_on=date(2026, 3, 1), **fields)
    return stat


def check(user: Any, stat: ImpactStat, **entered: Any) -> Any:
    """Fill in the form of a stat and send it."""
    client, url = client_of(user), reverse("check_stat", args=[stat.pk])
    form = client.get(url).context["form"]
    typed = {field.html_name: "" if field.value() is None else field.value() for field in form}
    return client.post(url, typed | entered)


def now(stat: ImpactStat) -> ImpactStat:
    return ImpactStat.objects.get(pk=stat.pk)
