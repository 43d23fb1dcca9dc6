"""Limits on attempts to sign in, by account and network. All processes share the counts, in the default cache.

An attacker must not be able to lock a person out. So attempts are counted for each account from each network, and what
one network does is refused to that network only. Against one account from many networks there is a limit as well:
beyond it each network has a single attempt, so that somebody who has not failed yet still gets in.
"""

import hashlib
import logging

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError

from site_core.page_cache.shared_count import increment

logger = logging.getLogger(__name__)

# The counters of an attempt, as the limits in the settings name them.
HERE, NETWORK, ACCOUNT = "account_and_network", "network", "account"
TOO_MANY = "too_many"


def require_attempt(kind: str, account: str, network: str) -> None:
    """Count an attempt. Raises ValidationError with the code `too_many` if it is beyond a limit, even if it is right.

    Counted before it is known to be wrong: otherwise many attempts at once would all be within the limit.
    """
    limits = settings.SIGN_IN_LIMITS[kind]
    # Asked first, so that a network that is refused adds no counters for ever more accounts.
    if cache.get(_key(kind, NETWORK, network), 0) >= limits[NETWORK][0]:
        raise _refused(kind, NETWORK, network)
    is_attacked = cache.get(_key(kind, ACCOUNT, account), 0) >= limits[ACCOUNT][0]
    if _increment(kind, HERE, account, network) > (1 if is_attacked else limits[HERE][0]):
        raise _refused(kind, HERE, network)
    if _increment(kind, NETWORK, network) > limits[NETWORK][0]:
        raise _refused(kind, NETWORK, network)
    _increment(kind, ACCOUNT, account)


def forgive(kind: str, account: str, network: str) -> None:
    """The attempt was right: forget it, and what this network got wrong for this account."""
    cache.delete(_key(kind, HERE, account, network))
    _increment(kind, NETWORK, network, by=-1)
    _increment(kind, ACCOUNT, account, by=-1)


def _increment(kind: str, counter: str, *parts: str, by: int = 1) -> int:
    """The new count. It begins anew when the time of its limit is over."""
    return increment(_key(kind, counter, *parts), settings.SIGN_IN_LIMITS[kind][counter][1], by)


def _key(kind: str, counter: str, *parts: str) -> str:
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return f"throttle:{kind}:{counter}:{digest}"


def _refused(kind: str, counter: str, network: str) -> ValidationError:
    logger.warning("Too many attempts (%s) from %s", kind, network or "an unknown network")
    minutes = settings.SIGN_IN_LIMITS[kind][counter][1] // 60
    return ValidationError(f"Too many attempts. Wait {minutes} minutes, then try again.", code=TOO_MANY)
