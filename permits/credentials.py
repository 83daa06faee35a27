"""The credential: the steps from a clearance to a signed QR text."""

from dataclasses import dataclass, field
from hashlib import sha512

from permits import base45, cose, permit_numbers, qr
from permits.clearances import Clearance
from permits.cwt import END_OF_TIME
from permits.errors import Conflict, Fault, refuse_if
from permits.permit_claims import PermitClaims, Profile, seconds, write_claims
from permits.signing import KID_SIZE, SIGNATURE_SIZE
from permits.status_list import SIZE, belongs

__all__ = [
    "PermitClaims",
    "Profile",
    "ToBeSigned",
    "prepare",
    "seal",
    "short_employer_id",
    "short_employer_name",
]

MAX_NAME = 120
MAX_EMPLOYER_NAME = 48
MAX_DEPARTMENTS = 4
MAX_CONDITIONS = 2**32 - 1

# Bytes of an envelope beside its payload, at most: tags, header, heads and signature.
_ENVELOPE = 128
# A stored (uncompressed) zlib stream is 11 bytes longer than its content, and two bytes are three
# characters: a payload of this size fits whatever its content is.
_SURELY_FITS = qr.MAX_ISSUED_TEXT * 2 // 3 - 11 - _ENVELOPE
# Characters by which another signature can lengthen the text (its 64 bytes do not compress).
_SIGNATURE_SLACK = 16


@dataclass(frozen=True)
class ToBeSigned:
    """The payload, fixed; `message` is the exact bytes that the key named `kid` has to sign."""

    kid: bytes
    payload: bytes = field(repr=False)
    profile: Profile = Profile.VEREDA

    @property
    def protected(self) -> bytes:
        """The protected header, serialised."""
        return cose.protected_header(self.kid)

    @property
    def message(self) -> bytes:
        """The Sig_structure of RFC 9052."""
        return cose.sig_structure(self.protected, self.payload)


def prepare(
    clearance: Clearance, claims: PermitClaims, kid: bytes, profile: Profile = Profile.VEREDA
) -> ToBeSigned:
    """Return the bytes to be signed for a cleared application.

    1. the agencies that the claims name are those that cleared it, else Conflict("not-cleared");
    2. the claims are complete and in form, else `Invalid` with every fault; 3. the payload;
    4. the text will fit a symbol of version 18-M, whatever the signature is, else
    `qr.TooLarge`: nothing is found too large once it is signed.
    """
    if sorted(claims.agencies) != sorted(clearance.agencies):  # 1
        raise Conflict("not-cleared", reason="agencies-differ")
    refuse_if(find_faults(claims))  # 2
    if len(kid) != KID_SIZE:
        raise ValueError("a key's name has eight bytes")
    prepared = ToBeSigned(kid, write_claims(claims, profile), profile)  # 3
    _check_size(prepared)  # 4
    return prepared


def seal(prepared: ToBeSigned, signature: bytes) -> str:
    """Return the QR text of a signed credential.

    `signature` is r then s, 64 bytes (else ValueError); that it holds is the signer's to know.
    Raises `qr.TooLarge`.
    """
    return qr.write(envelope_of(prepared, signature))


def short_employer_id(employer: str) -> str:
    """An employer's id as the credential carries it: the first twelve of its hexadecimal digits."""
    return employer.replace("-", "")[:12]


def short_employer_name(name: str) -> str:
    """Return an employer's name as the credential carries it: cut at 48 characters."""
    return name if len(name) <= MAX_EMPLOYER_NAME else name[: MAX_EMPLOYER_NAME - 1].rstrip() + "…"


def find_faults(claims: PermitClaims) -> list[Fault]:
    """What is wrong with claims that are about to be signed."""
    since, start, end = (seconds(i) for i in (claims.issued_at, claims.valid_from, claims.expires))
    in_time = 0 <= since < end < END_OF_TIME and 0 <= start < end
    checks = (
        (_is_issuer(claims.issuer), "issuer-malformed", "issuer"),
        (permit_numbers.is_number(claims.number), "permit-number-malformed", "number"),
        (in_time, "validity-empty", "expires"),
        (0 < len(claims.document_number) <= 32, "document-number-length", "document_number"),
        (0 < len(claims.full_name) <= MAX_NAME, "name-length", "full_name"),
        (_is_country(claims.nationality), "country-malformed", "nationality"),
        (_is_country(claims.document_country), "country-malformed", "document_country"),
        (0 < len(claims.kind) <= 32, "kind-length", "kind"),
        (0 < len(claims.employer_name) <= MAX_EMPLOYER_NAME, "name-length", "employer_name"),
        (0 < len(claims.employer_id) <= 32, "employer-id-length", "employer_id"),
        (_is_occupation(claims.occupation), "occupation-malformed", "occupation"),
        (0 < len(claims.departments) <= MAX_DEPARTMENTS, "departments-number", "departments"),
        (all(claims.departments) and all(claims.posts), "code-empty", "departments"),
        (_is_optional(claims.second_name), "name-length", "second_name"),
        (_is_optional(claims.second_language), "language-length", "second_language"),
        (_is_optional(claims.legal_status), "legal-status-length", "legal_status"),
        (belongs(claims.status_uri, claims.issuer), "status-list-foreign", "status_uri"),
        (0 <= claims.status_index < SIZE, "status-index-range", "status_index"),
        (0 <= claims.conditions <= MAX_CONDITIONS, "conditions-range", "conditions"),
    )
    return [Fault(code, field) for holds, code, field in checks if not holds]


def _check_size(prepared: ToBeSigned) -> None:
    if len(prepared.payload) <= _SURELY_FITS:
        return
    # Any 64 bytes without pattern stand in for the signature that is still to come.
    envelope = envelope_of(prepared, sha512(prepared.payload).digest())
    characters = len(base45.encode(qr.deflate(envelope))) + _SIGNATURE_SLACK
    if characters > qr.MAX_ISSUED_TEXT:
        raise qr.TooLarge(characters)


def envelope_of(prepared: ToBeSigned, signature: bytes) -> bytes:
    """Return the COSE_Sign1 of a signature (64 bytes, else ValueError) over what was prepared."""
    if len(signature) != SIGNATURE_SIZE:
        raise ValueError("an ES256 signature has 64 bytes")
    return cose.sign1(
        prepared.protected,
        prepared.payload,
        signature,
        cwt_tag=prepared.profile is Profile.INJI,
    )


def _is_issuer(uri: str) -> bool:
    return uri.startswith("https://") and not uri.endswith("/") and len(uri) <= 64


def _is_optional(text: str | None) -> bool:
    return text is None or 0 < len(text) <= MAX_NAME


def _is_country(code: str) -> bool:
    return len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()


def _is_occupation(code: str) -> bool:
    return len(code) == 4 and code.isascii() and code.isdigit()
