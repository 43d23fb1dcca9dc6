"""Citations and embed code, which never leave out the population and the status of a stat."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape

from impact.stats import ImpactStat

# Characters that LaTeX reads as commands. Braces become words, because BibTeX counts even escaped ones.
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "–": "--",
        "—": "---",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)


@dataclass(frozen=True)
class Citation:
    """The texts for readers to copy: a citation in two styles, and the code of an embedded stat."""

    apa: str
    bibtex: str
    embed_code: str

    @classmethod
    def of(cls, stat: ImpactStat, organization: str, root_url: str) -> Self:
        """`organization` is cited as the author; `root_url` is the scheme and host of the site."""
        url = f"{root_url}{stat.get_absolute_url()}"
        return cls(
            apa=apa(stat, organization, url),
            bibtex=bibtex(stat, organization, url),
            embed_code=embed_code(stat, f"{url}embed/"),
        )


def title_of(stat: ImpactStat) -> str:
    """Value, sentence and place in one line."""
    return f"{stat.figure} {stat.whole_sentence}, {stat.place or 'place not recorded'}"


def spoken_title_of(stat: ImpactStat) -> str:
    """The title as it is read aloud, with “Withdrawn: ” where that is so: names the frame of an embedded stat."""
    withdrawn = "Withdrawn: " if stat.is_withdrawn else ""
    return f"{withdrawn}{stat.spoken_value} {stat.whole_sentence}, {stat.place or 'place not recorded'}"


def status_and_correction(stat: ImpactStat) -> str:
    """The status, and the notice of a correction or withdrawal."""
    return ". ".join(part for part in (stat.status_words, stat.notice) if part)


def publication_day(stat: ImpactStat) -> date | None:
    """The day of the last publication or correction, None where neither is recorded."""
    published = timezone.localdate(stat.last_published_at) if stat.last_published_at else None
    return max((day for day in (published, stat.corrected_on) if day), default=None)


def apa(stat: ImpactStat, organization: str, url: str) -> str:
    """A citation in the style of the American Psychological Association, 7th edition."""
    day = publication_day(stat)
    when = date_format(day, "Y, F j") if day else "n.d."
    return f"{organization}. ({when}). {title_of(stat)} [{status_and_correction(stat).rstrip('.')}]. {url}"


def bibtex(stat: ImpactStat, organization: str, url: str) -> str:
    """A BibTeX entry."""
    day = publication_day(stat)
    fields = {
        "author": f"{{{organization.translate(_LATEX)}}}",
        "title": f"{{{title_of(stat).translate(_LATEX)}}}",
        "year": str(day.year) if day else "n.d.",
        # On one line.
        "note": " ".join(status_and_correction(stat).split()).translate(_LATEX),
        "url": url,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{stat.slug},\n{lines}\n}}"


def embed_code(stat: ImpactStat, url: str) -> str:
    """HTML that shows the stat on another site."""
    return (
        f'<iframe src="{escape(url)}" title="{escape(spoken_title_of(stat))}" width="100%" height="480" '
        f'style="border: 0; color-scheme: light dark" loading="lazy"></iframe>'
    )
