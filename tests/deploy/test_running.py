"""What visitors and those who look after the machine get of the site as it runs in production."""

import gzip
import json
import re
import subprocess
import time
from pathlib import Path

import brotli
import pytest

from tests import debian
from tests.deploy.admin import Admin
from tests.deploy.running_deployment import Deployment, Via
from tests.running_site import wait_until

PATHS = (
    *("/", "/strategies/", "/news/", "/news/?place=oakland", "/impact/", "/places/", "/search/"),
    *("/news/feed.rss", "/sitemap.xml"),
)
MAKE_FILES = """
from io import BytesIO
from django.core.files.base import ContentFile
from PIL import Image
from home.models import HomePage, TextPage
from site_core.media.models import SiteDocument, SiteImage
picture = BytesIO()
Image.new("RGB", (600, 400), "teal").save(picture, "PNG")
image = SiteImage.objects.create(title="Teal", file=ContentFile(picture.getvalue(), "teal.png"))
document = SiteDocument.objects.create(title="A guide", file=ContentFile(b"%PDF-1.4 an example", "a-guide.pdf"))
page = TextPage(title="With files", summary="An example.", body=[
    ("picture", {"image": image, "caption": ""}), ("documents", {"heading": "Guides", "documents": [document]})
])
HomePage.objects.get().add_child(instance=page)
page.save_revision().publish()
rendition = image.renditions.first()
print(page.pk, image.file.url, rendition.file.url, document.url, document.file.name)
"""


@pytest.fixture(scope="module")
def files(deployment: Deployment) -> list[str]:
    """The pk of a page, the URLs of an original, a rendition and a document, and the name of the document's file."""
    return deployment.shell(MAKE_FILES).split()


