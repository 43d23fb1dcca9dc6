"""Which requests nginx hands on, which it answers by itself, and what it tells the site of them."""

import http.client
import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.deploy import deploy_files
from tests.deploy.running_deployment import HOST
from tests.deploy.scripted_site import Saying, ScriptedSite, scripted_site
from tests.running_site import wait_until

FILES = (
    *("secret_key", "site.sqlite3", "generation", "pages/stored/page", "static/staticfiles.json"),
    *("media/images/a.avif", "media/images/folder/a.png", "media/original_images/a.png"),
    *("media/documents/a.pdf", "media/documents/a.png", "media/a.png"),
)
MEGABYTE = 1024 * 1024
# Seconds after which nginx asks again: it counts whole ones.
STORED = 2.1


@pytest.fixture(scope="module")
def site() -> Iterator[ScriptedSite]:
    """A site that says “not found” to everything, with files of every kind in its folder."""
    with scripted_site() as running:
        for name in FILES:
            file = running.state / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"content")
        yield running


def plain(site: ScriptedSite, path: str) -> http.client.HTTPResponse:
    """An answer without https."""
    connection = http.client.HTTPConnection(HOST, site.ports["http"], timeout=10)
    connection.request("GET", path, headers={"Host": "www.example.org"})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


@pytest.mark.parametrize(
    "path",
    [
        *("/media/documents/a.pdf", "/media/documents/a.png", "/media/a.png", "/media/", "/media"),
        *("/media/images/a.avif", "/media/images/", "/media/original_images/a.png"),
        *("/media/images/../documents/a.png", "/media/images/..%2fdocuments%2fa.png", "/media/images/folder/a.png"),
        *("/static/../media/documents/a.png", "/static/../secret_key", "/static/..%2fsecret_key", "/secret_key"),
        *("/static../secret_key", "/media../secret_key", "/site.sqlite3", "/pages/stored/page", "//secret_key"),
        *("/metrics", "/metrics/"),
    ],
)
def test_nothing_else_of_the_folder_comes_to_light(site: ScriptedSite, path: str) -> None:
    assert site.get(path).status in {400, 404}


@pytest.mark.parametrize("path", ["/media/documents/a.pdf", "/media/original_images/a.png", "/metrics"])
def test_what_is_private_is_not_even_asked_for(site: ScriptedSite, path: str) -> None:
    site.asked.clear()
    site.get(path)
    assert site.asked == []


def test_the_site_decides_for_every_picture_whether_it_is_still_public(site: ScriptedSite) -> None:
    path = "/media/images/1.a.avif"
    site.says[path] = Saying(headers={"Cache-Control": "public, max-age=86400, s-maxage=0", "ETag": '"a"'})
    site.asked.clear()
    assert [site.get(path).body for _ in range(2)] == [b"said", b"said"]
    assert site.times_asked(path) == 1
    time.sleep(STORED)
    assert site.get(path).body == b"said"
    assert site.asked[-1].headers["If-None-Match"] == '"a"'
    del site.says[path]
    time.sleep(STORED)
    assert site.get(path).status == 404
    assert site.get(path).status == 404


def test_no_picture_is_shown_that_the_site_does_not_vouch_for(site: ScriptedSite) -> None:
    path = "/media/images/1.b.avif"
    site.says[path] = Saying(headers={"ETag": '"b"'})
    assert site.get(path).status == 200
    time.sleep(STORED)
    site.says[path] = Saying(status=500)
    assert site.get(path).status == 500


def test_who_is_signed_in_gets_pictures_that_nobody_else_gets(site: ScriptedSite) -> None:
    path = "/media/images/1.c.avif"
    site.says[path] = Saying(headers={"Cache-Control": "private, max-age=86400", "ETag": '"c"'})
    assert site.get(path, Cookie="__Host-sessionid=a").status == 200
    del site.says[path]
    assert site.get(path).status == 404


def test_the_site_learns_how_it_was_asked_and_nothing_that_a_visitor_made_up(site: ScriptedSite) -> None:
    made_up = {"X-Forwarded-Proto": "http", "X-Forwarded-For": "192.0.2.1", "X-Real-IP": "192.0.2.1"}
    site.request("GET", "/forwarded/", made_up | {"Host": "www.example.org"})
    said = site.asked[-1].headers
    assert said["Host"] == "www.example.org"
    assert said["X-Forwarded-Proto"] == "https"
    assert (said["X-Forwarded-For"], said["X-Real-IP"]) == (HOST, HOST)
    assert len(said["X-Request-ID"]) == 32


def test_without_https_there_is_only_the_way_to_it_and_the_health_of_the_machine(site: ScriptedSite) -> None:
    site.says["/health/ready"] = Saying(headers={})
    assert plain(site, "/health/ready").status == 200
    assert site.asked[-1].headers["X-Forwarded-Proto"] == "http"
    response = plain(site, "/news/?page=2")
    assert (response.status, response.headers["Location"]) == (301, "https://www.example.org/news/?page=2")
    assert plain(site, "/metrics").status == 301


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/admin/images/multiple/add/", settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE),
        ("/admin/documents/multiple/add/", settings.WAGTAILDOCS_MAX_UPLOAD_SIZE),
        ("/admin/pages/3/edit/", settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
        ("/search/", settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
    ],
)
def test_uploads_may_be_as_large_as_the_site_takes_them(site: ScriptedSite, path: str, most: int) -> None:
    assert site.request("POST", path, body=bytes(most)).status == 404
    assert len(site.asked) > 0
    # Refused by what is announced, before it is sent.
    connection = site.connect()
    connection.putrequest("POST", path)
    connection.putheader("Content-Length", str(most + 2 * MEGABYTE))
    connection.endheaders()
    response = connection.getresponse()
    assert response.status == 413
    assert "more than the site takes at once" in response.read().decode()
    connection.close()


def test_the_log_is_json_and_says_neither_who_it_was_nor_what_was_searched_for(site: ScriptedSite) -> None:
    site.get("/search/?q=shelter", User_Agent='An "example"')
    log = site.folder / "access.log"
    wait_until(lambda: '"An ' in log.read_text())
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    line = next(line for line in lines if line["agent"].startswith("An "))
    assert (line["path"], line["status"], line["network"]) == ("/search/", 404, "127.0.0.0")
    assert "shelter" not in log.read_text()
    # nginx writes of a request that it refuses into its other log.
    assert site.request("POST", "/search/?q=shelter", {"Content-Length": str(4 * MEGABYTE)}).status == 413
    assert "shelter" not in (site.folder / "error.log").read_text()


def test_a_flood_of_attempts_to_sign_in_is_held_back_and_looking_is_free(site: ScriptedSite) -> None:
    for path in ("/admin/login/", "/admin/login/second-step/", "/admin/password_reset/"):
        answers = [site.request("POST", path) for _ in range(60)]
        refused = [answer for answer in answers if answer.status == 429]
        assert refused
        assert refused[0].text.startswith("Too many attempts from your network.")
        assert {site.get(path).status for _ in range(60)} == {404}
    assert site.request("POST", "/admin/pages/3/edit/").status == 404


def test_the_files_pass_the_check_of_nginx(tmp_path: Path) -> None:
    """With the ports of a real machine."""
    deploy_files.copy_nginx(tmp_path)
    checked = subprocess.run([*deploy_files.nginx(tmp_path), "-t", "-q"], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
