"""What a brigade wrote down with no network becomes applications: whole and once, or not.

Where the employer's selection comes first nothing can be handed in yet: the worker is put on the
roster, from which employers choose, and their draft waits for the choice.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.services import applications, assisting, documents, roster, submissions
from app.services.throttling import Limit, allow_try
from app.services.work import Work
from app.storage import captures
from app.storage.roster import find_entry
from permits.applications import ApplicationId
from permits.errors import Conflict
from permits.people import Permission
from permits.policies import check_permission
from permits.submissions import DocumentKind
from recruitment.roster import Profile

A_DAY_OUT = Limit("captures", 600)
"""Of one facilitator: a tablet that comes home with a day's registrations sends them in minutes."""


@dataclass(frozen=True)
class Captured:
    """One registration as the tablet sends it.

    `id` was given by the tablet, `fingerprint` is the SHA-256 of all that was sent. `answers` are
    by the law's names and have passed the forms; the worker's mark was witnessed by the sender.
    `profile` is what they said of their work, for the roster of a programme that begins with it;
    None: the case is handed in.
    """

    id: UUID
    programme: str
    language: str
    answers: Mapping[str, object]
    files: Mapping[DocumentKind, bytes]
    fingerprint: bytes
    profile: Profile | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Registered:
    """The receipt, or until when they are on the roster.

    `before`: it was registered by an earlier sending, `same` with these words. `wait` tells in how
    many seconds to send again, where too many were sent; then nothing was done.
    """

    receipt: str = ""
    until: date | None = None
    before: bool = False
    same: bool = True
    wait: int = 0


def register(work: Work, captured: Captured) -> Registered:
    """Begin, answer, witness, and hand in or put on the roster, for a worker beside the actor.

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
    captures.settle(work.session, captured.id, identity)
    return _entered(work, identity, captured.profile)


def _entered(work: Work, application: ApplicationId, profile: Profile | None) -> Registered:
    if profile is not None:
        entry = roster.join_roster(work, application, profile)
        return Registered(until=entry.valid_until)
    return Registered(submissions.submit_application(work, application).receipt or "")


def _of_before(work: Work, captured: Captured) -> Registered:
    known = captures.find_capture(work.session, captured.id)
    if known is None or known.facilitator != work.actor.person:
        raise Conflict("capture-of-another")
    same = hmac.compare_digest(known.fingerprint, captured.fingerprint)
    entry = find_entry(work.session, known.application) if known.application else None
    until = entry.valid_until if entry and not known.receipt else None
    return Registered(known.receipt, until, before=True, same=same)
