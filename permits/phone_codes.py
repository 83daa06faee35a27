"""One-time codes by SMS: what each is for, how long it holds and how often it may be guessed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

DIGITS = 6
LIFETIME = timedelta(minutes=10)
"""ASVS 5.0 6.5.5: ten minutes at most for a code sent over another channel."""

TRIES = 5
"""Guesses at one code; with five codes an hour a phone falls to chance once in 40,000 hours."""


class Purpose(StrEnum):
    """What a code proves; one asked for one thing proves nothing else."""

    SIGN_IN = "sign-in"
    NEW_PHONE = "new-phone"
    RECOVERY = "recovery"
    CONSENT = "consent"
    REGISTRATION = "registration"


@dataclass(frozen=True)
class PhoneCode:
    """A code on its way to a phone (E.164), or already there.

    `holder` is the hash of what binds it to whoever asked: a cookie of their browser, their
    session's person, their case. `code_hash` is None until it was sent, and for ever where the
    phone is nobody's. `proved_at` tells that it was typed and something else is still to be chosen.
    """

    purpose: Purpose
    phone: str
    holder: bytes
    expires_at: datetime
    code_hash: bytes | None = None
    tries: int = 0
    proved_at: datetime | None = None

    def may_be_tried(self, now: datetime) -> bool:
        """Whether a guess is looked at: sent, unused, in time, and not guessed at too often."""
        sent = self.code_hash is not None and self.proved_at is None
        return sent and now < self.expires_at and self.tries < TRIES

    def is_proved(self, now: datetime) -> bool:
        """Whether the right code was typed and the choice that follows is still open."""
        return self.proved_at is not None and now < self.expires_at
