"""An employer changes its phone: both phones confirm it, or SETRASS after seeing who it is.

The phone is the account (decision 48): who was let in with the old one is let out, of the account
of who is verified too (decision 81), and both phones are told.
"""

from dataclasses import dataclass
from uuid import UUID

from app.services import employer_accounts, notices
from app.services.phone_codes import Asker, ask_code, check_code, holder_of, was_typed
from app.services.registrations import read_mine
from app.services.work import Work
from app.storage import phone_codes as kept
from app.storage import registrations
from permits.audit import Act, Fact
from permits.errors import Conflict, Fault, Stale, refuse_if
from permits.notices import Notice, NoticeKind
from permits.people import Permission, PersonId
from permits.phone_codes import Purpose
from permits.policies import check_permission
from recruitment.registrations import Evidence, Registration

OLD, NEW = Purpose.REGISTRATION, Purpose.NEW_PHONE
"""What each of the two codes proves; both are bound to the browser that asked."""


@dataclass(frozen=True)
class TypedCodes:
    """The codes of both messages, as they were typed."""

    old: str
    new: str


def ask_codes(work: Work, token: str, phone: str, language: str, address: str) -> bool:
    """Have a code sent to each phone; False where too many were asked for.

    Invalid for the phone that it has already. Whether somebody else has the new one is told to
    nobody before its code was typed.
    """
    own = read_mine(work, token).registration
    refuse_if([Fault("phone-same", "phone")] if phone == own.phone else [])
    own_work = work.as_person(PersonId(own.id))
    asker = Asker(_holder(token), language, address)
    return ask_code(own_work, OLD, own.phone, asker) and ask_code(own_work, NEW, phone, asker)


def find_new_phone(work: Work, token: str) -> str | None:
    """The phone that this browser asked to change to; None where it is over."""
    code = kept.find_code(work.session, NEW, _holder(token))
    return code.phone if code is not None and work.now < code.expires_at else None


def change_own(work: Work, token: str, typed: TypedCodes, address: str) -> bool:
    """Change it where both codes are right; False, and a guess less, where one is not.

    Conflict("phone-registered") where another registration, or another account, has the new phone.
    """
    own = registrations.lock_registration(work.session, read_mine(work, token).registration.id)
    old = check_code(work, OLD, _holder(token), typed.old)
    new = check_code(work, NEW, _holder(token), typed.new)
    if old is None or new is None or old.phone != own.phone:
        return False
    was_typed(work, address)
    for code in (old, new):
        kept.remove_code(work.session, code)
    _change(work.as_person(PersonId(own.id)), own, new.phone, {"way": "codes"})
    return True


def change_at_office(
    work: Work, registration: UUID, phone: str, evidence: Evidence | None, seen: int
) -> None:
    """SETRASS changes it after seeing a paper that shows who asks; both phones are told.

    Invalid without what was seen, or for the phone that it has already; Stale where the
    registration changed meanwhile; Conflict("phone-registered") as above.
    """
    check_permission(work.actor, Permission.EMPLOYER_VERIFY)
    own = registrations.lock_registration(work.session, registration)
    if own.version != seen:
        raise Stale("changed-meanwhile")
    faults = [] if evidence else [Fault("missing", "evidence")]
    if phone == own.phone:
        faults.append(Fault("phone-same", "phone"))
    refuse_if(faults)
    seen_paper = evidence.value if evidence else ""
    _change(work, own, phone, {"way": "office", "evidence": seen_paper})


def _change(work: Work, own: Registration, phone: str, facts: dict[str, Fact]) -> None:
    employer_accounts.move(work, own, phone)
    event = work.event(Act.REGISTRATION_PHONE_CHANGED, own.id, facts)
    if not registrations.change_phone(work.session, own, phone, event=event):
        raise Conflict("phone-registered")
    for number in (own.phone, phone):
        kind = NoticeKind.REGISTRATION_PHONE
        key = f"{kind.value}:{work.new_id()}"
        facts_told = {"ending": phone[-3:]}
        notices.leave(work, Notice(kind, "es", key, number, None, facts_told))


def _holder(token: str) -> bytes:
    """Another holder than that of the code with which this browser came in."""
    return holder_of(f"change-phone:{token}")
