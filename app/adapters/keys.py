"""Signing keys as encrypted files in a folder, with a register of what each is for.

    keys.json         the register: kid, use, state, times and public point of every key
    <kid>.pem         PKCS#8, encrypted with the passphrase
    root/<kid>.pem    the root keys; needed only to sign a trust list, and kept offline otherwise

Every file is written whole or not at all, and only its owner may read it.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from app.adapters.key_register import KeyRecord, KeyState, read_record, write_record
from permits import trust_list
from permits.errors import Conflict, NotFound
from permits.signing import KeyUse, kid_of, sign_es256
from permits.trust_list import TrustedKey, TrustList, TrustState

PUBLISHED_AHEAD = timedelta(days=7)
"""A key is published so long before its first use, so that every scanner has it by then."""

VERIFIES = timedelta(days=820)
"""How long a key may verify: it signs 90 days, and a permit lasts two years at most."""


class KeyUnusable(Exception):
    """A key file is missing, damaged or of another passphrase; says which, never what is in it."""


@dataclass(frozen=True)
class FileSigner:
    """Signs with a key that was read from its file."""

    kid: bytes
    use: KeyUse
    private: ec.EllipticCurvePrivateKey = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """Return the ES256 signature of `message`: r then s, 64 bytes."""
        return sign_es256(self.private, message)


class KeyFolder:
    """The keys in a folder; every change of the register is exclusive, across processes too."""

    def __init__(self, folder: Path, passphrase: str) -> None:
        """Use `folder` (made with the first key); the passphrase must not be empty (ValueError)."""
        if not passphrase:
            raise ValueError("keys on disk need a passphrase")
        self._folder = folder
        self._passphrase = passphrase.encode()

    def records(self) -> list[KeyRecord]:
        """Return every key of the register, oldest first; none where there is no folder yet."""
        return [read_record(entry) for entry in self._read_register()["keys"]]

    def find(self, kid: bytes) -> KeyRecord | None:
        """Return the key of this name."""
        return next((record for record in self.records() if record.kid == kid), None)

    def create(self, use: KeyUse, now: datetime) -> KeyRecord:
        """Make a key. The first of its use is active at once, any other is `next`.

        Conflict("key-already-waiting") where one is `next` already. A standby root is made by
        creating a second key of use `trust`.
        """
        with self._exclusive():
            same_use = [record for record in self.records() if record.use is use]
            if any(record.state is KeyState.NEXT for record in same_use):
                raise Conflict("key-already-waiting", use=use.value)
            active = any(record.state is KeyState.ACTIVE for record in same_use)
            begins = now + PUBLISHED_AHEAD if active else now
            private = ec.generate_private_key(ec.SECP256R1())
            record = KeyRecord(
                kid=kid_of(private.public_key()),
                use=use,
                state=KeyState.NEXT if active else KeyState.ACTIVE,
                not_before=begins,
                expires=begins + VERIFIES,
                created=now,
                public=private.public_key(),
            )
            write_whole(self._path(record), self._encrypted(private))
            self._write_records([*self.records(), record])
            return record

    def activate(self, kid: bytes, now: datetime) -> KeyRecord:
        """Let the waiting key sign from now on; the one that signed is retired.

        NotFound("key-unknown"); Conflict("key-not-waiting"). Before its first instant
        Conflict("key-too-early"), as scanners may not know it yet; but where no key signs any
        more (the last one was compromised) it begins at once.
        """
        with self._exclusive():
            record = self._get(kid)
            if record.state is not KeyState.NEXT:
                raise Conflict("key-not-waiting", state=record.state.value)
            signing = self._find_active(record.use)
            if signing and now < record.not_before:
                raise Conflict("key-too-early")
            begins = min(now, record.not_before)
            activated = replace(record, state=KeyState.ACTIVE, not_before=begins)
            retired = [replace(signing, state=KeyState.RETIRED)] if signing else []
            self._replace(activated, *retired)
            return activated

    def compromise(self, kid: bytes, cutoff: datetime | None = None) -> KeyRecord:
        """Mark a key as compromised: what it signed at or after `cutoff` counts no more.

        Without a cutoff nothing that it ever signed counts. NotFound("key-unknown").
        """
        with self._exclusive():
            changed = replace(self._get(kid), state=KeyState.COMPROMISED, cutoff=cutoff)
            self._replace(changed)
            return changed

    def signer(self, use: KeyUse) -> FileSigner:
        """Return the signer of the active key of this use.

        NotFound("no-active-key"), or `KeyUnusable`. Reading takes some milliseconds: keep it.
        """
        record = self._find_active(use)
        if record is None:
            raise NotFound("no-active-key", use=use.value)
        return FileSigner(record.kid, use, self._private(record))

    def signer_of(self, kid: bytes) -> FileSigner:
        """Return the signer of one key, also of a retired one; NotFound("key-unknown")."""
        record = self._get(kid)
        return FileSigner(record.kid, record.use, self._private(record))

    def root_is_offline(self) -> bool:
        """Whether the private half of the active root lies elsewhere, as it should."""
        root = self._find_active(KeyUse.TRUST)
        return root is None or not self._path(root).is_file()

    def roots(self) -> list[ec.EllipticCurvePublicKey]:
        """Return the public keys that scanners pin: the active root and the standby."""
        usable = (KeyState.ACTIVE, KeyState.NEXT)
        return [r.public for r in self.records() if r.use is KeyUse.TRUST and r.state in usable]

    def sign_trust_list(
        self, issuer: str, now: datetime, countries: tuple[str, ...] = ("HND",)
    ) -> bytes:
        """Return a trust list (CWT) of every key that may verify, signed by the active root.

        Each call has a version of its own, one higher than the last, which is on disk before
        the list leaves.
        """
        root = self.signer(KeyUse.TRUST)
        with self._exclusive():
            register = self._read_register()
            register["trust_list_version"] += 1
            self._write_register(register)
        issued_at = int(now.timestamp())
        trusted = [
            _trusted(record, issuer, countries)
            for record in self.records()
            if record.use in _TRUSTED_USES and record.expires > now
        ]
        trust = TrustList(
            issuer=issuer,
            version=register["trust_list_version"],
            issued_at=issued_at,
            expires=issued_at + trust_list.LIFETIME,
            keys={key.kid: key for key in trusted},
        )
        return trust_list.sign(trust, root)

    def _find_active(self, use: KeyUse) -> KeyRecord | None:
        active = (r for r in self.records() if r.use is use and r.state is KeyState.ACTIVE)
        return next(active, None)

    def _replace(self, *changed: KeyRecord) -> None:
        """Write these records in the place of those of the same name, all in one stroke."""
        by_kid = {record.kid: record for record in changed}
        self._write_records([by_kid.get(each.kid, each) for each in self.records()])

    def _get(self, kid: bytes) -> KeyRecord:
        record = self.find(kid)
        if record is None:
            raise NotFound("key-unknown")
        return record

    def _path(self, record: KeyRecord) -> Path:
        folder = self._folder / "root" if record.use is KeyUse.TRUST else self._folder
        return folder / f"{record.kid.hex()}.pem"

    def _encrypted(self, private: ec.EllipticCurvePrivateKey) -> bytes:
        return private.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(self._passphrase)
        )

    def _private(self, record: KeyRecord) -> ec.EllipticCurvePrivateKey:
        path = self._path(record)
        try:
            private = load_pem_private_key(path.read_bytes(), self._passphrase)
        except OSError as error:
            raise KeyUnusable(f"{path.name}: {error.strerror}") from None
        except (ValueError, TypeError):
            raise KeyUnusable(f"{path.name}: wrong passphrase, or damaged") from None
        same_key = isinstance(private, ec.EllipticCurvePrivateKey) and (
            private.public_key() == record.public
        )
        if not same_key:
            raise KeyUnusable(f"{path.name}: not the key of the register")
        assert isinstance(private, ec.EllipticCurvePrivateKey)  # noqa: S101  (held just above)
        return private

    def _read_register(self) -> dict[str, Any]:
        try:
            text = (self._folder / "keys.json").read_text(encoding="utf-8")
        except FileNotFoundError:
            return {"trust_list_version": 0, "keys": []}
        register: dict[str, Any] = json.loads(text)
        return register

    def _write_records(self, records: list[KeyRecord]) -> None:
        entries = [write_record(record) for record in records]
        self._write_register({**self._read_register(), "keys": entries})

    def _write_register(self, register: Mapping[str, Any]) -> None:
        text = json.dumps(register, indent=1)
        write_whole(self._folder / "keys.json", text.encode())

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


_TRUSTED_USES = frozenset({KeyUse.PERMIT, KeyUse.STATUS, KeyUse.FACE})

_TRUST_STATES: Mapping[KeyState, TrustState] = {
    KeyState.NEXT: TrustState.ACTIVE,  # its nbf says from when
    KeyState.ACTIVE: TrustState.ACTIVE,
    KeyState.RETIRED: TrustState.RETIRED,
    KeyState.COMPROMISED: TrustState.COMPROMISED,
}


def _trusted(record: KeyRecord, issuer: str, countries: tuple[str, ...]) -> TrustedKey:
    return TrustedKey(
        kid=record.kid,
        public=record.public,
        issuer=issuer,
        use=record.use,
        not_before=int(record.not_before.timestamp()),
        expires=int(record.expires.timestamp()),
        countries=countries,
        state=_TRUST_STATES[record.state],
        cutoff=int(record.cutoff.timestamp()) if record.cutoff else None,
    )


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that only its owner reads; after a crash the old one stands, or the new one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
