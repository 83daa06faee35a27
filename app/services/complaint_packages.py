"""What is handed over of a case: its facts, a summary and the chain of its evidence, signed.

The content is JSON with sorted keys, without blanks, in UTF-8: these bytes are what the target may
take along as a file, and what the signature vouches for by their SHA-256. The signature is the
letter's (recruitment/complaints/referral_papers.py) with one claim more, so that any program
verifies it with the published keys. Both lie sealed under the code of the hand-over.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from app.services.complaint_cases import LEAST_BYTES, Handled
from app.services.work import Work
from app.storage.complaint_referrals import Package
from permits.errors import Unauthenticated
from recruitment.complaints.custody import Held, Link
from recruitment.complaints.filed import Evidence
from recruitment.complaints.handling import reference_of
from recruitment.complaints.referral_papers import claims_of, read_claims
from recruitment.complaints.referrals import Referral


@dataclass(frozen=True)
class Opened:
    """A hand-over as its target reads it; its department by name.

    `written` are the bytes that `signature` vouches for; `vouched` whether it does. Packages of
    before decision 93 have neither signature nor evidence.
    """

    referral: Referral
    reference: str
    summary: str
    facts: Mapping[str, str]
    evidence: Sequence[Held]
    written: bytes = field(repr=False)
    signature: str = field(repr=False)
    vouched: bool

    @property
    def sha256(self) -> str:
        """Of the content as it is taken along."""
        return sha256(self.written).hexdigest()


def seal_package(
    work: Work,
    handled: Handled,
    referral: Referral,
    code: str,
    said: tuple[str, Sequence[Held]],
) -> Package:
    """The summary and the evidence that are said, with the facts in clear, signed and sealed."""
    written = _write(handled, *said)
    digest = sha256(written).hexdigest()
    signature = work.ports.tokens.sign_referral(claims_of(referral, digest))
    whole = json.dumps({"content": written.decode(), "signature": signature}).encode()
    salt = work.ports.chance.token(16)
    key = _key(work, code, salt)
    return Package(salt, work.ports.seals.seal(key, _place(referral), whole, LEAST_BYTES))


def open_sealed(work: Work, referral: Referral, package: Package, code: str) -> Opened | None:
    """A package as its code opens it; None where it does not."""
    key = _key(work, code, package.salt)
    text = work.ports.seals.open(key, _place(referral), package.sealed or b"")
    if text is None:
        return None
    whole = json.loads(text)
    written = whole["content"].encode() if "content" in whole else text
    content, signature = json.loads(written), whole.get("signature", "")
    department = content.get("department", "")
    content["department"] = work.ports.reference.departments.get(department, department)
    return Opened(
        referral,
        content.pop("reference"),
        content.pop("summary"),
        evidence=[_read_held(one) for one in content.pop("evidence", [])],
        facts=content,
        written=written,
        signature=signature,
        vouched=_is_vouched(work, referral, signature, sha256(written).hexdigest()),
    )


def _write(handled: Handled, summary: str, evidence: Sequence[Held]) -> bytes:
    filed = handled.filed
    content = {
        "reference": reference_of(filed.id),
        "categories": ",".join(one.value for one in filed.categories),
        "severity": filed.gravity.value,
        "department": filed.department or "",
        "received_on": filed.received_on.isoformat(),
        "flags": ",".join(sorted(one.value for one in filed.flags)),
        "summary": summary.strip(),
        "evidence": [asdict(one) for one in evidence],
    }
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_day_or_instant
    ).encode()


def _day_or_instant(value: date | datetime) -> str:
    return value.isoformat()


def _read_held(told: dict[str, Any]) -> Held:
    chain = tuple(
        Link(**{**one, "at": datetime.fromisoformat(one["at"]) if one["at"] else None})
        for one in told["chain"]
    )
    added_on = date.fromisoformat(told["added_on"])
    return Held(Evidence(told["kind"]), told["size"], told["sha256"], added_on, chain)


def _is_vouched(work: Work, referral: Referral, signature: str, digest: str) -> bool:
    try:
        vouched = read_claims(work.ports.tokens.read_referral(signature), work.ports.issuer)
    except Unauthenticated:
        return False
    return (vouched.referral, vouched.sha256) == (referral.id, digest)


def _key(work: Work, code: str, salt: bytes) -> bytes:
    return work.ports.seals.part(work.ports.seals.stretch(code, salt), "referral")


def _place(referral: Referral) -> str:
    return f"referral {referral.id}"
