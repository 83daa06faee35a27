"""Field encryption: what must not stand in clear in a table, and how it is found all the same.

    fields.json       the register: every data key and the index key, wrapped under the passphrase

A sealed field is AES-256-GCM with a random nonce of 96 bits. What it belongs to (the place, which
is table and column, and the row) is authenticated with it, so that a value moved to another row
does not open. It names its key: the newest key seals, every key that is kept opens.
"""

import base64
import fcntl
import hmac
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.adapters.key_files import KeyUnusable
from app.adapters.whole_files import write_whole

FORM = b"\x01"
"""The first byte of a sealed field: which form follows (key id, nonce, text and tag)."""

KEY_ID, NONCE, TAG, KEY = 4, 12, 16, 32
"""Sizes in bytes."""

SCRYPT_COST = 2**15
"""Memory and time to turn the passphrase into the wrapping key: 32 MiB, about 0.1 s, once."""

INDEX = "index"
"""The name under which the key of the index is wrapped."""


class SealBroken(Exception):
    """A sealed field was forged, moved to another place, or its key is gone; says which place."""


@dataclass(frozen=True)
class DataKeys:
    """The keys in the clear, as a process holds them; `newest` seals, all open."""

    newest: bytes
    by_id: Mapping[bytes, bytes] = field(repr=False)
    index: bytes = field(repr=False)

    @classmethod
    def fresh(cls) -> "DataKeys":
        """One random key for sealing and one for the index."""
        name = secrets.token_bytes(KEY_ID)
        return cls(name, {name: secrets.token_bytes(KEY)}, secrets.token_bytes(KEY))

    def with_new_key(self) -> "DataKeys":
        """The same keys and a new one, which seals from now on."""
        name = secrets.token_bytes(KEY_ID)
        while name in self.by_id:
            name = secrets.token_bytes(KEY_ID)
        return DataKeys(name, {**self.by_id, name: secrets.token_bytes(KEY)}, self.index)


class MemoryVault:
    """Seals with keys that are at hand."""

    def __init__(self, keys: DataKeys) -> None:
        """Use these keys, and no file."""
        self._given = keys

    def seal(self, place: str, row: UUID, text: str) -> bytes:
        """Return the text sealed to its place (`table.column`) and row; each time another."""
        keys = self._keys()
        nonce = secrets.token_bytes(NONCE)
        head = FORM + keys.newest
        cipher = AESGCM(keys.by_id[keys.newest])
        return head + nonce + cipher.encrypt(nonce, text.encode(), _bound(head, place, row))

    def open(self, place: str, row: UUID, sealed: bytes) -> str:
        """Return the text; SealBroken where it was altered, moved, or its key is gone."""
        head, nonce, rest = _parts(place, sealed)
        key = self._keys().by_id.get(head[1:])
        if key is None:
            raise SealBroken(f"{place}: sealed with a key that is not kept")
        try:
            return AESGCM(key).decrypt(nonce, rest, _bound(head, place, row)).decode()
        except InvalidTag:
            raise SealBroken(f"{place}: altered, or moved from elsewhere") from None

    def is_current(self, sealed: bytes) -> bool:
        """Whether the newest key sealed this; what it did not is due when keys are rotated."""
        return sealed[: 1 + KEY_ID] == FORM + self._keys().newest

    def index(self, place: str, text: str) -> bytes:
        """Return a keyed hash (HMAC-SHA256) to find equal texts of one place by.

        The caller brings the text into one form first. The same text has another hash in another
        place, so that two columns cannot be compared without the key.
        """
        own = hmac.digest(self._keys().index, f"vereda index\0{place}".encode(), "sha256")
        return hmac.digest(own, text.encode(), "sha256")

    def make_key(self, place: str, row: UUID) -> bytes:
        """Return a fresh data key, itself sealed; who destroys it destroys all that it sealed."""
        return self.seal(place, row, secrets.token_hex(KEY))

    def seal_under(self, key: bytes, place: str, row: UUID, text: str) -> bytes:
        """Return the text sealed under a key of `make_key` for this place and row."""
        nonce = secrets.token_bytes(NONCE)
        bound = _bound(FORM, place, row)
        return FORM + nonce + self._own(key, place, row).encrypt(nonce, text.encode(), bound)

    def open_under(self, key: bytes, place: str, row: UUID, sealed: bytes) -> str:
        """Return what `seal_under` sealed; SealBroken where anything differs."""
        nonce, rest = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
        if sealed[:1] != FORM or len(rest) < TAG:
            raise SealBroken(f"{place}: not a sealed field")
        try:
            opened = self._own(key, place, row).decrypt(nonce, rest, _bound(FORM, place, row))
        except InvalidTag:
            raise SealBroken(f"{place}: altered, or moved from elsewhere") from None
        return opened.decode()

    def _own(self, key: bytes, place: str, row: UUID) -> AESGCM:
        """The data key, whose own place is the part of `place` before the slash."""
        return AESGCM(bytes.fromhex(self.open(place.partition("/")[0], row, key)))

    def _keys(self) -> DataKeys:
        return self._given


