"""How often somebody may try before being asked to wait, without locking out a village.

Only what can be guessed is counted, and what turned out right is given back. What nobody can guess
(a device's signature, a passkey's, a link of 128 bits, the code of an enrolment) is looked at
whatever an address has done before.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address

from app.services.work import Work
from app.storage import throttles


@dataclass(frozen=True)
class Limit:
    """So many tries in a window; `what` names the counter."""

    what: str
    tries: int
    window: timedelta = timedelta(minutes=15)

    def wait(self, now: datetime) -> int:
        """Seconds until the window of `now` is over, and tries count anew; 1 at least."""
        return int((_window_start(now, self.window) + self.window - now).total_seconds()) or 1


PER_ACCOUNT = Limit("account", 10)
"""Guesses at one account or phone: a 8-digit code falls to chance once in 10^7 windows."""

PER_ADDRESS = Limit("address", 300)
"""Wrong guesses from one address; browsers that are known to the account are not held up by it."""


@dataclass(frozen=True)
class Tries:
    """What was counted before anything was looked at; `wait` in seconds, 0 where it may go on."""

    counted: tuple[tuple[Limit, str], ...]
    wait: int


def count(work: Work, *counted: tuple[Limit, str]) -> Tries:
    """Count one try at each of these, whatever the others say."""
    waits = [0 if allow_try(work, *one) else one[0].wait(work.now) for one in counted]
    return Tries(counted, max(waits))


def were_right(work: Work, tries: Tries) -> None:
    """Only wrong tries add up: forget those that turned out right."""
    for limit, subject in tries.counted:
        give_back(work, limit, subject)


def place_of(address: str) -> str:
    """Whose tries an address counts as: itself, or the /64 that a line of IPv6 is given whole."""
    try:
        read = ip_address(address)
    except ValueError:  # a socket of the machine itself
        return address
    if not isinstance(read, IPv6Address):
        return address
    if read.ipv4_mapped is not None:
        return str(read.ipv4_mapped)
    return read.packed[:8].hex()


def allow_try(work: Work, limit: Limit, subject: str) -> bool:
    """Count a try and tell whether it may go on; `subject` is kept only as a keyed hash."""
    bucket = hmac.digest(work.ports.throttle_key, f"{limit.what}:{subject}".encode(), sha256)
    start = _window_start(work.now, limit.window)
    return throttles.count_try(work.session, bucket, start) <= limit.tries


def give_back(work: Work, limit: Limit, subject: str) -> None:
    """Forget a counted try that turned out right, so that only wrong ones add up."""
    bucket = hmac.digest(work.ports.throttle_key, f"{limit.what}:{subject}".encode(), sha256)
    throttles.give_back(work.session, bucket, _window_start(work.now, limit.window))


def _window_start(now: datetime, window: timedelta) -> datetime:
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=now.tzinfo)
