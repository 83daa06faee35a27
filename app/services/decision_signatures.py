"""Decisions are signed with a key of the official's own, which is kept by nobody.

It is made anew from the key of the field encryption each time (HMAC-SHA256 over a place of its own
and the official's id), so that there is nothing to steal from the database and nothing to lose.
"""

from app.services.work import Work
from permits.approvals import Decision, Signature
from permits.decision_signatures import Standing, judge, sign
from permits.people import PersonId

PLACE = "decisions.signature"


def sign_decision(work: Work, decision: Decision) -> Signature:
    """The official's signature under their decision."""
    return sign(_seed(work, decision.official), decision)


def judge_signature(work: Work, decision: Decision) -> Standing:
    """What stands under a decision as it was read: whoever changed it since could not sign it."""
    return judge(_seed(work, decision.official), decision, decision.signature)


def _seed(work: Work, official: PersonId) -> bytes:
    return work.ports.vault.index(PLACE, str(official))
