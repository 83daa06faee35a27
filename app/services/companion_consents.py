"""A grown companion says yes or no alone: by a link to the own phone, or before a witness."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from app.services import notices, throttling
from app.services.reaching import writing
from app.services.throttling import Limit
from app.services.work import Work, token_hash
from app.storage import applications, people
from app.storage import companions as rows
from permits import base64url
from permits.applications import Application, ApplicationId
from permits.audit import Act
from permits.companions import (
    CONSENT_TEXT,
    Companion,
    CompanionWay,
    check_answerable,
    check_witness,
)
from permits.errors import NotFound
from permits.notices import Notice, NoticeKind
from permits.people import Permission
from permits.policies import check_own, check_permission
from permits.reach import EVERYTHING

LINK_LIFETIME = timedelta(days=21)

PER_COMPANION = Limit("companion-asked", 3, timedelta(days=1))
"""Messages to one person's phone: nobody is pressed by them, whoever tells of them how often."""

PER_WORKER = Limit("companion-asked-by", 24, timedelta(days=1))
"""Messages that one worker causes: every companion twice, and no bill without end."""


@dataclass(frozen=True)
class Asked:
    """What somebody is asked to agree to, and by whom they were named."""

    companion: Companion
    worker_name: str


def send_link(work: Work, companion: Companion) -> bool:
    """Send the question to a grown companion's own phone; False where there is none, or too many.

    The link of before is worth nothing any more. Who is taken away and told of anew is the same
    phone still: it is the phone that counts.
    """
    if not companion.phone or not companion.awaits_consent:
        return False
    may = throttling.allow_try(work, PER_COMPANION, companion.phone)
    if not (throttling.allow_try(work, PER_WORKER, str(companion.worker)) and may):
        return False
    token = base64url.encode(work.ports.chance.token(32))
    event = work.event(Act.COMPANION_ASKED, companion.application)
    rows.ask_companion(work.session, companion.id, token_hash(token), work.now, event=event)
    worker = people.find_worker(work.session, companion.worker)
    language = worker.language if worker else "es"
    link = f"{work.ports.public_url}/acompanar/{token}"
    key = f"{NoticeKind.COMPANION_ASKED.value}:{companion.application}:{work.new_id()}"
    told = {"link": link, "code": ""}
    kind = NoticeKind.COMPANION_ASKED
    notices.leave(work, Notice(kind, language, key, companion.phone, None, told))
    return True


def ask_again(work: Work, application: ApplicationId, companion: UUID) -> bool:
    """The worker has the link sent once more; NotFound for anybody else's companion."""
    found = applications.get_application(work.session, application, reach=writing(work))
    check_own(work.actor, found)
    known = rows.list_companions(work.session, work.ports.vault, application)
    asked = next((one for one in known if one.id == companion), None)
    if asked is None:
        raise NotFound("no-such-companion")
    return send_link(work, asked)


def read_link(work: Work, token: str) -> Asked:
    """What a link asks; NotFound for a wrong or dead one."""
    companion = rows.lock_by_token(
        work.session, work.ports.vault, token_hash(token), work.now - LINK_LIFETIME
    )
    return Asked(companion, _worker_name(work, companion))


def answer_link(work: Work, token: str, *, agrees: bool) -> None:
    """Yes lets the agencies see them; no, at any time while the link lives, forgets them."""
    _answer(work, read_link(work, token).companion, CompanionWay.LINK, agrees=agrees)


def list_unanswered(work: Work, receipt: str) -> tuple[Application, Sequence[Companion]]:
    """Who of a receipt has not answered, for who witnesses marks; the log says who looked.

    NotFound("no-such-application") for a receipt that nobody has.
    """
    check_permission(work.actor, Permission.CREW_WITNESS)
    identity = rows.find_application(work.session, receipt)
    if identity is None:
        raise NotFound("no-such-application")
    found = applications.get_application(work.session, identity, reach=EVERYTHING)
    check_witness(work.actor, found)
    event = work.event(Act.APPLICATION_READ, identity, {"purpose": "witness"})
    people.note_reading(work.session, event=event)
    listed = rows.list_companions(work.session, work.ports.vault, identity)
    return found, [one for one in listed if one.awaits_consent]


def witness_answer(work: Work, companion: UUID, *, agrees: bool) -> None:
    """Record the mark that a companion made before the signed-in witness, or their no.

    The same mark sent twice is recorded once.
    """
    check_permission(work.actor, Permission.CREW_WITNESS)
    here = rows.lock_companion(work.session, work.ports.vault, companion)
    found = applications.get_application(work.session, here.application, reach=EVERYTHING)
    check_witness(work.actor, found)
    if agrees and here.witness == work.actor.person:
        return
    check_answerable(here)
    _answer(work, here, CompanionWay.WITNESSED, agrees=agrees)


def _answer(work: Work, companion: Companion, way: CompanionWay, *, agrees: bool) -> None:
    if not agrees:
        event = work.event(Act.COMPANION_DECLINED, companion.application, {"way": way.value})
        rows.remove_companion(work.session, companion.application, companion.id, event=event)
        return
    if companion.consented_at is not None:
        return
    witness = work.actor.person if way is CompanionWay.WITNESSED else None
    said = replace(companion, way=way, consented_at=work.now, witness=witness)
    facts = {"way": way.value, "text": CONSENT_TEXT}
    event = work.event(Act.COMPANION_CONSENTED, companion.application, facts)
    rows.set_consent(work.session, said, CONSENT_TEXT, event=event)


def _worker_name(work: Work, companion: Companion) -> str:
    return rows.read_worker_name(work.session, companion.application)
