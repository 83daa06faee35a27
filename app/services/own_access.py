"""What a worker does to their own way in: a new resume code, another phone number."""

from app.services.phone_codes import Asker, ask_code, check_code, holder_of, tell
from app.services.resume_codes import make_code
from app.services.work import Work
from app.storage import people
from app.storage import phone_codes as kept
from permits.audit import Act
from permits.errors import Fault, Forbidden, Invalid
from permits.notices import NoticeKind
from permits.people import Permission
from permits.phone_codes import Purpose
from permits.policies import check_fresh, check_permission


def read_own(work: Work) -> people.Worker:
    """The signed-in worker; a fresh proof is asked for (ASVS 7.5.1)."""
    check_permission(work.actor, Permission.APPLICATION_EDIT_OWN)
    check_fresh(work.actor, work.now)
    worker = people.find_worker(work.session, work.actor.person)
    if worker is None:
        raise Forbidden("not-permitted")
    return worker


def renew_resume_code(work: Work) -> str:
    """A new resume code of eight digits, told once; the phone hears that the old one is dead."""
    worker = read_own(work)
    code = make_code(work)
    event = work.event(Act.RESUME_CODE_RENEWED, worker.person)
    people.set_resume_code(work.session, worker.person, code.kept, event=event)
    tell(work, NoticeKind.RESUME_CODE_RENEWED, worker, {"link": f"{work.ports.public_url}/retomar"})
    return code.digits


def ask_new_phone(work: Work, phone: str, language: str, address: str) -> bool:
    """Have a code sent to the number that is to be the worker's; False after too many.

    Invalid where it is the worker's number already.
    """
    worker = read_own(work)
    if phone == worker.phone:
        raise Invalid([Fault("phone-is-yours-already", "phone")])
    asker = Asker(holder_of(worker.person), language, address)
    return ask_code(work, Purpose.NEW_PHONE, phone, asker)


def find_new_phone(work: Work) -> str | None:
    """The number that waits for its code; None where none does, or it is over."""
    worker = read_own(work)
    code = kept.find_code(work.session, Purpose.NEW_PHONE, holder_of(worker.person))
    return code.phone if code is not None and work.now < code.expires_at else None


def change_phone(work: Work, typed: str) -> bool:
    """Take the new number where its code was typed, and tell the old one; False where it is wrong.

    A wrong guess is a value and not an exception, so that it is counted.
    """
    worker = read_own(work)
    code = check_code(work, Purpose.NEW_PHONE, holder_of(worker.person), typed)
    if code is None:
        return False
    kept.remove_code(work.session, code)
    event = work.event(Act.PHONE_CHANGED, worker.person)
    people.set_phone(work.session, worker, code.phone, event=event)
    tell(work, NoticeKind.PHONE_CHANGED, worker, {"link": f"{work.ports.public_url}/retomar"})
    return True
