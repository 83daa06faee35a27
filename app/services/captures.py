"""What a brigade wrote down with no network becomes applications: whole and once, or not."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.services import applications, assisting, documents, submissions
from app.services.throttling import Limit, allow_try
from app.services.work import Work
from app.storage import captures
from permits.errors import Conflict
from permits.people import Permission
from permits.policies import check_permission
from permits.submissions import DocumentKind

A_DAY_OUT = Limit("captures", 600)
"""Of one facilitator: a tablet that comes home with a day's registrations sends them in minutes."""


@dataclass(frozen=True)
class Captured:
    """One registration as the tablet sends it.

    `id` was given by the tablet, `fingerprint` is the SHA-256 of all that was sent. `answers` are
    by the law's names and have passed the forms; the worker's mark was witnessed by the sender.
    """

    id: UUID
    programme: str
    language: str
    answers: Mapping[str, object]
    files: Mapping[DocumentKind, bytes]
    fingerprint: bytes


@dataclass(frozen=True)
class Registered:
    """The receipt; `before` that it was registered by an earlier sending, `same` with these words.

    `wait` tells in how many seconds to send again, where too many were sent; then nothing was done.
    """

    receipt: str = ""
    before: bool = False
    same: bool = True
    wait: int = 0


def register(work: Work, captured: Captured) -> Registered:
    """Begin, answer, witness and hand in for a worker who was beside the actor.

    Sent twice, it is made once and told twice. Invalid with every fault at once, and then the
    caller undoes all of it; Conflict("capture-of-another") where somebody else sent it before.
    """
    check_permission(work.actor, Permission.APPLICATION_ASSIST)
    if not allow_try(work, A_DAY_OUT, str(work.actor.person)):
        return Registered(wait=A_DAY_OUT.wait(work.now))
    me, fingerprint = work.actor.person, captured.fingerprint
    if not captures.claim(work.session, captured.id, me, fingerprint, work.now):
        return _of_before(work, captured)
    answers = dict(captured.answers)
    phone = str(answers.get("phone", ""))
    started = applications.start_application(
        work, captured.programme, phone, captured.language, assisted=True
    )
    identity = started.application.id
    applications.save_answers(work, identity, answers)
    for kind, data in captured.files.items():
        documents.attach_document(work, identity, kind, data)
    assisting.witness_consent(work, identity)
    after = submissions.submit_application(work, identity)
    captures.settle(work.session, captured.id, identity)
    return Registered(after.receipt or "")


def _of_before(work: Work, captured: Captured) -> Registered:
    known = captures.find_capture(work.session, captured.id)
    if known is None or known.facilitator != work.actor.person:
        raise Conflict("capture-of-another")
    same = hmac.compare_digest(known.fingerprint, captured.fingerprint)
    return Registered(known.receipt, before=True, same=same)
