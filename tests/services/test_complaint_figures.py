"""Figures of complaints: counted by night, told once, and sums added by who is unlocked."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.services import complaint_figures, complaint_nights
from app.storage import complaints
from app.storage.complaint_remedies import SealedRemedy, add_remedy, save_state
from permits.audit import Act
from permits.errors import Conflict, Forbidden, NotFound
from permits.people import Role
from recruitment.complaints.remedies import RemedyState, Verifier
from recruitment.complaints.words import RemedyKind
from tests.builders import Story
from tests.complained import Office, complain
from tests.complaint_desk import Desk

QUARTER = date(2026, 10, 1)
AFTERWARDS = datetime(2027, 1, 20, 9, tzinfo=UTC)
HEAD = 2


@pytest.fixture
def desk(story: Story) -> Desk:
    desk = Desk(Office(story.session, story.ports)).begin()
    desk.office.join(role=Role.COMPLAINT_SUPERVISOR)
    return desk


def repay(desk: Desk, amount: int) -> None:
    """A case in which so much came back to a worker."""
    work = desk.office.work(now=desk.now)
    case, identity = complain(work).id, uuid4()
    content = {"words": "Devuelve", "amount": str(amount), "currency": "HNL"}
    seal = desk.office.open(case)
    sealed = seal.seal(work, "remedy", identity, json.dumps(content).encode())
    kind, day = RemedyKind.REPAYMENT, date(2026, 12, 1)
    planned = SealedRemedy(identity, case, kind, day, RemedyState.PLANNED, None, 1, sealed)
    event = work.event(Act.COMPLAINT_REMEDY_PLANNED, case, {"kind": kind.value})
    add_remedy(work.session, planned, event=event)
    word, state = Verifier.COMPLAINANT, RemedyState.VERIFIED
    done = replace(planned, state=state, verifier=word, version=2, verified_on=day)
    event = work.event(Act.COMPLAINT_REMEDY_MOVED, case, {"action": "verify"})
    save_state(work.session, done, event=event)


@pytest.mark.feature("A3", "H9")
def test_a_quarter_is_told_once_and_its_sums_by_a_supervisor_who_is_unlocked(desk: Desk) -> None:
    for amount in (100, 200, 300, 400, 500):
        repay(desk, amount)
    assert complaint_figures.tell_quarters(desk.system) == 0  # it is not over
    with pytest.raises(NotFound):
        complaint_figures.add_repaid(desk.by(HEAD), desk.token(HEAD), QUARTER)
    desk.later(days=(AFTERWARDS - desk.now).days)
    complaint_nights.run_nightly(desk.system)
    (told,) = complaint_figures.list_figures(desk.system)
    assert (told.quarter, told.received, told.closed) == (QUARTER, 5, 0)
    assert told.by_category == {"document-retained": 5}  # and one more, which is told by no number
    assert (told.by_department, told.remedies) == ({"HN-CP": 5}, {"repayment": 5})
    with pytest.raises(Forbidden):
        complaint_figures.add_repaid(desk.by(0), desk.token(0), QUARTER)
    with pytest.raises(Conflict, match="complaints-locked"):
        complaint_figures.add_repaid(desk.by(HEAD), "another session", QUARTER)
    complaint_figures.add_repaid(desk.by(HEAD), desk.token(HEAD), QUARTER)
    assert complaint_figures.list_figures(desk.system)[0].repaid == {"HNL": 1500}
    with pytest.raises(Conflict, match="figures-complete"):
        complaint_figures.add_repaid(desk.by(HEAD), desk.token(HEAD), QUARTER)
    _told_before(desk)


def _told_before(desk: Desk) -> None:
    """What becomes of a case later changes nothing that was told."""
    before = complaint_figures.list_figures(desk.system)
    filed = complaints.get_complaint(desk.office.session, desk.complaint)
    complaints.save_shredded(desk.office.session, replace(filed, department="HN-OC"))
    desk.later(days=1)
    assert complaint_figures.tell_quarters(desk.system) == 0
    assert complaint_figures.list_figures(desk.system) == before
    kept = desk.office.session.execute(text("SELECT told::text FROM complaint_figures")).scalar()
    assert kept is not None
    assert str(desk.complaint) not in kept
