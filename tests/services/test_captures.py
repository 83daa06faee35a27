"""What a brigade wrote down for work abroad joins the roster: nothing is handed in unchosen."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.services import captures
from app.services.captures import Captured
from app.services.ports import Ports
from app.services.work import Work
from app.storage import audit, roster
from app.storage.applications import applications
from app.storage.consents import consents
from app.storage.database import Session
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Invalid
from permits.people import Role
from recruitment.roster import Profile, Proof, Trade
from tests.abroad import PICKER
from tests.builders import ABROAD, NOW, add_official, work_of

SAID = Profile(
    (Trade(PICKER, 3, Proof.REFERENCE),),
    frozenset({"spa"}),
    None,
    frozenset(),
    legal_day(NOW),
    None,
    frozenset({"twap-canada"}),
)


@pytest.fixture
def work(session: Session, ports: Ports) -> Work:
    facilitator = add_official(session, ports, Role.FACILITATOR, "Selvin Interiano")
    return work_of(session, facilitator, ports)


def captured(profile: Profile | None = SAID) -> Captured:
    answers = {
        **ABROAD,
        "given_names": "María",
        "surnames": "Paz Ficticia",
        "date_of_birth": NOW.date() - timedelta(days=365 * 30),
        "sex": "female",
        "phone": "+50499112233",
        "languages_spoken": ("spa",),
        "languages_read": ("spa",),
        "brings_documents": True,
        "brings_photo": True,
    }
    return Captured(uuid4(), "twap-canada", "es", answers, {}, b"\1" * 32, profile)


@pytest.mark.feature("W4", "W7")
def test_who_was_written_down_for_work_abroad_is_on_the_roster(work: Work) -> None:
    one = captured()
    made = captures.register(work, one)
    last = legal_day(NOW) + timedelta(days=365)
    assert (made.receipt, made.until, made.before) == ("", last, False)
    row = work.session.execute(select(applications)).one()
    assert (row.status, row.round, row.assisted_by) == ("draft", 0, work.actor.person)
    consent = work.session.execute(select(consents)).one()
    assert (consent.way, consent.witness) == ("witnessed", work.actor.person)
    waiting = roster.list_waiting(work.session, "twap-canada", legal_day(NOW))
    assert [each.entry.profile for each in waiting] == [SAID]
    (event,) = [
        each for each in audit.list_events(work.session, row.id) if each.act is Act.ROSTER_JOINED
    ]
    assert event.person == work.actor.person
    assert (event.facts["assisted"], event.facts["worker"]) == (True, str(row.worker))
    again = captures.register(work, one)
    assert (again.until, again.before, again.same) == (last, True, True)
    other = captures.register(work, replace(one, fingerprint=b"\2" * 32))
    assert (other.until, other.same) == (last, False)


def test_what_is_wrong_for_the_roster_is_told_and_nothing_is_handed_in_unchosen(
    work: Work,
) -> None:
    for wrong, field in ((SAID, "occupation"), (None, "vacancy")):
        strange = replace(wrong, trades=(Trade("0000", 1, Proof.PAPER),)) if wrong else None
        with pytest.raises(Invalid) as refused, work.attempt():
            captures.register(work, captured(strange))
        assert field in {fault.field for fault in refused.value.faults}
    assert work.session.execute(select(applications)).all() == []
