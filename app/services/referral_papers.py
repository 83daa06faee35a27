"""The signed letter of a hand-over: printed by the handler, checked by anybody who has it."""

from uuid import UUID

from app.services.complaint_cases import load
from app.services.work import Work
from app.storage import complaint_referrals as rows
from permits.audit import Act
from permits.errors import Forbidden, NotFound
from recruitment.complaints.handling import check_handle, reference_of
from recruitment.complaints.referral_papers import PrintedReferral, Vouched, claims_of, read_claims
from recruitment.complaints.referrals import Referral

LANGUAGE = "es"
"""Of the letter: it goes to institutions, whatever language its handler reads."""

CHECK = "/remisiones/oficio"


def print_letter(work: Work, complaint: UUID, referral: UUID) -> bytes:
    """The letter as tagged PDF, for who handles the case; that it was printed is logged.

    Forbidden("not-your-case") for a colleague, NotFound for a hand-over of another case.
    """
    handled = load(work, complaint)
    check_handle(work.actor, handled.ties)
    if handled.filed.handler != work.actor.person:
        raise Forbidden("not-your-case")
    found = next((one for one in handled.referrals if one.id == referral), None)
    if found is None:
        raise NotFound("no-such-referral")
    event = work.event(Act.COMPLAINT_REFERRAL_PRINTED, complaint, {"target": found.target.value})
    rows.note_printed(work.session, event=event)
    printed = PrintedReferral(
        reference_of(found.complaint),
        found.target,
        found.sent_on,
        found.follow_up_on,
        f"{work.ports.public_url}/remisiones/{found.id}",
        check_address(work, found),
        work.now,
    )
    return work.ports.prints.referral(printed, LANGUAGE)


def check_address(work: Work, referral: Referral) -> str:
    """Where the signature of a hand-over's letter, and of its e-mail, is checked by anybody."""
    token = work.ports.tokens.sign_referral(claims_of(referral))
    return f"{work.ports.public_url}{CHECK}?firma={token}"


def check_letter(work: Work, token: str) -> Vouched:
    """What a letter's signature holds for; Unauthenticated("token-refused") for any other text.

    A package's is checked here too: then it says of which content. No row is read: the letter
    stays genuine when its case is long forgotten.
    """
    return read_claims(work.ports.tokens.read_referral(token), work.ports.issuer)
