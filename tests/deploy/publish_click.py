"""A trial of the click on “Publish”: how soon visitors see what was published in the admin of a deployment."""

import time
from dataclasses import dataclass
from statistics import quantiles

from tests.deploy.admin import Admin
from tests.deploy.running_deployment import APPS, Deployment
from tests.publishing.admin_forms import filled_in_from

MAKE_ITEM = """
from news.models import NewsIndexPage
from tests import factories
item = factories.NewsItemPageFactory(parent=NewsIndexPage.objects.get(), slug="clicked")
print(item.pk)
"""
PATH = "/news/clicked/"
# Seconds between two looks through nginx.
LOOK_EVERY = 0.02
LONGEST = 10.0


@dataclass(frozen=True)
class Clicks:
    """What came of many. `late_at_the_app` counts web processes that still had the old page; times are in seconds."""

    late_at_the_app: int
    through_nginx: list[float]

    @property
    def ninety_ninth(self) -> float:
        if len(self.through_nginx) < 100:
            return max(self.through_nginx)
        return quantiles(self.through_nginx, n=100, method="inclusive")[98]


def click(deployment: Deployment, number: int) -> Clicks:
    """Publish a page so many times. After each click look at both web processes, and through nginx until it is new.

    Just before each, somebody asks nginx for the page, so that it has an older copy to give.
    """
    admin = Admin(deployment, via=1)
    address = f"/admin/pages/{deployment.shell(MAKE_ITEM).split()[-1]}/edit/"
    late, times = 0, []
    for count in range(number):
        deployment.get(PATH)
        title = f"Headline number {count} of the trial"
        form = filled_in_from(admin.get(address).text, title=title, **{"action-publish": "1"})
        answer = admin.post(address, form)
        clicked = time.monotonic()
        assert answer.status == 302, answer.text
        late += sum(title not in deployment.get(PATH, app).text for app in APPS)
        while title not in deployment.get(PATH).text:
            assert time.monotonic() - clicked < LONGEST, "waited too long"
            time.sleep(LOOK_EVERY)
        times.append(time.monotonic() - clicked)
    return Clicks(late, times)
