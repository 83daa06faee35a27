"""Checkpoints of the log: its size and root as a C2SP tlog-checkpoint, a signed note.

    vereda.example/audit                             the origin: which log
    1234                                             how many leaves its tree has
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=     the root, base64

    — vereda.example/audit kcFuMDBFAiEAhq…           name of the key, base64 of its id and signature

Sources: https://c2sp.org/tlog-checkpoint, https://c2sp.org/signed-note. The keys of this house are
ES256, so the signatures are of type 0x02: ECDSA on P-256 with SHA-256 over the text with its final
newline, in DER; the id of a key is the first four bytes of SHA-256 over its SubjectPublicKeyInfo.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from permits.merkle import HASH_SIZE
from permits.signing import NotTrusted, Signer

KEY_ID_SIZE = 4
MOST_SIGNATURES = 16
LARGEST_NOTE = 64 * 1024
"""Bytes; room for sixteen signatures of any kind."""

_TYPE_ECDSA = b"\x02"
_ALGORITHM = ec.ECDSA(SHA256())
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_FORBIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f]")
_SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")


@dataclass(frozen=True)
class Checkpoint:
    """A log's state: of which log, how many leaves, and their root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed, final newline included."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def origin_of(issuer: str) -> str:
    """Return the origin of the log of this issuer, an https URL: without the scheme."""
    return f"{issuer.removeprefix('https://')}/audit"


def key_id(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return the id of a key in signature lines, four bytes."""
    return sha256(_spki(key)).digest()[:KEY_ID_SIZE]


def verifier_key(origin: str, key: ec.EllipticCurvePublicKey) -> str:
    """Return the key as other programs take it: name, id and key (a "vkey")."""
    encoded = base64.b64encode(_TYPE_ECDSA + _spki(key)).decode()
    return f"{origin}+{key_id(key).hex()}+{encoded}"


def sign(checkpoint: Checkpoint, signer: Signer, key: ec.EllipticCurvePublicKey) -> str:
    """Return the checkpoint as a note with one signature; `key` is the signer's public half."""
    raw = signer.sign(checkpoint.text.encode())
    half = len(raw) // 2
    signature = encode_dss_signature(
        int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big")
    )
    line = base64.b64encode(key_id(key) + signature).decode()
    return f"{checkpoint.text}\n— {checkpoint.origin} {line}\n"


def read(note: str) -> Checkpoint:
    """Return what a note says, without believing it; NotTrusted("malformed").

    Refused: a note too long, control characters, a size with leading zeros, a root that is not 32
    bytes in canonical base64, no signature line or too many, empty extension lines.
    """
    text, signatures = _take_apart(note)
    lines = text[:-1].split("\n")
    if len(signatures) > MOST_SIGNATURES or len(lines) < 3 or not all(lines):
        raise NotTrusted("malformed")
    origin, size, root = lines[:3]
    hashed = _decode(root)
    if not _SIZE.fullmatch(size) or len(hashed) != HASH_SIZE:
        raise NotTrusted("malformed")
    return Checkpoint(origin, int(size), hashed)


class Contradicted(Exception):
    """A second place holds a checkpoint, of `size` leaves, that this log did not grow from."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


class Growth(Protocol):
    """How this log came to be as it is, for whoever keeps an older checkpoint of it."""

    def root_at(self, size: int) -> bytes:
        """Return the root that the log had at a smaller size, or has."""

    def prove_from(self, size: int) -> list[bytes]:
        """Return the consistency proof from a smaller size, above 0, to the present one."""


class Anchor(Protocol):
    """A second place for the log's checkpoints, which whoever rules the database does not rule."""

    @property
    def place(self) -> str:
        """Where it is, without secrets; the name that exports are remembered by."""

    def put(self, note: str, growth: Growth) -> str:
        """Keep a checkpoint for good, and return a witness's answer, else nothing.

        Contradicted where the place holds a checkpoint that this one does not continue; OSError
        to be tried again.
        """

    def notes(self) -> Iterator[str]:
        """Every checkpoint that is kept there and can be read; OSError."""

    def confirm(self, note: str, growth: Growth) -> bool:
        """Whether the place was asked and finds that this checkpoint continues what it knows.

        Contradicted, OSError. False where it only keeps, and is to be read.
        """


def check_growth(older: Checkpoint, head: Checkpoint, growth: Growth) -> None:
    """Refuse with `Contradicted` a head that does not continue an older checkpoint."""
    if older.size > head.size or older.root != growth.root_at(older.size):
        raise Contradicted(older.size)


class LogKeys:
    """The keys of one log: believes a note that one of them signed."""

    def __init__(self, origin: str, keys: Iterable[ec.EllipticCurvePublicKey]) -> None:
        """Of the log of this origin, whose name every signature line must carry."""
        self._origin = origin
        self._keys = {key_id(key): key for key in keys}

    def open(self, note: str) -> Checkpoint:
        """Return what the note says, once its signature holds.

        NotTrusted: `malformed`; `wrong-origin`, of another log; `unknown-key`, no line of a key of
        ours; `bad-signature`, a line of ours that does not hold, whatever the others say.
        """
        checkpoint = read(note)
        if checkpoint.origin != self._origin:
            raise NotTrusted("wrong-origin")
        text, lines = _take_apart(note)
        known = [line for name, line in lines if name == self._origin and line[:4] in self._keys]
        if not known:
            raise NotTrusted("unknown-key")
        for line in known:
            key, signature = self._keys[line[:KEY_ID_SIZE]], line[KEY_ID_SIZE:]
            try:
                key.verify(signature, text.encode(), _ALGORITHM)
            except InvalidSignature:
                raise NotTrusted("bad-signature") from None
        return checkpoint


def _take_apart(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text of a note, and of each signature line the key's name and the signed bytes."""
    text, blank, lines = note.rpartition("\n\n")
    # At most four bytes a character: a note of foreign letters is cut off a little earlier.
    if not blank or not lines.endswith("\n") or 4 * len(note) > LARGEST_NOTE:
        raise NotTrusted("malformed")
    if _FORBIDDEN.search(note):
        raise NotTrusted("malformed")
    signatures = []
    for line in lines.split("\n")[:-1]:
        found = _SIGNATURE.fullmatch(line)
        decoded = _decode(found[2]) if found else b""
        if found is None or len(decoded) <= KEY_ID_SIZE:
            raise NotTrusted("malformed")
        signatures.append((found[1], decoded))
    return text + "\n", signatures


def _decode(text: str) -> bytes:
    """The bytes of canonical base64; NotTrusted("malformed")."""
    try:
        decoded = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotTrusted("malformed") from None
    if base64.b64encode(decoded).decode() != text:
        raise NotTrusted("malformed")
    return decoded


def _spki(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
