"""How fast a credential is issued and verified, beside PyPI claim169 and the bare primitive.

Everything runs in this process, interleaved in small turns, so that a busy machine slows all alike;
the best turn of each counts.
"""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

import claim169
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.adapters.key_files import FileSigner
from permits import credentials, qr, scans
from permits.scans import Reason
from permits.status_list import StatusLists
from tests.permits.samples import CLAIMS, at, clearance
from tests.vectors import forge

TURNS = 200
CALLS = 10

Row = dict[str, Any]
Call = Callable[[], object]
Text = Callable[[], str]


def run() -> list[Row]:
    """Measure for about two seconds; the rows of `make bench`, rates in a second on one core."""
    signer = FileSigner(forge.PERMIT.kid, forge.PERMIT.private)
    text, now = forge.permit().text(), at(forge.NOW)
    trust, lists = forge.make_trust(), StatusLists().taking(forge.make_list())
    cleared = clearance()

    def issue() -> str:
        prepared = credentials.prepare(cleared, CLAIMS, signer.kid)
        return credentials.seal(prepared, signer.sign(prepared.message))

    def verify() -> scans.Verdict:
        return scans.verdict(text, trust, lists, now)

    assert verify().reason is Reason.OK
    assert scans.verdict(issue(), trust, lists, now).claims == CLAIMS
    peer_issue, peer_verify = _claim169(text)
    assert 0.85 * len(text) < len(peer_issue()) <= len(text)
    calls = (issue, verify, peer_issue, peer_verify, *_bare(text))
    ours_issue, ours_verify, their_issue, their_verify, sign, check = _rates(calls)
    return [
        _row("whole issue of a credential", ours_issue, "claim169", their_issue, 4.5),
        _row("whole verify of a credential", ours_verify, "claim169", their_verify, 2.5),
        _row("whole issue of a credential", ours_issue, "bare ES256 signature", sign, 0.22),
        _row("whole verify of a credential", ours_verify, "bare ES256 verification", check, 0.5),
    ]


def _claim169(text: str) -> tuple[Text, Call]:
    """The peer: it reads our text, and writes one nearly as long as ours.

    It knows no claims of a permit, so what ours says beyond the identity stands in its address.
    """
    secret = forge.PERMIT.private.private_numbers().private_value.to_bytes(32, "big")
    public = forge.PERMIT.public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def issue() -> str:
        identity = claim169.Claim169Input(
            id=CLAIMS.document_number,
            full_name=CLAIMS.full_name,
            date_of_birth="19900411",
            gender=2,
            nationality=CLAIMS.nationality,
            country_of_issuance=CLAIMS.document_country,
            address=_REST,
        )
        meta = claim169.CwtMetaInput(issuer=CLAIMS.issuer, expires_at=forge.NOW)
        meta.subject, meta.not_before, meta.issued_at = CLAIMS.number, forge.NOW, forge.NOW
        return str(claim169.encode_with_ecdsa_p256(identity, meta, secret))

    def verify() -> object:
        return claim169.decode_with_ecdsa_p256(text, public, validate_timestamps=False)

    return issue, verify


_REST = " ".join(
    (
        *(CLAIMS.kind, CLAIMS.employer_name, CLAIMS.employer_id, CLAIMS.occupation),
        *CLAIMS.departments,
        *CLAIMS.agencies,
        CLAIMS.status_uri,
        "status_list idx uri",
    )
)


def _bare(text: str) -> tuple[Call, Call]:
    """The limit: `cryptography` alone, on the same bytes."""
    algorithm, private, public = ec.ECDSA(SHA256()), forge.PERMIT.private, forge.PERMIT.public
    read = qr.read(text)
    message, raw = read.to_be_signed, read.signature
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))

    def sign() -> bytes:
        return private.sign(message, algorithm)

    def check() -> None:
        public.verify(der, message, algorithm)

    return sign, check


def _rates(calls: Sequence[Call]) -> list[float]:
    best = [float("inf")] * len(calls)
    for _ in range(TURNS):
        for number, call in enumerate(calls):
            begin = perf_counter()
            for _ in range(CALLS):
                call()
            best[number] = min(best[number], perf_counter() - begin)
    return [CALLS / seconds for seconds in best]


def _row(name: str, ours: float, against: str, theirs: float, goal: float) -> Row:
    return {
        "name": name,
        "unit": "1/s",
        "ours": round(ours),
        "against": against,
        "theirs": round(theirs),
        "ratio": round(ours / theirs, 2),
        "goal": goal,
    }
