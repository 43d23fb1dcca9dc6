"""Finds places in the handbook."""

from collections.abc import Sequence

from django.http import HttpRequest

from site_core.admin.finder.kinds import SHOWN, Found, Query
from site_core.admin.handbook.search import find_sections


class HelpKind:
    """The sections of the handbook."""

    label, order = "Help", 80

    def find(self, request: HttpRequest, query: Query) -> Sequence[Found]:
        return [Found(one.title, one.excerpt, one.url) for one in find_sections(query.text)[:SHOWN]]
