"""Recovery at an office: looked up, compared, proved, decided by another, and open to objection."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.services import applications
from app.services.accounts import IDENTITY
from app.services.case import Case
from app.services.phone_codes import NOBODYS, Asker, ask_code, check_code, holder_of, tell
from app.services.resume_codes import make_code, nobodys
from app.services.throttling import Limit, allow_try
from app.services.work import Work, token_hash
from app.storage import accounts, factors, people, sessions, sign_in_steps
from app.storage import phone_codes as codes
from app.storage import recoveries as kept
from permits import base64url
from permits.applications import ApplicationId
from permits.audit import Act
from permits.errors import Fault, Forbidden, NotFound, refuse_if
from permits.identity_documents import IdentityKind, normalise
from permits.notices import NoticeKind
from permits.people import Permission
from permits.phone_codes import Purpose
from permits.policies import check_fresh, check_permission
from permits.recoveries import (
    OBJECTION,
    OPEN_FOR,
    Compared,
    Recovery,
    RecoveryId,
    RecoveryRefusal,
    RecoveryStatus,
    check_asked,
    check_decide,
    check_open,
    check_show_code,
    may_object,
)

SEARCHES = Limit("recovery-searches", 20, OPEN_FOR / 2)
"""Look-ups of one facilitator in an hour: a queue at the counter, and no fishing."""


@dataclass(frozen=True)
class LookUp:
    """What a look-up led to: a recovery that is begun, or nobody, or too many tries."""

    recovery: Recovery | None = None
    too_many: bool = False


@dataclass(frozen=True)
class ToDecide:
    """A recovery with the file beside it and who asked."""

    recovery: Recovery
    case: Case
    asker: str


def look_up(work: Work, kind: IdentityKind, number: str, born: date) -> LookUp:
    """Find a worker by the document in hand and the day of birth, both exactly; nothing is listed.

    Forbidden where it is the facilitator's own. Found or not stands in the log.
    """
    check_permission(work.actor, Permission.WORKER_RECOVER)
    if not allow_try(work, SEARCHES, str(work.actor.person)):
        return LookUp(too_many=True)
    found = kept.find_person(work.session, work.ports.vault, kind, normalise(number), born)
    subject = found.worker if found else NOBODYS
    event = work.event(Act.RECOVERY_SEARCHED, subject, {"found": found is not None})
    kept.note_search(work.session, event=event)
    if found is None:
        return LookUp()
    _check_not_own(work, normalise(number), found.phone)
    recovery = Recovery(
        RecoveryId(work.new_id()),
        found.worker,
        found.application,
        kind,
        work.actor.person,
        work.now,
        RecoveryStatus.BEGUN,
        found.phone,
    )
    event = work.event(Act.RECOVERY_BEGUN, found.worker, {"document": kind.value})
    kept.add_recovery(work.session, recovery, event=event)
    return LookUp(recovery)


def read_own(work: Work, recovery: RecoveryId) -> Recovery:
    """A recovery that this facilitator began; NotFound for anybody else's."""
    check_permission(work.actor, Permission.WORKER_RECOVER)
    return _of_actor(work, kept.get_recovery(work.session, recovery))


def name_of(work: Work, recovery: Recovery) -> str:
    """The name on the file, to be compared with the document."""
    return kept.find_name(work.session, recovery.application)


def ask(
    work: Work,
    recovery: RecoveryId,
    compared: Collection[Compared],
    phone: str,
    asker: tuple[str, str],
) -> bool:
    """Say what was compared and have a code sent to the new phone; False after too many.

    `asker` is language and address. Invalid where not everything was compared, and for a phone
    that is an official's.
    """
    check_permission(work.actor, Permission.WORKER_RECOVER)
    found = _of_actor(work, kept.lock_recovery(work.session, recovery))
    check_asked(found, compared, work.now)
    official = accounts.find_account(work.session, phone) is not None
    refuse_if([Fault("phone-of-an-official", "phone")] if official else [])
    asked = replace(found, compared=frozenset(compared), new_phone=phone)
    facts = {"compared": ",".join(sorted(one.value for one in compared))}
    event = work.event(Act.RECOVERY_ASKED, found.worker, facts)
    kept.save_recovery(work.session, asked, event=event)
    language, address = asker
    return ask_code(work, Purpose.RECOVERY, phone, Asker(holder_of(recovery), language, address))


def prove_phone(work: Work, recovery: RecoveryId, typed: str) -> bool:
    """Take the code that the new phone was sent; then a supervisor can decide. False: wrong."""
    check_permission(work.actor, Permission.WORKER_RECOVER)
    found = _of_actor(work, kept.lock_recovery(work.session, recovery))
    check_open(found, RecoveryStatus.BEGUN, work.now)
    code = check_code(work, Purpose.RECOVERY, holder_of(recovery), typed)
    if code is None or code.phone != found.new_phone:
        return False
    codes.remove_code(work.session, code)
    event = work.event(Act.RECOVERY_PROVED, found.worker)
    kept.save_recovery(work.session, replace(found, status=RecoveryStatus.WAITING), event=event)
    return True


def list_waiting(work: Work) -> list[Recovery]:
    """What waits for a supervisor of either agency."""
    check_permission(work.actor, Permission.WORKER_RECOVERY_APPROVE)
    return kept.list_recoveries(work.session, RecoveryStatus.WAITING, work.now - OPEN_FOR)


