"""Somebody who is signed in in the admin of a deployment."""

import secrets
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.deploy.running_deployment import Answer, Deployment, Via

PASSWORD = "an example password"
MAKE_PERSON = """
from django.contrib.auth.models import Group
from site_core.accounts.models import User
user = User.objects.create_user({email!r}, {password!r}, first_name="Ex", last_name="Ample")
user.groups.add(Group.objects.get(name={role!r}))
"""


class Admin:
    """A browser with the cookies of somebody in a role. What it asks goes through nginx, or to one web process."""

    def __init__(self, deployment: Deployment, role: str = "Administrator", via: Via = "nginx") -> None:
        self.deployment = deployment
        self.via = via
        self.cookies: dict[str, str] = {}
        email = f"{secrets.token_hex(4)}@example.org"
        deployment.shell(MAKE_PERSON.format(email=email, password=PASSWORD, role=role))
        self.get("/admin/login/")
        answer = self.post("/admin/login/", {"username": email, "password": PASSWORD, "next": "/admin/"})
        assert (answer.status, answer.headers["Location"]) == (302, "/admin/"), answer.text

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, {}, None)

    def post(self, path: str, data: Mapping[str, Any]) -> Answer:
        """Send a form, with the token that shows it to be one of the site's own."""
        form = urlencode({**data, **self._token}, doseq=True)
        return self._send(path, form, "application/x-www-form-urlencoded")

    def upload(self, path: str, data: Mapping[str, Any]) -> Answer:
        """Send a form some of whose values are files."""
        return self._send(path, encode_multipart(BOUNDARY, {**data, **self._token}), MULTIPART_CONTENT)

    @property
    def _token(self) -> dict[str, str]:
        return {"csrfmiddlewaretoken": self.cookies["__Host-csrftoken"]}

    def _send(self, path: str, form: str | bytes, content_type: str) -> Answer:
        return self._ask("POST", path, {"Content-Type": content_type, "Origin": self.deployment.address}, form)

    def _ask(self, method: str, path: str, headers: Mapping[str, str], body: str | bytes | None) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.deployment.request(method, path, self.via, {"Cookie": cookies, **headers}, body)
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: cookie.value for name, cookie in SimpleCookie(line).items()}
        return answer
