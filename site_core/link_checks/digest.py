"""The links that wait for a decision, in Monday's digest."""

from django.urls import reverse

from site_core.admin.digest import Section, User
from site_core.admin.homepage import Line
from site_core.link_checks.models import LinkCheck
from site_core.link_checks.views import may_see


def broken_links(user: User) -> list[Line]:
    links = LinkCheck.objects.to_decide().prefetch_related("uses") if may_see(user) else []
    return [_line(link) for link in links]


def _line(link: LinkCheck) -> Line:
    titles = [use.title for use in link.uses.all()]
    where = f"in “{titles[0]}”" if titles else "in nothing any more"
    note = where + (f" and {len(titles) - 1} more" if len(titles) > 1 else "")
    return Line(link.url, str(link.get_state_display()), reverse("broken_link", args=[link.pk]), note)


LINKS = Section("links", 40, "Broken links", "broken_links", broken_links)
