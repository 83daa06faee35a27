"""Verifying a permit with a network: the same steps as the scanner, on the server's own lists."""

from app.services.work import Work
from app.storage import credentials, status_lists
from permits import status_list, trust_list
from permits.audit import Act
from permits.people import SYSTEM_PERSON, Permission
from permits.policies import check_permission
from permits.scans import Verdict, verdict
from permits.status_list import StatusLists


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
    """The verdict on a text, from the trust list and the status lists that are published now."""
    trust = trust_list.read(work.ports.keys.trust_list(), work.ports.keys.roots())
    lists = StatusLists()
    for published in status_lists.list_published(work.session):
        lists = lists.taking(status_list.read(published.cwt, trust))
    return verdict(text, trust, lists, work.now, post)
