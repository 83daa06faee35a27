"""The keys as one process holds them: read once, read again when the register changes."""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from cryptography.hazmat.primitives.asymmetric import ec

from app.adapters.key_register import KeyState
from app.adapters.keys import FileSigner, KeyFolder, write_whole
from permits import trust_list
from permits.errors import Conflict
from permits.signing import KeyUse

RENEW_AFTER = timedelta(hours=24)
"""The trust list is signed anew so often where the root key is at hand (the demonstration)."""

USES = (KeyUse.PERMIT, KeyUse.STATUS, KeyUse.TOKEN, KeyUse.TRUST, KeyUse.LOG)


class KeyRing:
    """Signers by use and by name; a change of the register by the CLI is seen at once."""

    def __init__(self, folder: Path, passphrase: str, issuer: str) -> None:
        """Use the keys in `folder`; nothing is made before `prepare`."""
        self._keys = KeyFolder(folder, passphrase)
        self._register = folder / "keys.json"
        self._list = folder / "trustlist.cwt"
        self._issuer = issuer
        self._lock = Lock()
        self._read_at = -1
        self._signers: dict[bytes, FileSigner] = {}

    def prepare(self, now: datetime, since: datetime | None = None) -> None:
        """Make the keys of every use that has none, and the first trust list.

        New keys vouch for what is signed at or after `since` (`now` where it is not given).
        """
        with self._alone():
            have = {record.use for record in self._keys.records()}
            for use in USES:
                if use not in have:
                    self._keys.create(use, since or now)
            self.renew_trust_list(now)

    def renew_trust_list(self, now: datetime) -> bool:
        """Sign the trust list anew where it is missing, a day old, or behind the register.

        False where nothing was due, or where the root key is offline and an operator brings the
        list.
        """
        if not self._is_due(now) or self._keys.root_is_offline():
            return False
        write_whole(self._list, self._keys.sign_trust_list(self._issuer, now))
        return True

    def signer(self, use: KeyUse) -> FileSigner:
        """The active signer of a use; Conflict("no-active-key") where there is none."""
        for record in self._keys.records():
            if record.use is use and record.state is KeyState.ACTIVE:
                return self.signer_of(record.kid)
        raise Conflict("no-active-key", use=use.value)

    def signer_of(self, kid: bytes) -> FileSigner:
        """The signer of one key, also of a retired one that still owes a signature."""
        with self._lock:
            self._forget_if_changed()
            if kid not in self._signers:
                self._signers[kid] = self._keys.signer_of(kid)
            return self._signers[kid]

    def trust_list(self) -> bytes:
        """The signed list as it is served."""
        return self._list.read_bytes()

    def roots(self) -> Sequence[ec.EllipticCurvePublicKey]:
        """The roots that scanners pin."""
        return self._keys.roots()

    def retired(self, use: KeyUse) -> dict[bytes, ec.EllipticCurvePublicKey]:
        """Public keys of a use that sign no more but still verify."""
        return {
            record.kid: record.public
            for record in self._keys.records()
            if record.use is use and record.state is KeyState.RETIRED
        }

    def publics(self, use: KeyUse) -> Sequence[ec.EllipticCurvePublicKey]:
        """Every public key that a use ever had, whatever its state."""
        return [record.public for record in self._keys.records() if record.use is use]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time looks and makes; two that start together make one set of keys."""
        self._register.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._register.parent / ".prepare").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _is_due(self, now: datetime) -> bool:
        if not self._list.is_file():
            return True
        standing = trust_list.read(self._list.read_bytes(), self.roots())
        old = now - datetime.fromtimestamp(standing.issued_at, now.tzinfo) >= RENEW_AFTER
        return old or self._list.stat().st_mtime_ns < self._register.stat().st_mtime_ns

    def _forget_if_changed(self) -> None:
        changed_at = self._register.stat().st_mtime_ns if self._register.is_file() else 0
        if changed_at != self._read_at:
            self._signers.clear()
            self._read_at = changed_at
