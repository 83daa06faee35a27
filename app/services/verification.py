"""Verifying a permit with a network: the same steps as the scanner, on the server's own lists."""

from dataclasses import dataclass

from app.services import published
from app.services.work import Work
from app.storage import credentials
from permits import checks
from permits.audit import Act
from permits.checks import ShownPermit
from permits.people import SYSTEM_PERSON, Permission
from permits.policies import check_permission
from permits.scans import Verdict, verdict
from permits.trust_list import TrustList


def verify_credential(work: Work, text: str, post: str | None = None) -> Verdict:
    """The verdict on a QR text or a typed number, for agents and officials; logged without text."""
    check_permission(work.actor, Permission.CREDENTIAL_VERIFY)
    judged = judge(work, text, post)
    facts = {"verdict": judged.colour.value, "reason": judged.reason.value}
    # The person is told that somebody checked their permit; a strange text is nobody's.
    number = judged.claims.number if judged.claims else judged.number
    checked = credentials.find_id(work.session, number) if number else None
    event = work.event(Act.CREDENTIAL_VERIFIED, checked or SYSTEM_PERSON, facts)
    credentials.note_reading(work.session, event=event)
    return judged


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
