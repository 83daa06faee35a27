"""How fast a credential is issued and verified, beside PyPI claim169 and the bare primitive.

Everything runs in this process and takes turns of five milliseconds, each call with another permit,
as in a queue of people: the same permit again and again would teach the processor its branches.
What counts is the processor time of the thread, and the quiet quarter of the turns, so that others
on the machine count little.

The peer is asked in two ways. Alone it signs and verifies with its own Rust; with `cryptography`
handed in for that, as we use it, what is left is the rest of the work. It does less of that: it
reads no permit claim, knows no trust list, status list, post or clock, and its checks of times are
switched off. What it may keep between calls (its inputs, its keys' bytes) is made beforehand.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import cycle
from time import thread_time
from typing import Any

import claim169
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.adapters.key_files import FileSigner
from permits import credentials, permit_numbers, qr, scans
from permits.permit_claims import PermitClaims
from permits.scans import Reason
from permits.signing import verify_es256
from permits.status_list import StatusLists
from tests.benchmarks.ground import quiet
from tests.permits.samples import CLAIMS, at, clearance
from tests.vectors import forge

TURNS, SECONDS_A_TURN = 100, 5e-3
PEOPLE = 64

Row = dict[str, Any]
Call = Callable[[], object]

SIGNER = FileSigner(forge.PERMIT.kid, forge.PERMIT.private)
PUBLIC = forge.PERMIT.public
ALGORITHM = ec.ECDSA(SHA256())


def run() -> list[Row]:
    """Measure for some seconds; the rows of `make bench`, rates in a second on one core."""
    people = [_person(number) for number in range(PEOPLE)]
    texts = [_issue(person) for person in people]
    rates = _rates({**_ours(people, texts), **_peer(people, texts), **_bare(texts)})
    ours = {"issue": rates["issue"], "verify": rates["verify"]}
    return [
        _row("issue", ours, "claim169", rates["claim169 issues"], 4.5),
        _row("verify", ours, "claim169", rates["claim169 verifies"], 2.5),
        _row("issue", ours, "claim169, OpenSSL signing", rates["with OpenSSL issues"], 1),
        _row("verify", ours, "claim169, OpenSSL verifying", rates["with OpenSSL verifies"], 1),
        _row("issue", ours, "bare ES256 signature", rates["sign"], 0.22),
        _row("verify", ours, "bare ES256 verification", rates["check"], 0.5),
    ]


def _person(number: int) -> PermitClaims:
    return replace(
        CLAIMS,
        number=permit_numbers.make(10**15 + number * 7_919),
        full_name=f"María {chr(65 + number % 26)}. López {'Xitumul' * (1 + number % 3)}",
        document_number=str(2_345_678_900_101 + number * 104_729),
        status_index=CLAIMS.status_index + 2 + number,
    )


def _issue(claims: PermitClaims) -> str:
    prepared = credentials.prepare(clearance(), claims, SIGNER.kid)
    return credentials.seal(prepared, SIGNER.sign(prepared.message))


def _ours(people: Sequence[PermitClaims], texts: Sequence[str]) -> Mapping[str, Call]:
    person, text = cycle(people), cycle(texts)
    cleared, now = clearance(), at(forge.NOW)
    trust, lists = forge.make_trust(), StatusLists().taking(forge.make_list())

    def issue() -> str:
        prepared = credentials.prepare(cleared, next(person), SIGNER.kid)
        return credentials.seal(prepared, SIGNER.sign(prepared.message))

    def verify() -> scans.Verdict:
        return scans.verdict(next(text), trust, lists, now)

    for claims in people:
        verdict = verify()
        assert (verdict.reason, verdict.claims) == (Reason.OK, claims)
    return {"issue": issue, "verify": verify}


def _peer(people: Sequence[PermitClaims], texts: Sequence[str]) -> Mapping[str, Call]:
    """The peer reads our texts, and writes ones nearly as long as ours.

    It knows no claims of a permit, so what ours says beyond the identity stands in its address.
    """
    secret = forge.PERMIT.private.private_numbers().private_value.to_bytes(32, "big")
    public = PUBLIC.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    inputs = [_input(person) for person in people]
    one, other, text, again = cycle(inputs), cycle(inputs), cycle(texts), cycle(texts)

    def sign(_: str, __: bytes | None, message: bytes) -> bytes:
        return SIGNER.sign(message)

    def check(_: str, __: bytes | None, message: bytes, signature: bytes) -> None:
        if not verify_es256(PUBLIC, message, signature):
            raise ValueError(signature)

    calls: dict[str, Callable[[], Any]] = {
        "claim169 issues": lambda: claim169.encode_with_ecdsa_p256(*next(one), secret),
        "claim169 verifies": lambda: claim169.decode_with_ecdsa_p256(
            next(text), public, validate_timestamps=False
        ),
        "with OpenSSL issues": lambda: claim169.encode_with_signer(
            *next(other), sign, "ES256", SIGNER.kid
        ),
        "with OpenSSL verifies": lambda: claim169.decode_with_verifier(
            next(again), check, validate_timestamps=False
        ),
    }
    for who in ("claim169", "with OpenSSL"):
        assert 0.85 * len(texts[0]) < len(calls[f"{who} issues"]()) <= len(texts[0])
        assert calls[f"{who} verifies"]().is_verified()
    return calls


def _input(claims: PermitClaims) -> tuple[object, object]:
    identity = claim169.Claim169Input(
        id=claims.document_number,
        full_name=claims.full_name,
        date_of_birth="19900411",
        gender=2,
        nationality=claims.nationality,
        country_of_issuance=claims.document_country,
        address=_REST,
    )
    meta = claim169.CwtMetaInput(issuer=claims.issuer, expires_at=forge.NOW)
    meta.subject, meta.not_before, meta.issued_at = claims.number, forge.NOW, forge.NOW
    return identity, meta


_REST = " ".join(
    (
        *(CLAIMS.kind, CLAIMS.employer_name, CLAIMS.employer_id, CLAIMS.occupation),
        *CLAIMS.departments,
        *CLAIMS.agencies,
        CLAIMS.status_uri,
        "status_list idx uri",
    )
)


def _bare(texts: Sequence[str]) -> Mapping[str, Call]:
    """The limit: `cryptography` alone, on the same bytes."""
    read = [qr.read(text) for text in texts]
    messages = cycle([one.to_be_signed for one in read])
    checks: Iterator[tuple[bytes, bytes]] = cycle(
        [(_der(one.signature), one.to_be_signed) for one in read]
    )
    private = forge.PERMIT.private
    return {
        "sign": lambda: private.sign(next(messages), ALGORITHM),
        "check": lambda: PUBLIC.verify(*next(checks), ALGORITHM),
    }


def _der(raw: bytes) -> bytes:
    return encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))


def _rates(calls: Mapping[str, Call]) -> dict[str, float]:
    """Calls in a second, of the turn in the middle; each takes as many calls as fill a turn."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    times = {name: max(1, round(SECONDS_A_TURN / _seconds(calls[name], 100))) for name in calls}
    for _ in range(TURNS):
        for name, call in calls.items():
            taken[name].append(_seconds(call, times[name]))
    return {name: 1 / quiet(seconds) for name, seconds in taken.items()}


def _seconds(call: Call, times: int) -> float:
    begin = thread_time()
    for _ in range(times):
        call()
    return (thread_time() - begin) / times


def _row(what: str, ours: Mapping[str, float], against: str, theirs: float, goal: float) -> Row:
    return {
        "name": f"whole {what} of a credential",
        "unit": "1/s",
        "ours": round(ours[what]),
        "against": against,
        "theirs": round(theirs),
        "ratio": round(ours[what] / theirs, 2),
        "goal": goal,
    }
