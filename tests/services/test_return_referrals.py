"""Help at home: an office receives who asked and said yes; the day is told; the end is kept."""

from dataclasses import replace
from datetime import time, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.services import erasing, own_data, return_referrals
from app.services.ports import Ports
from app.storage import erasures, outbox
from app.storage import return_referrals as kept
from app.storage.database import Session
from app.storage.return_referrals import return_referrals as table
from permits.audit import Act
from permits.deadlines import legal_day
from permits.erasure import Cause
from permits.errors import Conflict, Forbidden, Hidden, Invalid, NotFound, Stale
from permits.return_referrals import HelpKind, HelpOutcome, Office, Referral, Wanted
from tests.builders import Story
from tests.services.test_return_surveys import answer, asked, border, went_home
from tests.services.test_stays import Border

__all__ = ["border"]

WANTED = Wanted(HelpKind.WORK, Office.MINTRAB, " MINTRAB  Chiquimula ", agreed=True)
NINE = time(9)


@pytest.fixture
def helped(border: Border) -> Story:
    """Somebody who asked for help at home, and the supervisor who calls them."""
    story = went_home(border).supervise()
    asked(story)
    answer(story, wants_help="yes")
    return story


def decline(helped: Story, way: Referral, again: Referral) -> None:
    """The worker wants the second way no more, by the page that shows it."""
    own = helped.work(helped.worker)
    with pytest.raises(Stale):  # the page showed the office of before
        return_referrals.decline_own(own, helped.id, way.id)
    for _ in range(2):
        return_referrals.decline_own(own, helped.id, again.id)


@pytest.mark.feature("W27")
def test_from_the_yes_to_what_came_of_it(helped: Story, session: Session) -> None:
    desk, case = helped.work(helped.supervisor), helped.id
    wrong = Wanted(HelpKind.WORK, Office.UMAR, " ", agreed=False)
    with pytest.raises(Invalid) as refused:
        return_referrals.refer(desk, case, wrong)
    assert [(one.code, one.field) for one in refused.value.faults] == [
        ("return-office-elsewhere", "office"),
        ("missing", "place"),
        ("return-help-no-yes", "agreed"),
    ]
    way = return_referrals.refer(desk, case, WANTED)
    assert return_referrals.refer(desk, case, WANTED) == way  # pressed twice
    with pytest.raises(Conflict, match="return-help-open"):
        return_referrals.refer(desk, case, replace(WANTED, office=Office.IOM))
    day = legal_day(helped.now) + timedelta(days=3)
    with pytest.raises(Stale):
        return_referrals.appoint(desk, case, uuid4(), day, NINE)
    for far in (day - timedelta(days=4), day + timedelta(days=178)):
        with pytest.raises(Invalid):
            return_referrals.appoint(desk, case, way.id, far, NINE)
    for _ in range(2):
        return_referrals.appoint(desk, case, way.id, day, NINE)
    keys = session.scalars(select(outbox.outbox.c.key)).all()
    assert sum("return-appointment:" in key for key in keys) == 1
    (own,) = return_referrals.list_own(helped.work(helped.worker), case)
    assert (own.place, own.day, own.hour) == ("MINTRAB Chiquimula", day, NINE)
    with pytest.raises(Conflict, match="return-help-day-to-come"):
        return_referrals.close(desk, case, way.id, HelpOutcome.DID_NOT_COME)
    (listed,) = return_referrals.list_open(desk)
    assert (listed.receipt, listed.referral.id) == (helped.application.receipt, way.id)
    later = helped.later(days=3).work(helped.supervisor)
    return_referrals.close(later, case, way.id, HelpOutcome.COULD_NOT)
    assert return_referrals.list_open(later) == []
    again = return_referrals.refer(later, case, replace(WANTED, office=Office.PASTORAL))
    decline(helped, way, again)
    with pytest.raises(Conflict, match="return-help-over"):
        return_referrals.close(later, case, again.id, HelpOutcome.HELPED)
    outcomes = [one.outcome for one in return_referrals.read_file(later, case).referrals]
    assert set(outcomes) == {HelpOutcome.DECLINED, HelpOutcome.COULD_NOT}


@pytest.mark.feature("W27")
def test_a_day_that_is_put_off_and_taken_again_is_told_again(
    helped: Story, session: Session
) -> None:
    way = return_referrals.refer(helped.work(helped.supervisor), helped.id, WANTED)
    first = legal_day(helped.now) + timedelta(days=3)
    for day in (first, first + timedelta(days=1), first):
        at = helped.later(minutes=1).work(helped.supervisor)
        return_referrals.appoint(at, helped.id, way.id, day, NINE)
    keys = session.scalars(select(outbox.outbox.c.key)).all()
    assert sum("return-appointment:" in key for key in keys) == 3


@pytest.mark.feature("W27")
def test_for_whom_no_day_is_found_yet_stands_first(
    helped: Story, session: Session, ports: Ports
) -> None:
    desk = helped.work(helped.supervisor)
    way = return_referrals.refer(desk, helped.id, WANTED)
    return_referrals.appoint(desk, helped.id, way.id, legal_day(helped.now), NINE)
    other = Story(session, ports).start().submit()
    waiting = replace(way, id=uuid4(), application=other.id, worker=other.worker.person)
    event = desk.event(Act.RETURN_REFERRED, other.id, {"office": way.office.value})
    kept.add_referral(session, waiting, event=event)
    listed = [one.referral.application for one in return_referrals.list_open(desk)]
    assert listed == [other.id, helped.id]


@pytest.mark.feature("W27")
def test_who_did_not_ask_is_not_referred_and_strangers_see_nothing(
    border: Border, session: Session, ports: Ports
) -> None:
    silent = went_home(border).supervise()
    asked(silent)
    answer(silent)
    desk = silent.work(silent.supervisor)
    with pytest.raises(Conflict, match="return-help-not-asked"):
        return_referrals.refer(desk, silent.id, WANTED)
    stranger = Story(session, ports).start()
    for actor in (silent.setrass, silent.inm, silent.worker):
        with pytest.raises(Forbidden):
            return_referrals.refer(silent.work(actor), silent.id, WANTED)
    with pytest.raises((NotFound, Hidden)):
        return_referrals.list_own(silent.work(stranger.worker), silent.id)
    with pytest.raises((NotFound, Hidden)):
        return_referrals.decline_own(silent.work(stranger.worker), silent.id, uuid4())


@pytest.mark.feature("W27")
@pytest.mark.promise("P2")
def test_the_way_is_the_persons_own_data_and_goes_with_the_file(
    helped: Story, session: Session
) -> None:
    return_referrals.refer(helped.work(helped.supervisor), helped.id, WANTED)
    told = own_data.read_own_data(helped.work(helped.worker), "json").tables["return_referrals"]
    assert [(one["office"], one["kind"]) for one in told] == [("mintrab", "work")]
    for change, name in (
        ("day = '2027-01-01'", "day_and_hour"),
        ("outcome = 'helped', closed_at = now(), closed_by = worker", "closed_by_the_desk"),
    ):
        with pytest.raises(IntegrityError, match=name), session.begin_nested():
            session.execute(text(f"UPDATE return_referrals SET {change}"))
    kept = erasures.get_case(session, helped.id, lock=True)
    erasing.erase(helped.work(helped.supervisor), kept, Cause.TIME)
    assert session.scalars(select(table.c.id)).all() == []
