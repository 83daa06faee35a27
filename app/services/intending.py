"""A credential before it is written down: what it claims, the bytes to be signed, and its text."""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from app.services.case import Case, programme_of
from app.services.list_places import Place
from app.services.work import Work
from permits.authorisations import Authorisation
from permits.clearances import Clearance
from permits.credentials import (
    ToBeSigned,
    prepare,
    seal,
    short_employer_id,
    short_employer_name,
)
from permits.deadlines import end_of, start_of
from permits.errors import Conflict
from permits.identity_documents import ISSUER_OF, IdentityKind
from permits.issuing import (
    Credential,
    CredentialAction,
    CredentialId,
    CredentialState,
    move_credential,
)
from permits.keys import check_outlives
from permits.permit_claims import POOL_ID, POOL_NAME, PermitClaims
from permits.signing import KeyUse
from permits.status_list import list_uri


class Numbered(NamedTuple):
    """What is drawn for a credential: its number, and where it stands on the status list."""

    number: str
    place: Place


def intend(
    work: Work, case: Case, clearance: Clearance, authorisation: Authorisation, drawn: Numbered
) -> Credential:
    """The credential of a right with the exact bytes to be signed; it is written down nowhere."""
    claims = _claims(work, case, authorisation, drawn.number, drawn.place)
    return _prepare(work, clearance, authorisation, claims, drawn.place)


def sign_intended(work: Work, credential: Credential, programme: str) -> Credential:
    """The credential with its signed text, where its bytes are those that were recorded.

    It is stored nowhere yet. Conflict where the bytes differ.
    """
    signer = work.ports.keys.signer_of(credential.kid)
    profile = programme_of(work, programme).credential_profile
    prepared = ToBeSigned(credential.kid, credential.payload, profile)
    if prepared.message != credential.to_be_signed:
        raise Conflict("recorded-bytes-differ", number=credential.number)
    signature = signer.sign(credential.to_be_signed)
    state = move_credential(credential.state, CredentialAction.SIGN)
    text = seal(prepared, signature)
    return replace(credential, state=state, text=text, issued_at=work.now)


def _claims(
    work: Work, case: Case, authorisation: Authorisation, number: str, place: Place
) -> PermitClaims:
    answers, offer, issuer = case.answers, case.offer, work.ports.issuer
    missing = (answers.date_of_birth, answers.sex, answers.document_number, offer)
    if offer is None or None in missing:
        raise Conflict("not-cleared", reason="answers-missing")
    named = (short_employer_name(offer.employer_name), short_employer_id(offer.employer))
    employer_name, employer_id = (POOL_NAME, POOL_ID) if offer.is_pool else named
    kind = IdentityKind(answers.document_kind or "")
    nationality = answers.nationality or ""
    return PermitClaims(
        issuer=issuer,
        number=number,
        issued_at=work.now,
        valid_from=start_of(authorisation.valid_from),
        expires=end_of(authorisation.valid_until),
        document_number=answers.document_number or "",
        full_name=answers.full_name,
        date_of_birth=answers.date_of_birth or date.min,
        sex=answers.sex,  # type: ignore[arg-type]
        nationality=nationality,
        document_country=ISSUER_OF.get(kind, nationality),
        kind=case.programme.code,
        employer_name=employer_name,
        employer_id=employer_id,
        occupation=offer.occupation,
        departments=(offer.department,),
        agencies=tuple(agency.value for agency in case.agencies),
        status_uri=list_uri(issuer, place.on),
        status_index=place.at,
        conditions=case.programme.conditions,
        posts=(),
    )


def _prepare(
    work: Work,
    clearance: Clearance,
    authorisation: Authorisation,
    claims: PermitClaims,
    place: Place,
) -> Credential:
    kid = work.ports.keys.signer(KeyUse.PERMIT).kid
    key = work.ports.keys.find(kid)
    if key is not None:
        check_outlives(key, claims.expires)
    profile = programme_of(work, authorisation.programme).credential_profile
    prepared = prepare(clearance, claims, kid, profile)
    return Credential(
        CredentialId(work.new_id()),
        authorisation.id,
        claims.number,
        CredentialState.PENDING,
        kid,
        place.on,
        claims.status_index,
        prepared.message,
        prepared.payload,
        claims.valid_from,
        claims.expires,
        1,
        work.now,
    )
