"""How often one address may ask for what costs no statement: counted here, not in the database.

A counter in the database would be the one statement of a check. So each process counts for
itself: with several of them, the bound is as many times higher. It keeps one caller from taking
all threads; there is nothing to guess behind it.
"""

from collections import Counter
from datetime import datetime
from threading import Lock

from app.web.problems import TooManyTries


class Pace:
    """So many times in each window, for each address; a window that is over is forgotten whole."""

    def __init__(self, times: int, seconds: int) -> None:
        self._times, self._seconds = times, seconds
        self._lock = Lock()
        self._window, self._counts = 0, Counter[str]()

    def take(self, address: str, now: datetime) -> None:
        """Count one more; TooManyTries beyond the bound."""
        window, gone = divmod(int(now.timestamp()), self._seconds)
        with self._lock:
            if window != self._window:
                self._window, self._counts = window, Counter()
            self._counts[address] += 1
            if self._counts[address] > self._times:
                raise TooManyTries(self._seconds - gone)


class Flood:
    """How many complaints came in this minute, and how old a form must be meanwhile.

    Whoever writes by hand takes a minute anyway. A program that sends thousands must open a form
    for each and wait: the door stays open to people, with JavaScript or without.
    """

    STEPS = ((300, 60), (600, 300))
    """From so many in a minute on, a form must be so many seconds old."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute, self._count = 0, 0

    def age_needed(self, now: datetime) -> int:
        """Count one more, and return the age in seconds that its form must have."""
        minute = int(now.timestamp()) // 60
        with self._lock:
            if minute != self._minute:
                self._minute, self._count = minute, 0
            self._count += 1
            return max((age for many, age in self.STEPS if self._count > many), default=0)
