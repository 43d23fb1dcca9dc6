"""Why a page of another site was not read."""

from enum import StrEnum


class Trouble(StrEnum):
    """What stood in the way."""

    OFF = "off"
    NO_URL = "no url"
    NOT_PUBLIC = "not public"
    UNKNOWN_NAME = "unknown name"
    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    TIMED_OUT = "timed out"
    TOO_LARGE = "too large"
    NOT_A_PAGE = "not a page"
    REDIRECTS = "redirects"
    ROBOTS = "robots"


class Unread(Exception):
    """No answer that may be read."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble
