"""What figures say to machines: a figure as an observation, all of them as data."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from impact.evidence import Evidence
from impact.notation import Unit
from impact.sharing.open_data import NOTE
from impact.stats import ImpactStat
from impact.status import Relation, effective_relation
from site_core.page_cache.root_url import root_url_of
from site_core.seo.structured_data import Claim, organization, place, recorded, web_page

# As components/figure_downloads.html puts it.
NAME_OF_THE_DATA = "All figures with their people, scope, status and evidence"
# The code of the United Nations for a percentage.
PERCENT = "P1"


def stat_claims(stat: ImpactStat, request: HttpRequest) -> list[Claim]:
    """The page of a figure. One that was withdrawn is no observation any more."""
    path = stat.get_absolute_url()
    name = f"{stat.spoken_value} {stat.whole_sentence}"
    if stat.is_withdrawn:
        return [web_page(request, path, name, stat.notice)]
    sources = [item for item in stat.evidence.all() if is_source(item)]
    cited = [_study(item) for item in sources]
    return [web_page(request, path, name, stat.status_words, mainEntity=observation(stat, request), citation=cited)]


def observation(stat: ImpactStat, request: HttpRequest) -> Claim:
    """The number with its unit, what it is of and of whom, where, and how it stands to its evidence."""
    ends = {"minValue": _number(stat.value_low), "maxValue": _number(stat.value_high)}
    return recorded(
        {
            "@type": "Observation",
            "@id": f"{root_url_of(request)}{stat.get_absolute_url()}#figure",
            **(ends if stat.value_high is not None else {"value": _number(stat.value_low)}),
            "unitText": Unit(stat.unit).label,
            "unitCode": PERCENT if stat.unit == Unit.PERCENT else "",
            "variableMeasured": {"@type": "StatisticalVariable", "name": stat.whole_sentence},
            "observationAbout": place(stat.place.name) if stat.place else None,
            "description": stat.status_words,
        }
    )


def is_source(item: Evidence) -> bool:
    """Whether a study bears the figure out: no other is cited for it."""
    return bool(item.study) and effective_relation(item) == Relation.SUPPORTS


def _study(item: Evidence) -> Claim:
    study: Any = item.study
    return recorded(
        {
            "@type": "ScholarlyArticle" if study.described_as == "study" else "Report",
            "name": study.title or study.short_name,
            "description": study.citation,
            "datePublished": str(study.year or ""),
            "url": study.address,
        }
    )


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def data_claims(request: HttpRequest) -> Claim:
    """All figures as the two files that the impact page links to."""
    root_url = root_url_of(request)
    files = (("CSV", "stats_csv"), ("JSON", "stats_json"))
    return {
        "@type": "Dataset",
        "name": NAME_OF_THE_DATA,
        "description": NOTE,
        "creator": organization(request),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": form, "contentUrl": root_url + reverse(name)}
            for form, name in files
        ],
    }
