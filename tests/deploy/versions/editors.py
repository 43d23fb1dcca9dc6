"""Editors, several at once, who add one news item after the other until they are told to stop."""

import http.client
import threading
import time
from typing import Self

from tests.deploy.admin import Admin
from tests.deploy.running_deployment import Deployment
from tests.publishing.admin_forms import filled_in_from

NEWS = "from news.models import NewsIndexPage; print(NewsIndexPage.objects.get().pk)"
# Seconds after which they stop by themselves, whatever a test forgets.
LONGEST = 400
# Between two items. Without it they alone keep two processors busy, and all that starts meanwhile takes twice as long.
PAUSE = 0.5


class Editors:
    """What editors get who save new items through nginx. Used as a block, as `Load` is."""

    def __init__(self, deployment: Deployment, number: int = 2) -> None:
        self.admins = [Admin(deployment) for _ in range(number)]
        self.path = f"/admin/pages/add/news/newsitempage/{deployment.shell(NEWS).split()[-1]}/"
        self.saved: list[str] = []
        self.failures: list[str] = []
        self._stopping = threading.Event()

    def __enter__(self) -> Self:
        self._threads = [threading.Thread(target=self._work, args=(number,)) for number in range(len(self.admins))]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, number: int) -> None:
        """Return once so many more items have been saved, or all editors have gone."""
        until = len(self.saved) + number
        while len(self.saved) < until and any(thread.is_alive() for thread in self._threads):
            time.sleep(0.01)

    def _work(self, number: int) -> None:
        admin, count, deadline = self.admins[number], 0, time.monotonic() + LONGEST
        while not self._stopping.wait(PAUSE) and time.monotonic() < deadline:
            count += 1
            title = f"Item {count} of editor {number}"
            try:
                form = filled_in_from(admin.get(self.path).text, title=title, slug=f"item-{count}-of-{number}")
                answer = admin.post(self.path, form)
                if answer.status == 302:
                    self.saved.append(title)
                else:
                    self.failures.append(f"{title}: {answer.status}")
            except (OSError, http.client.HTTPException, ValueError) as error:
                self.failures.append(f"{title}: {error!r}")
