"""Verifying a permit with a network: the same steps as the scanner, on the server's own lists."""

from app.services import published
from app.services.work import Work
from app.storage import credentials
from permits.audit import Act
from permits.people import SYSTEM_PERSON, Permission
from permits.policies import check_permission
from permits.scans import Verdict, verdict


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


def judge(work: Work, text: str, post: str | None = None) -> Verdict:
    """The verdict on a text, from the trust list and the status lists that are published now.

    Asks files that are kept in memory while they stay the same, and no database.
    """
    trust = published.read_trust(work)
    return verdict(text, trust, published.read_lists(work, trust), work.now, post)
