"""How often somebody may try before being asked to wait, without locking out a village."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from app.services.work import Work
from app.storage import throttles


@dataclass(frozen=True)
class Limit:
    """So many tries in a window; `what` names the counter."""

    what: str
    tries: int
    window: timedelta = timedelta(minutes=15)


PER_ACCOUNT = Limit("account", 10)
"""Guesses at one account or phone: a 8-digit code falls to chance once in 10^7 windows."""

PER_ADDRESS = Limit("address", 300)
"""A brigade, a kiosk or a village behind one address stays below this."""


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
