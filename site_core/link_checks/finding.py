"""What a check of a link finds: HEAD first, and GET if that is not answered well."""

from dataclasses import dataclass

from site_core.fields.web_url import canonical_link, spellings
from site_core.link_checks.models import LONGEST_URL, State
from site_core.outgoing.guard import Answer, Guard
from site_core.outgoing.trouble import Trouble, Unread

_STATES = {
    Trouble.NO_URL: State.NO_SITE,
    Trouble.NOT_PUBLIC: State.NO_SITE,
    Trouble.UNKNOWN_NAME: State.NO_SITE,
    Trouble.UNREACHABLE: State.SERVER_ERROR,
    Trouble.CERTIFICATE: State.CERTIFICATE,
    Trouble.TIMED_OUT: State.TIMED_OUT,
    Trouble.REDIRECTS: State.SERVER_ERROR,
    Trouble.ROBOTS: State.ROBOTS,
}
# After these, GET would find the same.
_FINAL = (Trouble.ROBOTS, Trouble.CERTIFICATE, Trouble.NOT_PUBLIC, Trouble.UNKNOWN_NAME, Trouble.NO_URL)


@dataclass(frozen=True)
class Finding:
    """The state of a link, the status in the end, and the new address of what has moved."""

    state: State
    status: int | None = None
    new_url: str = ""


def find_out(guard: Guard, url: str) -> Finding:
    """Raises Unread if requests are turned off."""
    head, is_final = _ask(guard, url, "HEAD")
    return head if is_final else _ask(guard, url, "GET")[0]


def _ask(guard: Guard, url: str, method: str) -> tuple[Finding, bool]:
    """What is found, and whether another method would find the same."""
    try:
        answer = guard.ask(url, method)
    except Unread as error:
        if error.trouble == Trouble.OFF:
            raise
        return Finding(_STATES[error.trouble]), error.trouble in _FINAL
    return _of_answer(url, answer), answer.status < 300


def _of_answer(url: str, answer: Answer) -> Finding:
    if answer.status in (404, 410):
        return Finding(State.GONE, answer.status)
    # 451 is for readers, not for programs; 429 and most 403 are for programs. Neither says that a page is gone.
    if answer.status in (401, 402, 403):
        return Finding(State.PAYWALLED, answer.status)
    if answer.status in (429, 999):
        return Finding(State.ROBOTS, answer.status)
    if answer.status >= 400:
        return Finding(State.SERVER_ERROR, answer.status)
    new_url = canonical_link(answer.url)
    is_moved = answer.is_moved_for_good and new_url not in spellings(canonical_link(url))
    if is_moved and len(new_url) <= LONGEST_URL:
        return Finding(State.MOVED, answer.status, new_url)
    return Finding(State.FINE, answer.status)
