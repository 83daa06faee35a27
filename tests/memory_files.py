"""Files as the tests have them: in dictionaries, for each of the places where files lie."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock


@dataclass
class MemoryObjects:
    """Files in a dictionary."""

    files: dict[str, bytes] = field(default_factory=dict)

    def put(self, key: str, data: bytes, media_type: str) -> None:
        self.files[key] = data

    def put_undated(self, key: str, data: bytes, day: date) -> None:
        self.files[key] = data

    def names_before(self, folder: str, instant: datetime) -> Iterator[str]:
        yield from [key for key in self.files if key.startswith(f"{folder}/")]

    def get(self, key: str) -> bytes:
        return self.files[key]

    def delete(self, key: str) -> None:
        self.files.pop(key, None)


@dataclass
class MemoryFiles:
    """The public folder in a dictionary."""

    files: dict[str, bytes] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self.lock:
            yield

    def put(self, name: str, data: bytes) -> bool:
        differs = self.files.get(name) != data
        self.files[name] = data
        return differs

    def get(self, name: str) -> bytes | None:
        return self.files.get(name)

    def names(self, under: str) -> Sequence[str]:
        return sorted(name for name in self.files if name.rpartition("/")[0] == under)

    def remove(self, name: str) -> None:
        self.files.pop(name, None)


@dataclass
class MemorySources:
    """The lists of other countries' issuers, by where they are taken from; others are away."""

    lists: dict[str, bytes] = field(default_factory=dict)

    def fetch(self, source: str) -> bytes:
        if source not in self.lists:
            raise OSError("away")
        return self.lists[source]