def curl(deployment: Deployment, *arguments: str) -> str:
    """What curl prints, which speaks HTTP/2 where it can."""
    command = [debian.program("curl", "curl"), "--silent", "--show-error", "--cacert", str(deployment.certificate)]
    return subprocess.run([*command, *arguments], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("path", PATHS)
def test_pages_come_over_http_2_with_everything_a_browser_must_know(deployment: Deployment, path: str) -> None:
    address = f"{deployment.address}{path}"
    said = curl(deployment, "--http2", "--head", "--write-out", "%{http_version} %{response_code}", address)
    assert said.endswith("2 200"), said
    headers = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert "cdn-cache-control" in headers
    assert "x-accel-expires" not in headers
    assert "set-cookie" not in headers
    assert headers["server"] == "nginx"


def test_a_page_is_the_same_in_every_encoding(deployment: Deployment) -> None:
    answers = {name: deployment.get("/", Accept_Encoding=name) for name in ("br", "gzip", "identity")}
    assert [answer.headers.get("Content-Encoding") for answer in answers.values()] == ["br", "gzip", None]
    assert brotli.decompress(answers["br"].body) == answers["identity"].body
    assert gzip.decompress(answers["gzip"].body) == answers["identity"].body
    assert len({answer.headers["ETag"] for answer in answers.values()}) == 3
    for name, answer in answers.items():
        unchanged = deployment.get("/", Accept_Encoding=name, If_None_Match=answer.headers["ETag"])
        assert (unchanged.status, unchanged.body) == (304, b"")


def test_what_a_page_loads_comes_compressed_from_the_folder_and_is_kept_for_ever(deployment: Deployment) -> None:
    home = deployment.get("/").text
    paths = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', home))
    assert {Path(path).suffix for path in paths} >= {".css", ".js", ".woff2"}
    for path in paths:
        answer = deployment.get(path, Accept_Encoding="gzip, deflate, br")
        assert answer.status == 200, path
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        # Sent by nginx: the site adds a policy to everything.
        assert "Permissions-Policy" not in answer.headers, path
    stylesheet = next(path for path in paths if path.endswith(".css"))
    file = deployment.states[1] / stylesheet.removeprefix("/")
    for name, suffix in {"br": ".br", "gzip": ".gz", "identity": ""}.items():
        answer = deployment.get(stylesheet, Accept_Encoding=name)
        assert answer.body == file.with_name(file.name + suffix).read_bytes()
        assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
        assert answer.headers["Vary"] == "Accept-Encoding"


def test_a_picture_has_the_headers_that_the_site_would_give_it(deployment: Deployment, files: list[str]) -> None:
    _, original, path, _, _ = files
    by_nginx, by_site = deployment.get(path), deployment.get(path, 1)
    assert (by_nginx.status, by_site.status) == (200, 200)
    assert by_nginx.body == by_site.body
    for name in (
        *("Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Cache-Control"),
        "Strict-Transport-Security",
    ):
        assert by_nginx.headers.get(name) == by_site.headers.get(name), name
    assert deployment.get(original).status == deployment.get(original, 1).status == 404


def test_a_picture_whose_file_is_gone_is_made_again(deployment: Deployment, files: list[str]) -> None:
    (deployment.states[1] / files[2].removeprefix("/")).unlink()
    assert deployment.get(files[2], 1).headers["Content-Type"] == "image/avif"


def test_a_document_is_given_out_by_the_site_alone(deployment: Deployment, files: list[str]) -> None:
    *_, address, name = files
    assert (deployment.states[1] / "media" / name).read_bytes() == b"%PDF-1.4 an example"
    answer = deployment.get(address)
    assert (answer.status, answer.body) == (200, b"%PDF-1.4 an example")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for path in (f"/media/{name}", f"/media/images/../{name}"):
        assert deployment.get(path).status == 404
        assert deployment.get(path, 1).status == 404


def test_a_file_of_a_page_that_is_withdrawn_comes_from_nowhere(deployment: Deployment, files: list[str]) -> None:
    pk, _, picture, document, _ = files
    admin = Admin(deployment)
    ways: tuple[Via, ...] = ("nginx", 1, 2)
    assert {deployment.get(path, way).status for path in (picture, document) for way in ways} == {200}
    assert admin.get(picture).status == 200
    page = f"from wagtail.models import Page; page = Page.objects.get(pk={pk}).specific; "
    deployment.shell(page + "page.unpublish()")
    try:
        # nginx asks again after a second, and counts whole ones.
        time.sleep(2.1)
        assert {deployment.get(path, way).status for path in (picture, document) for way in ways} == {404}
        assert admin.get(picture).status == 200
    finally:
        deployment.shell(page + "page.save_revision().publish()")


def test_who_is_signed_in_gets_pages_of_his_own_that_nobody_else_gets(deployment: Deployment) -> None:
    admin = Admin(deployment)
    assert admin.get("/admin/").status == 200
    own = admin.get("/impact/")
    assert own.headers["Cache-Control"] == "private, no-store"
    assert deployment.get("/impact/").headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert admin.get("/impact/").headers["Cache-Control"] == "private, no-store"


def test_the_site_is_ready_and_says_so_within_and_without(deployment: Deployment) -> None:
    assert json.loads(deployment.get("/health/ready").body) == {"ready": True}
    for via in (1, 2):
        assert json.loads(deployment.get("/health/ready", via).body) == {
            "ready": True,
            "page cache": "ok",
            "database": "ok",
            "migrations": "ok",
            "ledger": "ok",
            "backup": "ok",
            "publishing": "ok",
            "clock": "ok",
        }


def test_metrics_of_all_workers_are_told_on_the_machine_alone(deployment: Deployment) -> None:
    for _ in range(20):
        deployment.get("/health/live", 1)
    told = [deployment.get("/metrics", 1).text for _ in range(4)]
    answered = [float(re.findall(r'nnsc_request_seconds_count{status="2xx"} (\S+)', text)[0]) for text in told]
    # Whichever worker is asked, it knows of the requests of both.
    assert answered == sorted(answered)
    assert answered[0] >= 20
    assert "nnsc_database_up 1.0" in told[0]
    assert float(re.findall(r"^nnsc_runner_idle_seconds (\S+)", told[0], re.M)[0]) < 30
    assert deployment.get("/metrics").status == 404


def test_no_secret_of_a_url_is_in_any_log(deployment: Deployment) -> None:
    secret = "c0ffee-5ecre7A1b2"
    paths = [
        f"/schedule/{secret}.ics",
        f"/admin/password_reset/confirm/MQ/{secret}/",
        f"/admin/login/email/?token={secret}",
    ]
    for path in paths:
        referrer = {"Referer": f"{deployment.address}{path}"}
        deployment.request("GET", path, "nginx", referrer)
        deployment.request("GET", "/about/", "nginx", referrer)
        deployment.request("GET", path, 1, referrer)
    wait_until(lambda: "/admin/login/email/" in (deployment.folder / "access.log").read_text())
    logs = [deployment.log_of(name) for name in ("app-1", "app-2", "publishing", "nginx")]
    logs += [(deployment.folder / name).read_text() for name in ("access.log", "error.log")]
    assert [log for log in logs if secret in log] == []
    assert "/schedule/" in "".join(logs)


def test_every_line_of_the_logs_is_json(deployment: Deployment) -> None:
    assert deployment.get("/no-such-page-for-the-log/").status == 404
    lines = [json.loads(line) for name in ("app-1", "app-2") for line in deployment.log_of(name).splitlines()]
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in lines)
    missing = next(line for line in lines if line.get("path") == "/no-such-page-for-the-log/")
    assert (missing["status"], missing["method"]) == (404, "GET")
