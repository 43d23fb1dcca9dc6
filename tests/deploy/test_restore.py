"""A backup as docs/operations.md has it made, brought back where there is another site, is the site as it was.

`tests/deploy/documents/` brings one back where there is none.
"""

import json
from pathlib import Path

from tests.deploy.prepared_site import OWNER, PREPARED, WEB, as_role, environment, manage
from tests.deploy.running_deployment import Deployment

MAKE_PICTURE = """
from io import BytesIO
from django.core.files.base import ContentFile
from PIL import Image
from site_core.media.models import SiteImage
picture = BytesIO()
Image.new("RGB", (600, 400), "teal").save(picture, "PNG")
SiteImage.objects.create(title="To be kept", file=ContentFile(picture.getvalue(), "to-be-kept.png"))
"""
# Everything but what a running site writes down by itself, and what a restore builds anew: the search index and the
# counts of news items.
LOOK = """
import json
from django.apps import apps
from django.test import Client
from site_core.publishing.ledger.guard import ledger_is_protected
passing = {"Session", "RunnerLease", "Receipt", "CommittedChange", "IndexEntry", "KeptCount"}
models = [model for model in apps.get_models() if model.__name__ not in passing]
rows = {model._meta.label: model._base_manager.count() for model in models}
home = Client().get("/", secure=True, headers={"host": "localhost"})
print(json.dumps([rows, ledger_is_protected("default"), home.status_code, home.text]))
"""


def test_a_backup_brings_back_all_there_was(deployment: Deployment, tmp_path: Path) -> None:
    file = tmp_path / "site.zip"
    # It would note between the look and the backup what it has done.
    deployment.stop_publishing()
    try:
        before = json.loads(deployment.shell(MAKE_PICTURE + LOOK))
        manage(deployment.environments[1], "backup", str(file))
    finally:
        deployment.start_publishing()

    restored = deployment.database.new_database("restored", PREPARED, OWNER)
    state = tmp_path / "state"
    state.mkdir()
    (state / "static").symlink_to(deployment.states[1] / "static")
    manage(environment(as_role(restored, OWNER), state), "restore", str(file), "--replace")
    variables = environment(as_role(restored, WEB), state)
    assert json.loads(manage(variables, "shell", "--verbosity", "0", "--command", LOOK)) == before
    assert before[1:3] == [True, 200]

    # Nothing else is missing.
    next((state / "media" / "images").glob("*.to-be-kept.*")).unlink()
    assert manage(variables, "prepare_pictures") == "1 made.\n"