class FileVault(MemoryVault):
    """Seals with the keys of a folder; they are read once, and again when the file changes."""

    def __init__(self, folder: Path, passphrase: str) -> None:
        """Use `folder`; nothing is made before `prepare`, and an empty passphrase is refused."""
        if not passphrase:
            raise ValueError("keys on disk need a passphrase")
        self._file = folder / "fields.json"
        self._passphrase = passphrase.encode()
        self._lock = Lock()
        self._read_at = -1

    def prepare(self, now: datetime) -> None:
        """Make the keys where there are none; two processes that start together make one set."""
        with self._exclusive():
            if not self._file.is_file():
                self._write(DataKeys.fresh(), {}, now)

    def rotate(self, now: datetime) -> bytes:
        """Make a new key, which seals from now on, and return its name; the old ones still open.

        They stay as long as something sealed with them does, a backup above all.
        """
        with self._exclusive():
            keys = self._read().with_new_key()
            self._write(keys, self._register()["created"], now)
            return keys.newest

    def names(self) -> list[tuple[bytes, datetime]]:
        """Every key by name and the instant it was made, oldest first; the last one seals."""
        created = self._register()["created"]
        return [(bytes.fromhex(name), datetime.fromisoformat(at)) for name, at in created.items()]

    def _keys(self) -> DataKeys:
        with self._lock:
            try:
                changed_at = self._file.stat().st_mtime_ns
            except OSError as error:
                raise KeyUnusable(f"{self._file.name}: {error.strerror}") from None
            if changed_at != self._read_at:
                self._given = self._read()
                self._read_at = changed_at
            return self._given

    def _read(self) -> DataKeys:
        register = self._register()
        wrapping = self._wrapping_key(base64.b64decode(register["salt"]))
        by_name = {
            name: _unwrap(wrapping, name, base64.b64decode(wrapped))
            for name, wrapped in register["wrapped"].items()
        }
        index = by_name.pop(INDEX)
        by_id = {bytes.fromhex(name): key for name, key in by_name.items()}
        return DataKeys(bytes.fromhex(register["newest"]), by_id, index)

    def _write(self, keys: DataKeys, created: Mapping[str, str], now: datetime) -> None:
        salt = secrets.token_bytes(16)
        wrapping = self._wrapping_key(salt)
        clear = {name.hex(): key for name, key in keys.by_id.items()} | {INDEX: keys.index}
        register = {
            "salt": base64.b64encode(salt).decode(),
            "newest": keys.newest.hex(),
            "created": {**created, keys.newest.hex(): now.isoformat()},
            "wrapped": {
                name: base64.b64encode(_wrap(wrapping, name, key)).decode()
                for name, key in clear.items()
            },
        }
        write_whole(self._file, json.dumps(register, indent=1).encode())

    def _register(self) -> dict[str, Any]:
        try:
            register: dict[str, Any] = json.loads(self._file.read_text(encoding="utf-8"))
        except OSError as error:
            raise KeyUnusable(f"{self._file.name}: {error.strerror}") from None
        return register

    def _wrapping_key(self, salt: bytes) -> AESGCM:
        derived = Scrypt(salt=salt, length=KEY, n=SCRYPT_COST, r=8, p=1).derive(self._passphrase)
        return AESGCM(derived)

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._file.parent / ".fields").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _bound(head: bytes, place: str, row: UUID) -> bytes:
    """What is authenticated beside the text: form and key, the place, the row."""
    return head + row.bytes + place.encode()


def _parts(place: str, sealed: bytes) -> tuple[bytes, bytes, bytes]:
    if len(sealed) < 1 + KEY_ID + NONCE + TAG or sealed[:1] != FORM:
        raise SealBroken(f"{place}: not a sealed field")
    head = 1 + KEY_ID
    return sealed[:head], sealed[head : head + NONCE], sealed[head + NONCE :]


def _wrap(wrapping: AESGCM, name: str, key: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + wrapping.encrypt(nonce, key, f"vereda field key {name}".encode())


def _unwrap(wrapping: AESGCM, name: str, wrapped: bytes) -> bytes:
    try:
        return wrapping.decrypt(
            wrapped[:NONCE], wrapped[NONCE:], f"vereda field key {name}".encode()
        )
    except InvalidTag:
        raise KeyUnusable("fields.json: wrong passphrase, or damaged") from None
