"""The pages and pictures of the handbook. A process reads the pages once; they change with the code."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from site_core.admin.handbook.rendering import START, Rendered, Section, page_url, rendered


@dataclass(frozen=True)
class HandbookPage:
    """A page by the name of its file, without the ending."""

    name: str
    rendered: Rendered

    @property
    def title(self) -> str:
        return self.rendered.sections[0].heading

    @property
    def url(self) -> str:
        return page_url(self.name)

    @property
    def parts(self) -> list[Section]:
        """The sections that its table of contents lists."""
        return [section for section in self.rendered.sections if section.level == 2]


@cache
def handbook() -> dict[str, HandbookPage]:
    """Every page by its name, in the order in which the first page names them."""
    sources = {file.stem: file.read_text(encoding="utf-8") for file in _folder().glob("*.md")}
    start = sources[START]
    in_order = sorted(sources, key=lambda name: (name != START, start.find(f"({name}.md)"), name))
    return {name: HandbookPage(name, rendered(sources[name])) for name in in_order}


@cache
def pictures() -> dict[str, Path]:
    """Every picture by the name of its file. Only what is listed here is ever sent."""
    return {file.name: file for file in (_folder() / "pictures").glob("*.png")}


def _folder() -> Path:
    return Path(settings.BASE_DIR) / "docs" / "editors"
