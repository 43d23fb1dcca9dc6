"""Everything of this site that the admin shows with an icon has one of its own. Blocks: `test_blocks.py`."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import get_resolver
from wagtail.admin.icons import get_icons
from wagtail.admin.menu import admin_menu, help_menu, reports_menu, settings_menu
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets import viewsets
from wagtail.snippets.models import get_snippet_models

from impact.blocks import StatsBlock
from impact.stats import ImpactStat
from site_core.pages.admin_views import SitePageViewSet
from tests.contracts.rules import our_blocks

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

GENERIC = {"", "snippet", "placeholder"}
OURS = ("site_core", "news", "home", "strategies", "impact")
# The list of all snippets, which no menu shows.
HIDDEN = {"snippets"}


def subclasses(of: type[Any]) -> Iterator[type[Any]]:
    for one in of.__subclasses__():
        yield one
        yield from subclasses(one)


def icons() -> dict[str, str]:
    """The icon of each thing, by its name."""
    get_resolver().url_patterns  # noqa: B018 (imports every view, and so every report)
    menus = (admin_menu, reports_menu, settings_menu, help_menu)
    items = [item for menu in menus for item in menu.registered_menu_items if item.name not in HIDDEN]
    found = {f"menu item {item.name}": item.icon_name for item in items}
    found |= {f"snippet {model.__name__}": model.snippet_viewset.icon for model in get_snippet_models()}
    ours = [viewset for viewset in viewsets.viewsets if type(viewset).__module__.startswith(OURS)]
    # The list of all pages is under “Pages”, which has an icon.
    listed = [viewset for viewset in ours if hasattr(viewset, "icon") and not isinstance(viewset, SitePageViewSet)]
    found |= {f"viewset {viewset.name}": viewset.icon for viewset in listed}
    reports = [report for report in subclasses(ReportView) if report.__module__.startswith(OURS)]
    found |= {f"report {report.__name__}": report.header_icon for report in reports}
    return found | {f"block {name}": block.meta.icon for name, block in our_blocks().items()}


def test_nothing_has_the_icon_that_stands_for_anything() -> None:
    found = icons()
    assert {name for name, icon in found.items() if icon in GENERIC} == set()
    assert [name for name in found if name.startswith("report ")]


def test_every_icon_is_drawn() -> None:
    sprite = get_icons()
    assert {name for name, icon in icons().items() if f'id="icon-{icon}"' not in sprite} == set()


def test_impact_stats_and_their_block_have_a_chart() -> None:
    icons_of_blocks = {block.meta.icon for block in our_blocks().values() if isinstance(block, StatsBlock)}
    assert {ImpactStat.snippet_viewset.icon} == icons_of_blocks == {"chart"}
