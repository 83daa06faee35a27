"""A worker that dies in the instant between a signature and its storing.

    python -m tests.services.signing_child DATABASE_URL FILE

The signature is written to the file first, so that it is known to have been made.
"""

import os
import signal
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from app.services import issuing
from permits.people import SYSTEM
from permits.signing import Signer
from tests.builders import work_of
from tests.databases import Database
from tests.outside import MemoryKeys
from tests.services.crash_child import lasting_ports


@dataclass
class LastSigner:
    """Signs, tells, and dies before anybody is given the signature."""

    inner: Signer
    file: Path

    @property
    def kid(self) -> bytes:
        return self.inner.kid

    def sign(self, message: bytes) -> bytes:
        with self.file.open("ab") as stream:
            stream.write(self.inner.sign(message))
            stream.flush()
            os.fsync(stream.fileno())
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("nobody lives on")


class LastKeys(MemoryKeys):
    """Keys whose every signature is the last act of the process."""

    file: Path = Path()

    def signer_of(self, kid: bytes) -> Signer:
        return LastSigner(super().signer_of(kid), self.file)


if __name__ == "__main__":
    ports = lasting_ports()
    keys = LastKeys()
    keys.__dict__.update(ports.keys.__dict__)
    keys.file = Path(sys.argv[2])
    with Database(sys.argv[1]).sessions.begin() as session:
        issuing.sign_pending(work_of(session, SYSTEM, replace(ports, keys=keys)))
