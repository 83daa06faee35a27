"""A programme whose term runs on while the worker has the case: alike of questions and returns."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from app.services import answer_terms, dossiers, info_requests, overdue_cases, queues
from app.services.info_requests import Question, QuestionKind
from app.services.ports import Ports
from app.services.queues import Due, Wanted
from app.storage.database import Session
from app.web.api.application_lines import line_of_row
from permits.applications import Status
from permits.approvals import Opinion
from permits.deadlines import ClockState
from permits.people import SUPERVISOR_OF, SYSTEM, Agency
from tests import outside
from tests.builders import Story, add_official

PAUSES_FROM = date(2026, 11, 25)
NAME = Question(QuestionKind.FACT, "¿Cuál es su segundo apellido?")
LATE = 65
"""Days after the submission: the term is over, and the offer still runs."""


@pytest.fixture
def ports() -> Ports:
    """Coffee as if its term ran on, for what was handed in before a day."""
    ports = outside.ports()
    coffee = ports.reference.programmes["coffee-hn-gt"]
    pausing = coffee.clocks.question_pauses
    values = (replace(pausing, value=0), replace(pausing, valid_from=PAUSES_FROM))
    thresholds = {**coffee.versions.thresholds, "clocks.question_pauses": values}
    changed = replace(coffee, versions=replace(coffee.versions, thresholds=thresholds))
    programmes = {**ports.reference.programmes, coffee.code: changed}
    return replace(ports, reference=replace(ports.reference, programmes=programmes))


@pytest.fixture
def begin(session: Session, ports: Ports) -> Callable[[int], Story]:
    return lambda days: Story(session, ports).later(days=days).start().submit()


def ask(story: Story) -> None:
    work, seen = story.work(story.setrass), story.application.version
    info_requests.ask_questions(work, story.id, [NAME], seen_version=seen)


def late_of(story: Story, turn: Agency | None = None) -> dict[str, bool | None]:
    """What the list of what is late shows an official, and whether it counts as a risk."""
    work = story.work(story.inm)
    rows = queues.list_queue(work, queues.filter_of(work, Wanted(due=Due.LATE, turn=turn))).rows
    lines = [line_of_row(row, work.actor, work.now, pauses=False) for row in rows]
    return {str(line.id): line.deemed_granted_risk for line in lines}


@pytest.mark.feature("O5", "W12")
def test_what_is_with_its_worker_becomes_late_and_is_told_of(
    session: Session, ports: Ports, begin: Callable[[int], Story]
) -> None:
    asked, returned, paused = begin(0), begin(0), begin(3)
    ask(asked)
    ask(paused)
    returned.decide(returned.setrass, Opinion.RETURN)
    due = returned.application.due_at
    for one in (asked, returned):
        term = dossiers.read_dossier(one.later(days=2).work(one.inm), one.id).term
        assert term is not None
        assert term.state is ClockState.IN_TIME
    assert late_of(asked) == {}
    setrass = add_official(session, ports, SUPERVISOR_OF[Agency.SETRASS])
    add_official(session, ports, SUPERVISOR_OF[Agency.INM])
    late = {str(asked.id): True, str(returned.id): True}
    assert late_of(asked.later(days=LATE)) == late_of(asked, Agency.SETRASS) == late
    assert late_of(asked, Agency.INM) == {}
    assert overdue_cases.tell_overdue(asked.work(SYSTEM)) == 2
    assert setrass.person
    returned.later(days=5).submit()
    assert returned.application.due_at == due


@pytest.mark.feature("W12", "O12")
def test_what_is_closed_has_no_term_even_where_nothing_pauses_it(
    begin: Callable[[int], Story],
) -> None:
    story = begin(0)
    due = story.application.due_at
    story.decide(story.setrass, Opinion.RETURN)
    assert answer_terms.lapse_returned(story.later(days=17).work(SYSTEM)) == 1
    # Thursday; taken up again on Monday: Friday and Monday passed.
    answer_terms.reinstate_application(story.later(days=4).work(story.worker), story.id)
    assert story.application.status is Status.RETURNED
    assert due is not None
    assert story.application.due_at is not None
    moved = story.ports.reference.calendar.working_days_between(
        due.date(), story.application.due_at.date()
    )
    assert moved == 2
    due = story.application.due_at
    story.submit()
    assert story.application.due_at == due
