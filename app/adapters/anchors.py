"""Second places for the log's checkpoints: a folder, a bucket, or a witness (C2SP tlog-witness).

    file:///somewhere        one file a checkpoint, named by its size; nothing is written over
    s3://bucket/prefix       the same; give the writer no right to delete, or lock the objects
    https://witness.example  sent to `add-checkpoint`, which judges and signs beside us

Each refuses a checkpoint that does not continue the newest it knows (`Contradicted`).
"""

import base64
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from app.adapters.outbound import Outbound, Reply
from app.adapters.whole_files import write_whole
from permits.checkpoints import Checkpoint, Contradicted, Growth, check_growth, read
from permits.signing import NotTrusted

if TYPE_CHECKING:
    from obstore.store import S3Config

S3Options = Mapping[str, str]

PATIENCE = timedelta(seconds=10)
"""How long one request to a bucket may take, its repetitions included."""

_NAME = re.compile(r"\d{20}\.txt")
_OK, _CONFLICT, _UNPROCESSABLE = 200, 409, 422


class KeptCheckpoints(ABC):
    """A place that only keeps: whoever checks the log reads everything there."""

    def __init__(self, place: str) -> None:
        self.place = place

    def put(self, note: str, growth: Growth) -> str:
        """Keep a checkpoint; one of this size that stands already must have the same root."""
        head = read(note)
        newest = self._newest()
        if newest is not None:
            check_growth(newest, head, growth)
        if newest is None or newest.size < head.size:
            self._write(f"{head.size:020d}.txt", note)
        return ""

    def notes(self) -> Iterator[str]:
        """Every checkpoint, smallest first; what is not named like one is passed over."""
        for name in sorted(self._names()):
            if _NAME.fullmatch(name):
                yield self._read(name)

    def confirm(self, note: str, growth: Growth) -> bool:
        """It judges nothing: False."""
        return False

    def _newest(self) -> Checkpoint | None:
        name = max((name for name in self._names() if _NAME.fullmatch(name)), default=None)
        if name is None:
            return None
        try:
            return read(self._read(name))
        except NotTrusted:
            raise OSError(f"{name} is no checkpoint") from None

    @abstractmethod
    def _names(self) -> Iterator[str]:
        """The names of what is there."""

    @abstractmethod
    def _read(self, name: str) -> str:
        """One file; what is no text is told as text that is no checkpoint."""

    @abstractmethod
    def _write(self, name: str, note: str) -> None:
        """A new file."""


class FolderAnchor(KeptCheckpoints):
    """A folder, best one of another machine."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._folder = Path(unquote(urlsplit(url).path))

    def _names(self) -> Iterator[str]:
        return iter(os.listdir(self._folder)) if self._folder.is_dir() else iter(())

    def _read(self, name: str) -> str:
        return (self._folder / name).read_text("utf-8", errors="replace")

    def _write(self, name: str, note: str) -> None:
        write_whole(self._folder / name, note.encode())


class BucketAnchor(KeptCheckpoints):
    """A bucket of S3 or of what speaks like it."""

    def __init__(self, url: str, s3: S3Options) -> None:
        super().__init__(url)
        parts = urlsplit(url)
        self._store = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            config=cast("S3Config", dict(s3)),
            client_options={"allow_http": s3.get("endpoint", "").startswith("http://")},
            retry_config={"max_retries": 2, "retry_timeout": PATIENCE},
        )

    def _names(self) -> Iterator[str]:
        try:
            for page in obstore.list(self._store, chunk_size=1000):
                yield from (str(found["path"]) for found in page)
        except BaseError as error:
            raise OSError(type(error).__name__) from None

    def _read(self, name: str) -> str:
        try:
            data = bytes(obstore.get(self._store, name).bytes())
        except BaseError as error:
            raise OSError(type(error).__name__) from None
        return data.decode("utf-8", errors="replace")

    def _write(self, name: str, note: str) -> None:
        kind = {"Content-Type": "text/plain; charset=utf-8"}
        try:
            obstore.put(self._store, name, note.encode(), mode="create", attributes=kind)
        except BaseError as error:
            raise OSError(type(error).__name__) from None


class WitnessAnchor:
    """A witness: it remembers the newest checkpoint only, and cosigns what continues it."""

    def __init__(self, url: str, outbound: Outbound) -> None:
        self.place = url
        self._address = f"{url.rstrip('/')}/add-checkpoint"
        self._outbound = outbound
        self._known = 0

    def put(self, note: str, growth: Growth) -> str:
        """Submit a checkpoint; returns the witness's signature lines."""
        size = read(note).size
        old = min(self._known, size)
        for _ in range(2):
            reply = self._submit(note, old, growth.prove_from(old) if old > 0 else [])
            if reply.status == _OK:
                self._known = size
                return reply.body.decode("utf-8", errors="replace")
            if reply.status == _UNPROCESSABLE:
                raise Contradicted(old)
            if reply.status != _CONFLICT:
                raise OSError(f"the witness answered {reply.status}")
            known = _size_in(reply.body)
            if known > size or known == old:  # it knows more, or another root of this size
                raise Contradicted(known)
            old = known
        raise OSError("the witness changed its mind")

    def notes(self) -> Iterator[str]:
        """A witness keeps nothing to be read."""
        return iter(())

    def confirm(self, note: str, growth: Growth) -> bool:
        """Have the witness judge the newest checkpoint."""
        self.put(note, growth)
        return True

    def _submit(self, note: str, old: int, proof: list[bytes]) -> Reply:
        lines = [f"old {old}", *(base64.b64encode(part).decode() for part in proof), "", ""]
        body = "\n".join(lines) + note
        return self._outbound.post(
            self._address, body.encode(), {"Content-Type": "text/plain; charset=utf-8"}
        )


def _size_in(body: bytes) -> int:
    try:
        return int(body.decode("ascii").removesuffix("\n"))
    except ValueError:
        raise OSError("the witness tells no size") from None


def open_anchor(url: str, s3: S3Options, outbound: Outbound) -> KeptCheckpoints | WitnessAnchor:
    """Return the place of an address; ValueError for a scheme that is none of the three."""
    scheme = urlsplit(url).scheme
    if scheme == "file":
        return FolderAnchor(url)
    if scheme == "s3":
        return BucketAnchor(url, s3)
    if scheme in {"https", "http"}:
        return WitnessAnchor(url, outbound)
    raise ValueError("must begin with file://, s3:// or https://")
