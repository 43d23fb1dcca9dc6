"""Every alert of deploy/prometheus fires, and no other, on metrics that the site prints while something is wrong.

promtool, Prometheus's own program, evaluates the rules. It is given what was scraped while all was well, for a quarter
of an hour, and then what was scraped in trouble, for an hour and a quarter.
"""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from site_core.ops.gauges import machine_state, worker_state
from site_core.ops.gauges.machine_state import MachineState
from site_core.ops.gauges.site_state import SiteState
from site_core.ops.models import RestoreDrill
from site_core.page_cache.timing import TimingMiddleware
from site_core.publishing.runner.lease import Claim
from site_core.settings import environment
from tests import debian, factories
from tests.deploy.alerts.troubles import TROUBLES, Scene
from tests.small_disk import small_disk

FOLDER = settings.BASE_DIR / "deploy" / "prometheus"
RUNBOOK = settings.BASE_DIR / "docs" / "runbook.md"
DASHBOARD = settings.BASE_DIR / "deploy" / "grafana" / "dashboard.json"
RULES = yaml.safe_load((FOLDER / "alerts.yaml").read_text())["groups"][0]["rules"]
# Scrapes, a quarter of a minute apart.
WELL, UNWELL = 60, 300
PROCESSES = ("127.0.0.1:8001", "127.0.0.1:8002")
COUNTED = ("_total", "_bucket", "_count", "_sum")
FIRING = 'group by (alertname) (ALERTS{alertstate="firing"})'

# The values by the name of a series and its labels.
Scraped = dict[tuple[str, tuple[tuple[str, str], ...]], float]
# Of each process: while all was well, and in trouble. None if it does not answer.
Course = dict[str, tuple[Scraped, Scraped | None]]


def scraped() -> Scraped:
    """What a web process prints at /metrics."""
    registry = CollectorRegistry()
    registry.register(MachineState())
    registry.register(SiteState())
    text = (generate_latest(REGISTRY) + generate_latest(registry)).decode()
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name.startswith("nnsc_") and not sample.name.endswith("_created")
    }


def values(name: str, well: float | None, unwell: float | None) -> str:
    """What promtool reads as a course. What is counted grows with each scrape as it has grown in trouble."""
    before = "_x" + str(WELL - 1) if well is None else f"{well}+0x{WELL - 1}"
    if unwell is None:
        return f"{before} stale _x{UNWELL - 1}"
    growth = unwell - (well or 0) if name.endswith(COUNTED) else 0
    return f"{before} {unwell}+{growth}x{UNWELL - 1}"


def series_of(course: Course) -> list[dict[str, str]]:
    series = []
    for process, (well, unwell) in course.items():
        own = f'instance="{process}",job="nnsc"'
        up = values("up", 1, 0 if unwell is None else 1)
        series.append({"series": f"up{{{own}}}", "values": up})
        for name, labels in well | (unwell or {}):
            written = ",".join([own, *(f'{label}="{value}"' for label, value in labels)])
            key = (name, labels)
            course_of_it = values(name, well.get(key), (unwell or {}).get(key))
            series.append({"series": f"{name}{{{written}}}", "values": course_of_it})
    return series


def trial(alert: str, course: Course) -> dict[str, Any]:
    """A test of promtool's: nothing fires while all is well, and this alert alone in trouble."""
    fires = [{"labels": f'{{alertname="{alert}"}}', "value": 1}]
    return {
        "name": alert,
        "interval": "15s",
        "input_series": series_of(course),
        "promql_expr_test": [
            {"expr": FIRING, "eval_time": f"{(WELL - 1) * 15}s", "exp_samples": []},
            {"expr": FIRING, "eval_time": f"{(WELL + UNWELL - 2) * 15}s", "exp_samples": fires},
        ],
    }


@pytest.fixture
def scene(site_tree: factories.SiteTree, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A site with everything in its place."""
    settings.SITE_URL = environment.site_url("https://www.example.org", "NO_SUCH_VARIABLE")
    ends_at = timezone.now().timestamp() + 60 * 86_400
    monkeypatch.setattr(machine_state, "_end_of_certificate", lambda *_: ends_at)
    assert Claim().holds()
    RestoreDrill.objects.create(backup_made_at=timezone.now(), rows=1, pages=1)
    worker_state._WAITING.set(0)
    TimingMiddleware(lambda _: HttpResponse())
    with small_disk() as disk:
        yield Scene(site_tree, tmp_path, disk, settings, monkeypatch)


def course_of(trouble: Any, scene: Scene, folder: Path) -> Course:
    """The trouble made and undone."""
    folder.mkdir()
    well = scraped()
    with pytest.MonkeyPatch.context() as undone, transaction.atomic():
        trouble(Scene(scene.site_tree, folder, scene.disk, scene.settings, undone))
        unwell = scraped()
        undone.undo()
        transaction.set_rollback(True)
    worker_state._WAITING.set(0)
    return dict.fromkeys(PROCESSES, (well, unwell))


@pytest.mark.django_db
def test_every_alert_fires_in_its_trouble_and_no_other_does(scene: Scene, tmp_path: Path) -> None:
    promtool = debian.program("promtool", "prometheus")
    kept = {name: getattr(scene.settings, name) for name in ("STATE_DIR", "SITE_URL")}
    trials = []
    for number, (alert, trouble) in enumerate(TROUBLES):
        trials.append(trial(alert, course_of(trouble, scene, tmp_path / str(number))))
        for name, value in kept.items():
            setattr(scene.settings, name, value)
    well = scraped()
    one, other = PROCESSES
    build = next(key for key in well if key[0] == "nnsc_build_info")
    upgraded = {key: value for key, value in well.items() if key != build} | {(build[0], (("build", "next"),)): 1.0}
    trials += [
        trial("SiteIsDown", {one: (well, None), other: (well, None)}),
        trial("WebProcessIsDown", {one: (well, well), other: (well, None)}),
        trial("VersionsDiffer", {one: (well, well), other: (well, upgraded)}),
    ]
    assert {one["name"] for one in trials} == {rule["alert"] for rule in RULES}
    file = tmp_path / "trials.yaml"
    tests = {"rule_files": [str(FOLDER / "alerts.yaml")], "evaluation_interval": "15s", "tests": trials}
    file.write_text(json.dumps(tests))
    subprocess.run([promtool, "check", "rules", str(FOLDER / "alerts.yaml")], check=True, capture_output=True)
    said = subprocess.run([promtool, "test", "rules", str(file)], check=False, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr


def test_every_alert_has_its_page_in_the_runbook() -> None:
    pages = {title.lower(): title for title in re.findall(r"^## (\w+)$", RUNBOOK.read_text(), re.M)}
    assert set(pages.values()) == {rule["alert"] for rule in RULES}
    for rule in RULES:
        assert rule["annotations"]["runbook_url"] == f"docs/runbook.md#{rule['alert'].lower()}"
        assert rule["labels"]["severity"] in ("page", "ticket")


@pytest.mark.django_db
def test_alerts_and_dashboard_ask_for_nothing_that_is_not_printed(scene: Scene) -> None:
    printed = {name for name, _ in scraped()} | {"nnsc_pool_connections"}
    asked = set(re.findall(r"nnsc_\w+", (FOLDER / "alerts.yaml").read_text()))
    panels = json.loads(DASHBOARD.read_text())["panels"]
    for panel in panels:
        asked |= {name for target in panel["targets"] for name in re.findall(r"nnsc_\w+", target["expr"])}
    assert asked <= printed
    assert len({panel["id"] for panel in panels}) == len(panels)
