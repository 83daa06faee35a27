"""Reference data that are read anew at each question, for who keeps hold of them for long."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class LiveMapping(Mapping[K, V]):
    """A mapping that is as it counts at each question."""

    def __init__(self, read: Callable[[], Mapping[K, V]]) -> None:
        self._read = read

    def __getitem__(self, key: K) -> V:
        """The value of a key."""
        return self._read()[key]

    def __iter__(self) -> Iterator[K]:
        """The keys in the order of the list."""
        return iter(self._read())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._read())


class LiveDays(Collection[date]):
    """Days as they count at each question."""

    def __init__(self, read: Callable[[], Collection[date]]) -> None:
        self._read = read

    def __contains__(self, day: object) -> bool:
        """Whether a day is one of them."""
        return day in self._read()

    def __iter__(self) -> Iterator[date]:
        """The days."""
        return iter(self._read())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._read())
