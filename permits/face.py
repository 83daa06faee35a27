"""The signed face: a small photo in a second QR symbol, bound to one permit by its number.

The same envelope as the permit's, signed by a key of its own use, with the claims
`{1: iss, 2: permit number, 4: exp, 6: iat, 169: {62: [{0: WebP, 1: 0, 2: 4}]}}` (claim 169 of
MOSIP: 62 is a face, format 0 an image, subformat 4 WebP). It says nothing by itself: it is read
beside a permit whose signature held, and shown only where it is of that permit. The scanner's
face.js is the twin of this module; tests/vectors/faces.json holds the two together.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import cbor2

from permits import cose, qr
from permits.credentials import ToBeSigned, envelope_of
from permits.cwt import (
    CLAIM_EXP,
    CLAIM_IAT,
    CLAIM_IDENTITY,
    CLAIM_ISS,
    CLAIM_SUB,
    read_each_text,
    read_instant,
    read_map,
)
from permits.errors import Fault, refuse_if
from permits.permit_claims import PermitClaims, seconds
from permits.scans import CLOCK_TOLERANCE
from permits.signing import KeyUse
from permits.trust_list import TrustedKey, TrustList

MAX_PICTURE = 600
"""Bytes of the photo: 48 × 64 points of WebP take some 560."""

MAX_TEXT = 1_248
"""Characters of a version 23 symbol at error correction M: what the largest photo needs. With its
quiet zone the symbol is 38.6 mm wide at modules of 0.33 mm, and fits a side of an ID-1 card."""

_FACE, _DATA, _FORMAT, _SUBFORMAT = 62, 0, 1, 2
_IMAGE, _WEBP = 0, 4


@dataclass(frozen=True, slots=True)
class FaceClaims:
    """What a face says: whose issuer, which permit, since when, until when, the photo.

    `expires` is exclusive, as the permit's own.
    """

    issuer: str
    number: str
    issued_at: datetime
    expires: datetime
    picture: bytes = field(repr=False)


class FaceReason(StrEnum):
    """What became of a text that was read as the face of a permit; only `ok` shows a photo."""

    OK = "ok"
    NOT_A_FACE = "not-a-face"
    UNKNOWN_KEY = "unknown-key"
    KEY_REVOKED = "key-revoked"
    BAD_SIGNATURE = "bad-signature"
    EXPIRED = "expired"
    OTHER_PERMIT = "other-permit"


@dataclass(frozen=True, slots=True)
class FaceVerdict:
    """`picture` is a WebP where the reason is `ok`, else None."""

    reason: FaceReason
    picture: bytes | None = field(default=None, repr=False)


def prepare_face(
    permit: PermitClaims, picture: bytes, issued_at: datetime, kid: bytes
) -> ToBeSigned:
    """Return the bytes to be signed for the face of a permit; Invalid for what is no small WebP."""
    small = 0 < len(picture) <= MAX_PICTURE
    faults = [] if small else [Fault("face-too-large", "picture", {"limit": MAX_PICTURE})]
    refuse_if(faults if _is_webp(picture) else [*faults, Fault("not-a-picture", "picture")])
    claims = FaceClaims(permit.issuer, permit.number, issued_at, permit.expires, picture)
    return ToBeSigned(kid, write_face(claims))


def seal_face(prepared: ToBeSigned, signature: bytes) -> str:
    """Return the QR text of a signed face; ValueError for a signature that is none."""
    return qr.write(envelope_of(prepared, signature), MAX_TEXT)


def write_face(claims: FaceClaims) -> bytes:
    """Return the payload as deterministic CBOR."""
    return cbor2.dumps(
        {
            CLAIM_ISS: claims.issuer,
            CLAIM_SUB: claims.number,
            CLAIM_EXP: seconds(claims.expires),
            CLAIM_IAT: seconds(claims.issued_at),
            CLAIM_IDENTITY: {_FACE: [{_DATA: claims.picture, _FORMAT: _IMAGE, _SUBFORMAT: _WEBP}]},
        }
    )


def read_face(payload: bytes) -> FaceClaims:
    """Return the claims of a payload whose signature held; `cose.Malformed` for anything else."""
    claims = cose.load(payload)
    if not isinstance(claims, dict):
        raise cose.Malformed
    issuer, number = read_each_text(claims, CLAIM_ISS, CLAIM_SUB)
    return FaceClaims(
        issuer,
        number,
        datetime.fromtimestamp(read_instant(claims, CLAIM_IAT), UTC),
        datetime.fromtimestamp(read_instant(claims, CLAIM_EXP), UTC),
        _read_picture(read_map(claims, CLAIM_IDENTITY).get(_FACE)),
    )


def judge_face(
    text: str, permit: PermitClaims, trust: TrustList | None, now: datetime
) -> FaceVerdict:
    """Judge the second text beside a permit whose signature held. Never raises for any text.

    The numbered steps of `scans.verdict`, as far as a face has them: 1 to 4 form · 5 algorithm ·
    6 key: known, for faces, standing · 7 signature · 8 claims · 9 its end · 10 issuer · and last
    whether it is of this permit. Whether the permit counts is the first verdict's to say.
    """
    try:
        envelope = qr.read(text)  # 1 to 4
    except qr.Unreadable:
        return FaceVerdict(FaceReason.NOT_A_FACE)
    if not cose.is_plain_es256(envelope.headers):  # 5
        return FaceVerdict(FaceReason.NOT_A_FACE)
    instant = seconds(now)
    key = _find_key(envelope, trust, instant)  # 6
    if isinstance(key, FaceReason):
        return FaceVerdict(key)
    if not key.verifies(envelope.to_be_signed, envelope.signature):  # 7
        return FaceVerdict(FaceReason.BAD_SIGNATURE)
    try:
        claims = read_face(envelope.payload)  # 8
    except cose.Malformed:
        return FaceVerdict(FaceReason.NOT_A_FACE)
    if not key.vouches(seconds(claims.issued_at)):
        return FaceVerdict(FaceReason.KEY_REVOKED)
    if instant >= seconds(claims.expires) + CLOCK_TOLERANCE:  # 9
        return FaceVerdict(FaceReason.EXPIRED)
    if claims.issuer != key.issuer:  # 10
        return FaceVerdict(FaceReason.NOT_A_FACE)
    if (claims.issuer, claims.number) != (permit.issuer, permit.number):
        return FaceVerdict(FaceReason.OTHER_PERMIT)
    return FaceVerdict(FaceReason.OK, claims.picture)


def _find_key(envelope: cose.Sign1, trust: TrustList | None, now: int) -> TrustedKey | FaceReason:
    kid = envelope.headers.get(cose.HEADER_KID, envelope.unprotected.get(cose.HEADER_KID))
    if not isinstance(kid, bytes):
        return FaceReason.NOT_A_FACE
    key = trust.find(kid) if trust else None
    if key is None:
        return FaceReason.UNKNOWN_KEY
    if key.use is not KeyUse.FACE:
        return FaceReason.NOT_A_FACE
    return key if key.stands(now) else FaceReason.KEY_REVOKED


def _read_picture(faces: Any) -> bytes:  # noqa: ANN401  untyped CBOR, checked here
    """The one picture of a face: a WebP of at most `MAX_PICTURE` bytes; else `cose.Malformed`."""
    if type(faces) is not list or len(faces) != 1 or type(faces[0]) is not dict:
        raise cose.Malformed
    picture = faces[0].get(_DATA)
    kind = (read_instant(faces[0], _FORMAT), read_instant(faces[0], _SUBFORMAT))
    if kind != (_IMAGE, _WEBP) or type(picture) is not bytes:
        raise cose.Malformed
    if len(picture) > MAX_PICTURE or not _is_webp(picture):
        raise cose.Malformed
    return picture


def _is_webp(picture: bytes) -> bool:
    return picture[:4] == b"RIFF" and picture[8:12] == b"WEBP"
