"""Workers come back by a code on their phone; who shares a phone says which of them they are."""

from dataclasses import dataclass

from app.services import phone_codes, sign_in
from app.services.phone_codes import Asker, ask_code, check_code, holder_of, was_typed
from app.services.sign_in import Refusal, SignIn
from app.services.work import Work
from app.storage import people, sessions
from app.storage import phone_codes as kept
from app.storage.people import Housemate as Housemate
from permits.audit import Act
from permits.people import PersonId
from permits.phone_codes import Purpose

WAY = "phone-code"


@dataclass(frozen=True)
class Proved:
    """What a code led to: a session, or the people of one phone to choose from, or a refusal."""

    signed_in: SignIn
    household: tuple[Housemate, ...] = ()


def ask_to_return(
    work: Work, phone: str, token: str, language: str, address: str, known: str = ""
) -> bool:
    """Have a code sent, bound to the browser that holds `token`; False after too many."""
    asker = Asker(holder_of(token), language, address, known)
    return ask_code(work, Purpose.SIGN_IN, phone, asker)


def find_phone(work: Work, token: str) -> str | None:
    """The phone that this browser asked a code for; None where it is over."""
    code = kept.find_code(work.session, Purpose.SIGN_IN, holder_of(token))
    return code.phone if code is not None and work.now < code.expires_at else None


def return_by_code(work: Work, token: str, typed: str, address: str, known: str = "") -> Proved:
    """Sign the worker in; several who share the phone are named, and one must be chosen.

    A code is bound to the browser that asked and holds five guesses: no address is counted here.
    """
    code = check_code(work, Purpose.SIGN_IN, holder_of(token), typed)
    household = people.list_household(work.session, code.phone) if code else []
    if code is None or not household:
        return Proved(_refused(work, Refusal.WRONG))
    was_typed(work, address)
    if len(household) == 1:
        kept.remove_code(work.session, code)
        return Proved(sign_in.open_for_worker(work, household[0].person, WAY, known))
    kept.set_proved(work.session, code, work.now)
    return Proved(SignIn(), tuple(household))


def list_household(work: Work, token: str) -> list[Housemate]:
    """The people of the phone whose code this browser has typed; none before that."""
    code = kept.find_code(work.session, Purpose.SIGN_IN, holder_of(token))
    if code is None or not code.is_proved(work.now):
        return []
    return people.list_household(work.session, code.phone)


def choose_person(work: Work, token: str, person: PersonId, known: str = "") -> SignIn:
    """Sign one of the household in; the code is used up."""
    code = kept.lock_code(work.session, Purpose.SIGN_IN, holder_of(token))
    if code is None or not code.is_proved(work.now):
        return _refused(work, Refusal.WRONG)
    if person not in {one.person for one in people.list_household(work.session, code.phone)}:
        return _refused(work, Refusal.WRONG)
    kept.remove_code(work.session, code)
    return sign_in.open_for_worker(work, person, WAY, known)


def _refused(work: Work, refusal: Refusal) -> SignIn:
    event = work.event(Act.SIGN_IN_REFUSED, phone_codes.NOBODYS, {"way": WAY})
    sessions.note_event(work.session, event=event)
    return SignIn(refusal=refusal)
