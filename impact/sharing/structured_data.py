"""JSON-LD of stats: each as an observation, all of them as a data set."""

from django.http import HttpRequest
from django.urls import reverse

from impact.notation import Unit, json_number
from impact.sharing.open_data import NOTE
from impact.stats import ImpactStat
from impact.status import Relation, effective_relation
from impact.studies import Study
from site_core.page_cache.root_url import root_url_of
from site_core.seo.structured_data import Claim, organization, place, recorded, web_page

# The words of components/stat_downloads.html.
DATASET_NAME = "All figures with their population, scope, status and evidence"
# The UN/CEFACT code of the unit percent.
PERCENT = "P1"


def stat_claims(stat: ImpactStat, request: HttpRequest) -> list[Claim]:
    """The page of a stat with its observation. A withdrawn stat has none."""
    path = stat.get_absolute_url()
    name = f"{stat.spoken_value} {stat.whole_sentence}"
    if stat.is_withdrawn:
        return [web_page(request, path, name, stat.notice)]
    # Only a study that supports the stat is cited as its source.
    sources = [item.study for item in stat.evidence.all() if effective_relation(item) == Relation.SUPPORTS]
    cited = [_study(study) for study in sources if study]
    return [web_page(request, path, name, stat.status_words, mainEntity=observation(stat, request), citation=cited)]


def observation(stat: ImpactStat, request: HttpRequest) -> Claim:
    """The number with its unit, what and whom it measures, where, and its status."""
    ends = {"minValue": json_number(stat.value_low), "maxValue": json_number(stat.value_high)}
    return recorded(
        {
            "@type": "Observation",
            "@id": f"{root_url_of(request)}{stat.get_absolute_url()}#figure",
            **(ends if stat.value_high is not None else {"value": json_number(stat.value_low)}),
            "unitText": Unit(stat.unit).label,
            "unitCode": PERCENT if stat.unit == Unit.PERCENT else "",
            "variableMeasured": {"@type": "StatisticalVariable", "name": stat.whole_sentence},
            "observationAbout": place(stat.place.name) if stat.place else None,
            "description": stat.status_words,
        }
    )


def _study(study: Study) -> Claim:
    return recorded(
        {
            "@type": "ScholarlyArticle" if study.described_as == "study" else "Report",
            "name": study.title or study.short_name,
            "description": study.citation,
            "datePublished": str(study.year or ""),
            "url": study.public_url,
        }
    )


def data_claims(request: HttpRequest) -> Claim:
    """All stats as the two files that the impact page links to."""
    root_url = root_url_of(request)
    files = (("CSV", "stats_csv"), ("JSON", "stats_json"))
    return {
        "@type": "Dataset",
        "name": DATASET_NAME,
        "description": NOTE,
        "creator": organization(request),
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": form, "contentUrl": root_url + reverse(name)}
            for form, name in files
        ],
    }