def list_objected(work: Work) -> list[Recovery]:
    """Where the phone of before said, within a week, that it was not its holder."""
    check_permission(work.actor, Permission.WORKER_RECOVERY_APPROVE)
    since = work.now - 7 * OBJECTION
    return kept.list_recoveries(work.session, RecoveryStatus.OBJECTED, since)


def read_to_decide(work: Work, recovery: RecoveryId) -> ToDecide:
    """A recovery and the file it is about; opening it stands in the person's log."""
    check_permission(work.actor, Permission.WORKER_RECOVERY_APPROVE)
    found = kept.get_recovery(work.session, recovery)
    case = applications.read_application(work, ApplicationId(found.application), "recovery")
    names = accounts.list_names(work.session, {UUID(str(found.asked_by))})
    return ToDecide(found, case, names.get(found.asked_by, ""))


def approve(work: Work, recovery: RecoveryId) -> None:
    """Change the phone; sessions and the old resume code end, and the old phone is told."""
    found = _to_decide(work, recovery)
    assert found.new_phone is not None  # noqa: S101  the database says so too
    link = base64url.encode(work.ports.chance.token(16))
    decided = replace(
        found, status=RecoveryStatus.APPROVED, decided_by=work.actor.person, decided_at=work.now
    )
    event = work.event(Act.RECOVERY_APPROVED, found.worker)
    kept.save_recovery(work.session, decided, event=event, objection_hash=token_hash(link))
    before = _move_phone(work, found, found.new_phone)
    address = f"{work.ports.public_url}/no-fui-yo/{link}"
    tell(work, NoticeKind.RECOVERY_APPROVED, before, {"link": address})


def refuse(work: Work, recovery: RecoveryId, why: RecoveryRefusal) -> None:
    """Leave everything as it was; why stands in the log."""
    found = _to_decide(work, recovery)
    decided = replace(
        found, status=RecoveryStatus.REFUSED, decided_by=work.actor.person, decided_at=work.now
    )
    event = work.event(Act.RECOVERY_REFUSED, found.worker, {"reason": why.value})
    kept.save_recovery(work.session, decided, event=event, refusal=why.value)


def show_code(work: Work, recovery: RecoveryId) -> str:
    """Make the new resume code and tell it this once, while the person stands at the counter."""
    check_permission(work.actor, Permission.WORKER_RECOVER)
    found = _of_actor(work, kept.lock_recovery(work.session, recovery))
    check_show_code(work.actor, found, work.now)
    code = make_code(work)
    event = work.event(Act.RESUME_CODE_RENEWED, found.worker)
    people.set_resume_code(work.session, found.worker, code.kept, event=event)
    event = work.event(Act.RECOVERY_CODE_SHOWN, found.worker)
    kept.save_recovery(work.session, replace(found, code_shown_at=work.now), event=event)
    return code.digits


def find_objection(work: Work, link: str) -> bool:
    """Whether the link of the phone of before may still undo a recovery."""
    found = kept.find_by_objection(work.session, token_hash(link))
    return found is not None and may_object(found, work.now)


def object_to(work: Work, link: str) -> None:
    """The phone of before says that it was not its holder: everything is as it was.

    NotFound for a link that is none, was used, or is over.
    """
    found = kept.lock_by_objection(work.session, token_hash(link))
    if found is None or not may_object(found, work.now):
        raise NotFound("no-such-recovery")
    event = work.event(Act.RECOVERY_OBJECTED, found.worker)
    kept.save_recovery(work.session, replace(found, status=RecoveryStatus.OBJECTED), event=event)
    _move_phone(work, found, found.old_phone)


def _move_phone(work: Work, recovery: Recovery, phone: str) -> people.Worker:
    """Let this phone in and nothing else: no session, passkey or resume code of before."""
    before = people.find_worker(work.session, recovery.worker)
    if before is None:
        raise NotFound("no-such-recovery")
    event = work.event(Act.PHONE_CHANGED, recovery.worker)
    people.set_phone(work.session, before, phone, event=event)
    event = work.event(Act.SIGNED_OUT, recovery.worker)
    sessions.end_sessions(work.session, recovery.worker, None, event=event)
    event = work.event(Act.FACTOR_REMOVED, recovery.worker, {"kind": "all"})
    factors.remove_all(work.session, recovery.worker, event=event)
    sign_in_steps.remove_browsers_of(work.session, recovery.worker)
    event = work.event(Act.RESUME_CODE_RENEWED, recovery.worker)
    people.set_resume_code(work.session, recovery.worker, nobodys(work), event=event)
    return before


def _to_decide(work: Work, recovery: RecoveryId) -> Recovery:
    check_permission(work.actor, Permission.WORKER_RECOVERY_APPROVE)
    check_fresh(work.actor, work.now)
    found = kept.lock_recovery(work.session, recovery)
    check_decide(work.actor, found, work.now)
    _check_not_own(work, None, found.new_phone or "")
    return found


def _of_actor(work: Work, recovery: Recovery) -> Recovery:
    if recovery.asked_by != work.actor.person:
        raise NotFound("no-such-recovery")
    return recovery


def _check_not_own(work: Work, number: str | None, phone: str) -> None:
    """Nobody recovers themselves: neither by their document nor by their phone."""
    account = accounts.find_account_of(work.session, work.actor.person)
    if account is None:
        return
    index = work.ports.vault.index(IDENTITY, number) if number else None
    same_document = index is not None and account.identity_index == index
    if same_document or (account.phone is not None and account.phone == phone):
        raise Forbidden("own-recovery")
