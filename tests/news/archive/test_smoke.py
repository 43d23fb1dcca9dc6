import json
from io import StringIO
from pathlib import Path
import pytest
from django.core.management import call_command
from tests import factories
from tests.factories import SiteTree
from news.models import *
from site_core.publishing.ledger.publications import Publication

pytestmark = pytest.mark.django_db

def run(*args):
    out = StringIO()
    call_command("import_news", *args, stdout=out)
    return out.getvalue()

def test_it(site_tree: SiteTree, tmp_path):
    for n in ("Oakland","High Point","York"):
        factories.PlaceTermFactory(name=n)
    factories.StrategyTermFactory(name="Group Violence Intervention")
    factories.StrategyTermFactory(name="Intimate Partner Violence Intervention")
    factories.ComponentTermFactory(name="Support and Outreach")
    factories.ComponentTermFactory(name="Reconciliation")
    factories.PublisherFactory(name="The New York Times")
    factories.PublisherFactory(name="USA TODAY")
    f = Path(__file__).with_name("press-mentions.csv")
    print(run(str(f), "--dry-run"))
    print(json.dumps(json.loads(run(str(f), "--dry-run", "--json")), indent=1, ensure_ascii=False))
    print(run(str(f), "--as", "live"))
    for i in NewsItemPage.objects.all():
        print(i.title, i.live, i.date, i.publisher, i.link, i.summary, i.asked_for, [c for c in i.clusters])
    print(Publication.objects.values_list("cause","title","by"))
    print(run(str(f), "--as", "live"))
    t = tmp_path/"l.txt"
    t.write_text("""News & Updates

Ulster County launches first-in-NY effort
April 2018\u00a0|\u00a0Daily Freeman
The county began it. A second sentence.
More to read.
Tags: High Point Intimate Partner Violence Intervention

Taking Aim
March 2018 | USA TODAY
PODCAST: Somebody talks of it.
Tags: OaklandHigh Point Group Violence Intervention ReconciliationSupport and Outreach
No date to speak of
Sometime | USA TODAY
Text
""")
    print(run(str(t), "--dry-run"))
    print(run(str(t)))
    for i in NewsItemPage.objects.order_by("-pk")[:2]:
        print(i.title, i.live, i.date, i.publisher, i.item_type, i.summary, i.asked_for, i.body, [c for c in i.clusters])
    assert 0
