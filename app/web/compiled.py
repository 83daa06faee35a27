"""Templates as they were compiled, kept beside what Python keeps of our own modules.

The next process reads in a twentieth of a second what takes it seconds to compile. What stands
there is run: so the folder is Python's own of this package, trusted as that is, and one that
others may write into is passed over.
"""

import contextlib
import hashlib
import importlib.util
import marshal
import os
import sys
import tempfile
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket

KEPT = Path(importlib.util.cache_from_source(__file__)).parent / "templates"
OTHERS_WRITE = 0o022


class Compiled(jinja2.BytecodeCache):
    """What was compiled by environments of one `make`, in this process or before, in any language.

    `make` is whatever else than a template's source decides what is compiled from it: another
    one, another Jinja or another Python finds nothing. Nothing is written where Python may not
    write either (PYTHONDONTWRITEBYTECODE, a folder of somebody else's).
    """

    def __init__(self, make: bytes, folder: Path = KEPT) -> None:
        made_by = (make, jinja2.__version__.encode(), importlib.util.MAGIC_NUMBER)
        self._make = b"".join(hashlib.sha256(part).digest() for part in made_by)
        self._folder = folder
        self._codes: dict[tuple[str, str], CodeType] = {}
        self._is_trusted: bool | None = None

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of this template as it stands, if it was compiled before."""
        known = self._codes.get((bucket.key, bucket.checksum))
        bucket.code = known or self._read(bucket)
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was just compiled, for us and for the next process."""
        if bucket.code is None:
            return
        self._codes[bucket.key, bucket.checksum] = bucket.code
        if not sys.dont_write_bytecode:
            with contextlib.suppress(OSError):
                self._write(bucket, bucket.code)

    def _read(self, bucket: Bucket) -> CodeType | None:
        if not self._may_trust():
            return None
        try:
            kept = (self._folder / bucket.key).read_bytes()
        except OSError:
            return None
        digest = self._digest(bucket)
        if not kept.startswith(digest):
            return None
        with contextlib.suppress(EOFError, ValueError, TypeError):  # cut short, say by a full disk
            code = marshal.loads(kept[len(digest) :])  # noqa: S302  as Python does from beside it
            return code if isinstance(code, CodeType) else None
        return None

    def _write(self, bucket: Bucket, code: CodeType) -> None:
        """Whole or not at all: processes that compile the same do not read halves of each other."""
        self._folder.mkdir(mode=0o755, exist_ok=True)
        if not self._may_trust():
            return
        number, name = tempfile.mkstemp(dir=self._folder)
        with os.fdopen(number, "wb") as file:
            file.write(self._digest(bucket) + marshal.dumps(code))
            os.fchmod(number, 0o644)  # read by whoever may read the templates
        Path(name).replace(self._folder / bucket.key)

    def _digest(self, bucket: Bucket) -> bytes:
        return hashlib.sha256(self._make + bucket.checksum.encode()).digest()

    def _may_trust(self) -> bool:
        """Whether only who may change this program may write into the folder, once it is there."""
        if self._is_trusted is None:
            try:
                found = self._folder.lstat()
            except OSError:
                return False
            trusted = {0, os.geteuid(), Path(__file__).stat().st_uid}
            self._is_trusted = found.st_uid in trusted and not found.st_mode & OTHERS_WRITE
        return self._is_trusted
