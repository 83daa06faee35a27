"""The folder of what everybody may fetch: signed lists as plain files, for a CDN or any web server.

A file changes in one stroke, so that a reader has the old one or the new one, and is written only
where its bytes differ, so that its time and its ETag stay while nothing happened.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Lock

from app.adapters.whole_files import alone, write_whole

EVERYBODY_READS = 0o644
_LOCK = ".publishing"


class PublicFolder:
    """Keeps what it has read until a file changes; asking costs a look at the file's time."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which is made with the first file."""
        self._folder = folder
        self._lock = Lock()
        self._read: dict[str, tuple[object, bytes]] = {}

    def alone(self) -> AbstractContextManager[None]:
        """Let no other process put anything out meanwhile."""
        self._folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        return alone(self._folder, _LOCK)

    def put(self, name: str, data: bytes) -> bool:
        """Put a file in the place of the one before; whether that differed."""
        path = self._path(name)
        if self.get(name) == data:
            return False
        path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        write_whole(path, data, mode=EVERYBODY_READS)
        return True

    def get(self, name: str) -> bytes | None:
        """The file as it stands; None where there is none."""
        path = self._path(name)
        try:
            stat = path.stat()
            seen_as = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
            with self._lock:
                kept = self._read.get(name)
            if kept is None or kept[0] != seen_as:
                kept = (seen_as, path.read_bytes())
                with self._lock:
                    self._read[name] = kept
        except FileNotFoundError:
            return None
        return kept[1]

    def names(self, under: str) -> list[str]:
        """The files of a folder in here, in order; none where it is not there."""
        return sorted(self._names(self._path(under), under))

    def remove(self, name: str) -> None:
        """Take a file away; one that is not there is no error."""
        self._path(name).unlink(missing_ok=True)

    def _names(self, path: Path, under: str) -> Iterator[str]:
        if path.is_dir():
            for one in path.iterdir():
                if one.is_file() and not one.name.startswith("."):
                    yield f"{under}/{one.name}"

    def _path(self, name: str) -> Path:
        path = self._folder.joinpath(name)
        if ".." in path.parts or not path.is_relative_to(self._folder):
            raise ValueError("a name leads out of the public folder")
        return path
