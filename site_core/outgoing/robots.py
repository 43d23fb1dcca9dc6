"""What a site asks programs not to read (RFC 9309)."""

from collections.abc import Callable
from urllib.parse import SplitResult
from urllib.robotparser import RobotFileParser

from site_core.outgoing.trouble import Unread

FILE = "/robots.txt"


class Robots:
    """Remembers the rules of each host while it lives."""

    def __init__(self, read: Callable[[str], str], agent: str) -> None:
        """`read` returns the text at a URL, "" if there is none. It may raise Unread."""
        self._read = read
        self._agent = agent
        self._rules: dict[str, RobotFileParser] = {}

    def allow(self, url: SplitResult) -> bool:
        """Only an explicit rule forbids a page."""
        site = f"{url.scheme}://{url.netloc}"
        if site not in self._rules:
            rules = RobotFileParser()
            try:
                text = self._read(site + FILE)
            except Unread:
                text = ""
            rules.parse(text.splitlines())
            self._rules[site] = rules
        return self._rules[site].can_fetch(self._agent, url.geturl())
