"""An employer changes its phone, and two registrations of one number never become one employer."""

from typing import Any

import pytest
from sqlalchemy import text

from app.services import employer_checks, phone_codes, registered_phones, registrations
from app.services.ports import Ports
from app.services.registered_phones import NEW, OLD, TypedCodes
from app.storage import audit
from app.storage import phone_codes as kept_codes
from app.storage.database import Session
from permits.audit import Act
from permits.errors import Conflict, Invalid, NotFound, Stale
from permits.people import SYSTEM, Role
from recruitment.registrations import Evidence, Judgement, RegistrationAction
from tests.builders import NOW, add_official, work_of
from tests.databases import Database
from tests.registered import Registering, come_in, handed_in, some_phone, verified
from tests.services.races import at_once

FROM = "203.0.113.7"


def codes_of(mine: Registering) -> TypedCodes:
    """The digits of both messages, as the worker process makes them."""
    found = []
    for purpose in (OLD, NEW):
        code = kept_codes.find_code(mine.session, purpose, registered_phones._holder(mine.token))
        assert code is not None
        payload: dict[str, Any] = {
            "purpose": purpose.value,
            "holder": code.holder.hex(),
            "language": "es",
            "expires_at": code.expires_at.isoformat(),
        }
        notice = phone_codes.write_code(work_of(mine.session, SYSTEM, mine.ports), payload)
        assert notice is not None
        found.append(notice.facts["code"])
    return TypedCodes(*found)


@pytest.mark.feature("E1")
def test_both_phones_confirm_a_change_and_every_browser_is_let_out(
    session: Session, ports: Ports
) -> None:
    mine, employer = verified(session, ports)
    new, before = some_phone(), mine.registration
    with pytest.raises(Invalid):
        registered_phones.ask_codes(mine.work, mine.token, before.phone, "es", FROM)
    assert registered_phones.ask_codes(mine.work, mine.token, new, "es", FROM)
    assert registered_phones.find_new_phone(mine.work, mine.token) == new
    typed = codes_of(mine)
    half = TypedCodes(typed.old, "000000")
    assert not registered_phones.change_own(mine.work, mine.token, half, FROM)
    assert registered_phones.change_own(mine.work, mine.token, typed, FROM)
    with pytest.raises(NotFound):
        registrations.read_mine(mine.work, mine.token)
    again = come_in(session, ports, new)
    assert (again.registration.id, again.registration.employer) == (before.id, employer)
    acts = [one.act for one in audit.list_events(session, before.id)]
    assert acts.count(Act.REGISTRATION_PHONE_CHANGED) == 1
    told = "SELECT array_agg(payload ->> 'phone') FROM outbox WHERE payload ->> 'kind' = :kind"
    sent = session.execute(text(told), {"kind": "registration-phone"}).scalar_one()
    assert set(sent) == {before.phone, new}


@pytest.mark.feature("E1")
def test_the_office_changes_a_phone_after_seeing_a_paper(session: Session, ports: Ports) -> None:
    mine, _ = verified(session, ports)
    other = come_in(session, ports, some_phone())
    officer = work_of(session, add_official(session, ports, Role.SETRASS_OFFICER), ports)
    own, new = mine.registration, some_phone()
    taken = other.registration.phone

    def change(phone: str, evidence: Evidence | None, seen: int) -> None:
        registered_phones.change_at_office(officer, own.id, phone, evidence, seen)

    with pytest.raises(Invalid):
        change(new, None, own.version)
    with pytest.raises(Stale):
        change(new, Evidence.TAX_CERTIFICATE, own.version - 1)
    with pytest.raises(Conflict, match="phone-registered"):
        change(taken, Evidence.TAX_CERTIFICATE, own.version)
    change(new, Evidence.TAX_CERTIFICATE, own.version)
    assert come_in(session, ports, new).registration.id == own.id


@pytest.mark.feature("E1")
def test_of_two_registrations_of_one_number_the_second_is_refused_in_words(
    database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        both = [handed_in(session, ports, some_phone()).registration.id for _ in range(2)]
        officer = add_official(session, ports, Role.SETRASS_OFFICER)
    judgement = Judgement(RegistrationAction.VERIFY, "", (Evidence.TAX_CERTIFICATE,))

    def verify(registration: Any) -> object:  # noqa: ANN401
        with database.sessions.begin() as session:
            work = work_of(session, officer, ports, NOW)
            return employer_checks.judge(work, registration, judgement).status.value

    told = at_once([lambda one=one: verify(one) for one in both])  # type: ignore[misc]
    codes = {str(getattr(one, "code", one)) for one in told}
    assert codes == {"verified", "employer-registered-already"}
