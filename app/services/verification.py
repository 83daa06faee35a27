"""Verifying a permit with a network: the same steps as the scanner, on the server's own lists."""

from dataclasses import dataclass, replace

from app.services import published
from app.services.throttling import Limit, allow_try
from app.services.work import Work
from app.storage import authorisations, credentials, crossings, ended_rights, taken_back
from permits import checks, permit_numbers
from permits.audit import Act
from permits.checks import ShownPermit
from permits.lookups import Holder, holder_of, judge_number
from permits.people import SYSTEM_PERSON, Permission
from permits.permit_claims import read_claims
from permits.policies import check_permission
from permits.reach import EVERYTHING
from permits.scans import Reason, Verdict, verdict
from permits.short_ways import Stay, goes_short
from permits.trust_list import TrustList

LOOK_UPS = Limit("number", 60)
"""Typed numbers of one official in a quarter of an hour: a damaged card is the exception, and
nobody reads the register number by number."""


@dataclass(frozen=True)
class Checked:
    """A verdict; `holder` is what the register tells of a typed number that stands.

    `short_way`: told to who records crossings, of a green permit alone (`permits/short_ways.py`).
    """

    verdict: Verdict
    holder: Holder | None = None
    short_way: bool = False


def may_look_up(work: Work, text: str) -> bool:
    """Whether this text may be checked now; a typed number counts against the official's limit."""
    check_permission(work.actor, Permission.CREDENTIAL_VERIFY)
    if permit_numbers.read(text) is None:
        return True
    return allow_try(work, LOOK_UPS, str(work.actor.person))


def verify_credential(work: Work, text: str, post: str | None = None) -> Checked:
    """The verdict on a QR text or a typed number, for agents and officials; logged without text.

    A typed number is looked up in the register, which tells no more than `Holder`.
    """
    check_permission(work.actor, Permission.CREDENTIAL_VERIFY)
    checked = Checked(judge(work, text, post))
    if checked.verdict.reason is Reason.TYPED_NUMBER:
        checked = _look_up(work, checked.verdict.number or "")
    judged = checked.verdict
    checked = replace(checked, short_way=_goes_short(work, judged))
    facts = {"verdict": judged.colour.value, "reason": judged.reason.value}
    # The person is told that somebody checked their permit; a strange text is nobody's.
    number = judged.claims.number if judged.claims else judged.number
    subject = credentials.find_id(work.session, number) if number else None
    event = work.event(Act.CREDENTIAL_VERIFIED, subject or SYSTEM_PERSON, facts)
    credentials.note_reading(work.session, event=event)
    return checked


@dataclass(frozen=True)
class Issuer:
    """Whoever issued a permit; `name` is empty where it is this service."""

    uri: str
    name: str
    countries: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """What anybody is told; `permit` and `issuer` only where the signature held."""

    verdict: Verdict
    receipt: str
    permit: ShownPermit | None
    issuer: Issuer | None


def check_permit(work: Work, text: str, reference: str = "") -> Check:
    """The verdict for everybody, with the least that it takes and a signed receipt.

    Nothing is written down, here least of all what was shown.
    """
    trust = published.read_trust(work)
    judged = verdict(text, trust, published.read_lists(work, trust), work.now)
    claims = checks.receipt_claims(
        judged, text, trust, work.now, reference, work.ports.chance.token(16)
    )
    permit = checks.shown(judged)
    issuer = _issuer(work, permit.issuer, trust) if permit else None
    return Check(judged, work.ports.tokens.sign_receipt(claims), permit, issuer)


def _issuer(work: Work, uri: str, trust: TrustList) -> Issuer:
    names = {partner.issuer: partner.name for partner in work.ports.keys.list_partners()}
    countries = {key.issuer: key.countries for key in trust.keys.values()}
    return Issuer(uri, names.get(uri, ""), countries.get(uri, ()))


def judge(work: Work, text: str, post: str | None = None) -> Verdict:
    """The verdict on a text, from the trust list and the status lists that are published now.

    Asks files that are kept in memory while they stay the same, and no database.
    """
    trust = published.read_trust(work)
    return verdict(text, trust, published.read_lists(work, trust), work.now, post)


def _goes_short(work: Work, judged: Verdict) -> bool:
    """By what every post noted; nobody but a post is told, and nothing is looked up for others."""
    if not work.actor.can(Permission.CROSSING_RECORD) or judged.claims is None:
        return False
    found = ended_rights.find_before(work.session, judged.claims.number)
    if found is None:
        return False
    programme = work.ports.reference.programmes.get(found.programme)
    if programme is None:
        return False
    before = Stay(
        found.last_day,
        crossings.read_passages(work.session, found.id),
        taken_back.has_lost(work.session, found.worker),
    )
    return goes_short(judged.colour, programme.on(found.first_day), before)


def _look_up(work: Work, number: str) -> Checked:
    """What the register says of a number; it reaches every card, and tells little of it."""
    card = credentials.find_by_number(work.session, work.ports.vault, number)
    if card is None:
        return Checked(judge_number(number, None, None, work.now))
    right = authorisations.get_authorisation(work.session, card.authorisation, reach=EVERYTHING)
    judged = judge_number(number, card, right, work.now)
    return Checked(judged, holder_of(judged, read_claims(card.payload)))
