"""A figure on somebody else's page: cited or embedded, never without its people and its status."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape

from impact.stats import ImpactStat

# What LaTeX would read as a command. Braces are spelled out, because BibTeX counts even escaped ones.
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
    """What a reader copies: a citation in two forms, and the code of an embedded figure."""

    apa: str
    bibtex: str
    embed_code: str

    @classmethod
    def of(cls, stat: ImpactStat, organization: str, root_url: str) -> Self:
        """`organization` is named as the author; `root_url` is the site's scheme and host."""
        address = f"{root_url}{stat.get_absolute_url()}"
        return cls(
            apa=apa(stat, organization, address),
            bibtex=bibtex(stat, organization, address),
            embed_code=embed_code(stat, f"{address}embed/"),
        )


def title_of(stat: ImpactStat) -> str:
    """The whole figure in one line."""
    return f"{stat.figure} {stat.whole_sentence}, {stat.place or 'place not recorded'}"


def spoken_title_of(stat: ImpactStat) -> str:
    """The same as it is read aloud, for the name of a frame; of a withdrawn figure, that it is."""
    withdrawn = "Withdrawn: " if stat.is_withdrawn else ""
    return f"{withdrawn}{stat.spoken_value} {stat.whole_sentence}, {stat.place or 'place not recorded'}"


def status_of_record(stat: ImpactStat) -> str:
    """Its status, and the correction if there was one."""
    return ". ".join(part for part in (stat.status_words, stat.notice) if part)


def day_of(stat: ImpactStat) -> date | None:
    """The day since which it says what it says, as far as that is recorded."""
    published = timezone.localdate(stat.last_published_at) if stat.last_published_at else None
    return max((day for day in (published, stat.corrected_on) if day), default=None)


def apa(stat: ImpactStat, organization: str, address: str) -> str:
    """In the style of the American Psychological Association, 7th edition."""
    day = day_of(stat)
    when = date_format(day, "Y, F j") if day else "n.d."
    return f"{organization}. ({when}). {title_of(stat)} [{status_of_record(stat).rstrip('.')}]. {address}"


def bibtex(stat: ImpactStat, organization: str, address: str) -> str:
    """As an entry for BibTeX."""
    day = day_of(stat)
    fields = {
        "author": f"{{{organization.translate(_LATEX)}}}",
        "title": f"{{{title_of(stat).translate(_LATEX)}}}",
        "year": str(day.year) if day else "n.d.",
        "note": on_one_line(status_of_record(stat)).translate(_LATEX),
        "url": address,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{stat.slug},\n{lines}\n}}"


def embed_code(stat: ImpactStat, address: str) -> str:
    """HTML that shows the figure on another site."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(spoken_title_of(stat))}" width="100%" height="480" '
        f'style="border: 0" loading="lazy"></iframe>'
    )


def on_one_line(text: str) -> str:
    return " ".join(text.split())
