"""The cases of faces.json: a second text beside a permit, and what the reader must say of it."""

from collections.abc import Iterator
from typing import Any

import cbor2

from permits import cose, face
from permits.permit_claims import read_claims
from tests.vectors import forge
from tests.vectors.forge import CUTOFF, DAY, NOW, Envelope, FixedKey, permit

Case = dict[str, Any]

PICTURE = b"RIFF" + (60).to_bytes(4, "little") + b"WEBPVP8 " + forge.noise(52)
"""The head of a WebP and noise: a reader looks no further before it shows it."""

PERMIT = read_claims(permit().payload)


def face_claims(
    changes: dict[int, object] | None = None,
    picture: object = PICTURE,
    kind: tuple[Any, Any] = (0, 4),
) -> dict[Any, Any]:
    """The claims of a good face as a plain map; None removes a key."""
    whole: dict[Any, Any] = {
        1: PERMIT.issuer,
        2: PERMIT.number,
        4: int(PERMIT.expires.timestamp()),
        6: int(PERMIT.issued_at.timestamp()),
        169: {62: [{0: picture, 1: kind[0], 2: kind[1]}]},
    }
    for key, value in (changes or {}).items():
        whole[key] = value
        if value is None:
            del whole[key]
    return whole


def signed(claims: dict[Any, Any], key: FixedKey = forge.FACE) -> Envelope:
    """A face in the making."""
    return Envelope(cose.dump(claims), key)


def face_vectors() -> dict[str, Any]:
    """Everything that faces.json holds but the roots and the trust list."""
    return {
        "permit": {"issuer": PERMIT.issuer, "number": PERMIT.number},
        "picture": PICTURE.hex(),
        "cases": [
            {"name": name, "text": text, "now": now, "trust": trust, "expected": reason}
            for name, text, reason, now, trust in _cases()
        ],
    }


Row = tuple[str, str, str, int, bool]


def _row(
    name: str, text: str | Envelope, reason: str, now: int = NOW, *, trust: bool = True
) -> Row:
    return name, text.text() if isinstance(text, Envelope) else text, reason, now, trust


def _cases() -> Iterator[Row]:
    good = signed(face_claims())
    ends = int(PERMIT.expires.timestamp())
    yield _row("accepted", good, "ok")
    yield _row("accepted, the largest photo", signed(face_claims(picture=_of(600))), "ok")
    yield _row("299 seconds after its end", good, "ok", ends + 299)
    yield _row("300 seconds after its end", good, "expired", ends + 300)
    yield _row("of another permit", signed(face_claims({2: "7K3M9XQ2HB4T"})), "other-permit")
    yield _row("of the partner", signed(face_claims({1: forge.PARTNER})), "not-a-face")
    yield _row("no trust list at hand", good, "unknown-key", trust=False)
    yield from _forms(good)
    yield from _keys()
    yield from _claims()


def _of(size: int) -> bytes:
    return PICTURE[:12] + forge.noise(size - 12)


def _forms(good: Envelope) -> Iterator[Row]:
    text = good.text()
    yield _row("empty text", "", "not-a-face")
    yield _row("some address", "https://example.org/foto", "not-a-face")
    yield _row("last characters missing", text[:-3], "not-a-face")
    yield _row("a permit", permit(), "not-a-face")
    yield _row("a typed number", PERMIT.number, "not-a-face")
    eddsa = cbor2.dumps({1: -8, 4: forge.FACE.kid})
    yield _row("EdDSA", Envelope(good.payload, forge.FACE, protected=eddsa), "not-a-face")
    bare = cbor2.dumps({1: -7})
    yield _row("kid missing", Envelope(good.payload, forge.FACE, protected=bare), "not-a-face")


def _keys() -> Iterator[Row]:
    claims = face_claims()
    yield _row("signed by a permit key", signed(claims, forge.PERMIT), "not-a-face")
    yield _row("signed by the status key", signed(claims, forge.STATUS), "not-a-face")
    yield _row("signed by nobody known", signed(claims, forge.STRANGER), "unknown-key")
    stolen = Envelope(cose.dump(claims), forge.FACE, signature=forge.STRANGER.sign(b""))
    yield _row("a stranger's signature", stolen, "bad-signature")
    short = Envelope(cose.dump(claims), forge.FACE, signature=bytes(63))
    yield _row("63 bytes of signature", short, "bad-signature")
    yield _row("a compromised key", signed(claims, forge.LOST_FACE), "key-revoked")
    leaked = signed(face_claims({6: CUTOFF}), forge.LEAKED_FACE)
    yield _row("at the cutoff of its key", leaked, "key-revoked")
    before = signed(face_claims({6: CUTOFF - 1}), forge.LEAKED_FACE)
    yield _row("a second before the cutoff", before, "ok")
    early = signed(face_claims({6: NOW - 61 * DAY}))
    yield _row("issued before the key's time", early, "key-revoked")


def _claims() -> Iterator[Row]:
    bent: dict[str, dict[Any, Any]] = {
        "no number": face_claims({2: None}),
        "a number that is a number": face_claims({2: 5}),
        "no end": face_claims({4: None}),
        "an end that is no integer": face_claims({4: 1.5}),
        "no identity": face_claims({169: None}),
        "no faces": face_claims({169: {62: []}}),
        "two faces": face_claims({169: {62: [{0: PICTURE, 1: 0, 2: 4}] * 2}}),
        "a face that is no map": face_claims({169: {62: [PICTURE]}}),
        "a PNG, it says": face_claims(kind=(0, 0)),
        "a template, it says": face_claims(kind=(1, 4)),
        "a true for a format": face_claims(kind=(False, 4)),
        "601 bytes": face_claims(picture=_of(601)),
        "no bytes": face_claims(picture=b""),
        "a photo as text": face_claims(picture="RIFF0000WEBP"),
        "a JPEG under the name of a WebP": face_claims(picture=b"\xff\xd8\xff" + forge.noise(60)),
    }
    for name, claims in bent.items():
        yield _row(name, signed(claims), "not-a-face")
    yield _row("claims that are no map", Envelope(cose.dump([1]), forge.FACE), "not-a-face")
    assert face.MAX_PICTURE == 600
