"""A barred employer: open cases come back once, permits stand, and nobody chooses its work."""

from uuid import UUID

import pytest
from sqlalchemy import select

from app.services import (
    answer_terms,
    applications,
    employer_bars,
    employer_changes,
    submissions,
    vacancies,
)
from app.services.ports import Ports
from app.services.progress import read_progress
from app.storage import audit
from app.storage.authorisations import find_of_application
from app.storage.database import Session
from app.storage.outbox import outbox
from permits.answer_terms import answer_by
from permits.applications import Status
from permits.approvals import Opinion
from permits.audit import Act
from permits.authorisations import AuthorisationStatus
from permits.errors import Conflict, Fault, Forbidden, Invalid, NotFound
from permits.people import SYSTEM
from permits.quotas import Scope
from tests.barred import bar, employer_of, follow
from tests.builders import Story, add_vacancy
from tests.quotas import rule, with_quotas
from tests.services.test_quotas import held

BARRED = (Fault("vacancy-barred", "vacancy"),)


def beside(story: Story) -> Story:
    """Another draft for the same work."""
    other = Story(story.session, story.ports, story.now).start()
    named = applications.read_own(story.work(story.worker), story.id).answers.vacancy
    applications.save_answers(other.work(other.worker), other.id, {"vacancy": named})
    return other


def told(story: Story, kind: str) -> list[dict[str, str]]:
    """The facts of the notices of a kind about a case."""
    key = outbox.c.key.startswith(f"{kind}:{story.id}:")
    query = select(outbox.c.payload).where(outbox.c.kind == "notice", key)
    return [row["facts"] for row in story.session.scalars(query)]


def acts(story: Story, subject: UUID) -> list[tuple[Act, dict[str, object]]]:
    """What the log holds about a subject."""
    return [(one.act, dict(one.facts)) for one in audit.list_events(story.session, subject)]


@pytest.mark.feature("W21")
def test_open_cases_come_back_with_their_places_and_permits_stand(session: Session) -> None:
    ports = with_quotas(rule(Scope.SEASON, 9))
    half = Story(session, ports).start().submit()
    asked, permitted, draft = beside(half).submit().ask(), beside(half).submit(), beside(half)
    half.decide(half.setrass, Opinion.APPROVE)
    permitted.approve().sign()
    other = Story(session, ports).start().submit()
    employer = employer_of(half)
    seen = employer_bars.read_employer(half.supervise().work(half.supervisor), employer)
    assert (seen.open_cases, seen.permits, seen.standing) == (2, 1, None)

    made = bar(half)

    assert {one.application.status for one in (half, asked)} == {Status.RETURNED}
    assert [one.application.status for one in (draft, permitted, other)] == [
        Status.DRAFT,
        Status.APPROVED,
        Status.UNDER_REVIEW,
    ]
    assert [line[2] for line in held(session)] == [permitted.id]
    right = find_of_application(session, permitted.id)
    assert right is not None
    assert right.stored is AuthorisationStatus.GRANTED
    facts = {"bar": str(made.id), "round": 1}
    for case in (half, asked):
        assert (Act.APPLICATION_CAME_BACK, facts) in acts(case, case.id)
        [letter] = told(case, "employer-barred")
        assert letter["employer"] == "Finca El Cedral"
    assert acts(half, employer)[-1] == (Act.EMPLOYER_BARRED, {"reason": "fee-charged"})
    assert len(told(permitted, "employer-barred-permit")) == 1
    assert told(half, "employer-barred-permit") == []
    seen = employer_bars.read_employer(half.work(half.supervisor), employer)
    assert (seen.open_cases, seen.permits, seen.standing) == (0, 1, made)


@pytest.mark.feature("W21")
def test_another_employer_is_a_new_round_and_the_clock_stood_still(
    session: Session, ports: Ports
) -> None:
    story = Story(session, ports).start().submit()
    first = story.application.due_at
    bar(story.later(days=7))
    work = story.later(days=7).work(story.worker)
    with pytest.raises(Invalid) as refused:
        submissions.submit_application(work, story.id)
    assert refused.value.faults == BARRED
    progress = read_progress(work, story.id)
    clocks, calendar = progress.case.programme.clocks, ports.reference.calendar
    came_back = story.application.barred_at
    assert came_back is not None
    assert progress.answer_by == answer_by(story.application, came_back, clocks, calendar)
    vacancy = add_vacancy(session, ports, now=story.now)
    applications.save_answers(work, story.id, {"vacancy": str(vacancy)})
    after = submissions.submit_application(work, story.id)
    assert (after.status, after.round, after.barred_at) == (Status.UNDER_REVIEW, 2, None)
    assert first is not None
    assert after.due_at is not None
    assert (after.due_at - first).days == 7
    assert employer_bars.return_late(story.work(SYSTEM)) == 0


def test_who_says_nothing_is_reminded_and_lapses(session: Session, ports: Ports) -> None:
    story = Story(session, ports).start().submit().later(days=40)
    bar(story)
    assert answer_terms.lapse_returned(story.later(days=12).work(SYSTEM)) == 0
    assert answer_terms.remind_returned(story.work(SYSTEM)) == 1
    assert answer_terms.lapse_returned(story.later(days=9).work(SYSTEM)) == 1


def test_the_term_of_who_was_asked_had_stood_still(session: Session, ports: Ports) -> None:
    story = Story(session, ports).start().submit()
    first = story.application.due_at
    bar(story.ask().later(days=7))
    due = story.application.due_at
    assert first is not None
    assert due is not None
    assert (due - first).days == 7


def test_nobody_chooses_sends_or_approves_its_work(session: Session, ports: Ports) -> None:
    story = Story(session, ports).start().submit()
    draft, permitted = beside(story), Story(session, ports).start().submit().approve().sign()
    vacancy = applications.read_own(draft.work(draft.worker), draft.id).answers.vacancy
    assert vacancy is not None
    story.supervise()
    reason = employer_bars.BarReason.CHILD_LABOUR
    employer_bars.bar_employer(story.work(story.supervisor), employer_of(story), reason)
    with pytest.raises(Invalid) as refused:  # before the worker process has come by
        story.decide(story.setrass, Opinion.APPROVE)
    assert [fault.code for fault in refused.value.faults] == ["employer-barred"]
    work = draft.work(draft.worker)
    with pytest.raises(Invalid) as refused:
        submissions.submit_application(work, draft.id)
    assert refused.value.faults == BARRED
    with pytest.raises(Invalid) as refused:
        applications.save_answers(work, draft.id, {"vacancy": vacancy})
    assert refused.value.faults == BARRED
    assert vacancy not in {str(one.id) for one in vacancies.list_vacancies(work)}
    with pytest.raises(NotFound):
        vacancies.read_vacancy(work, UUID(vacancy))
    right = find_of_application(session, permitted.id)
    assert right is not None
    with pytest.raises(Invalid):
        employer_changes.ask_change(permitted.work(permitted.worker), right.id, UUID(vacancy))


def test_a_change_to_an_employer_barred_meanwhile_is_not_granted(
    session: Session, ports: Ports
) -> None:
    permitted = Story(session, ports).start().submit().approve().sign()
    right = find_of_application(session, permitted.id)
    assert right is not None
    other = Story(session, ports).start()
    vacancy = applications.read_own(other.work(other.worker), other.id).answers.vacancy
    employer_changes.ask_change(permitted.work(permitted.worker), right.id, UUID(vacancy))
    bar(other)
    with pytest.raises(Invalid) as refused:
        employer_changes.decide_change(
            permitted.work(permitted.setrass), permitted.id, "", granted=True
        )
    assert [fault.code for fault in refused.value.faults] == [
        "employer-barred",
        "contract-not-accepted",
    ]


def test_many_cases_come_back_by_batches_and_each_once(session: Session, ports: Ports) -> None:
    story = Story(session, ports).start().submit()
    cases = [story, *(beside(story).submit() for _ in range(2))]
    story.supervise()
    reason = employer_bars.BarReason.FALSE_CONTRACT
    employer_bars.bar_employer(story.work(story.supervisor), employer_of(story), reason)
    assert employer_bars.return_late(story.work(SYSTEM), limit=2) == 2
    assert sum(one.application.status is Status.RETURNED for one in cases) == 2
    assert follow(story) == 2
    assert follow(story) == 0
    for case in cases:
        assert len(told(case, "employer-barred")) == 1
        assert [act for act, _ in acts(case, case.id)].count(Act.APPLICATION_CAME_BACK) == 1


def test_a_lifted_bar_lets_its_work_be_chosen_and_changes_nothing_else(
    session: Session, ports: Ports
) -> None:
    story = Story(session, ports).start().submit()
    bar(story)
    employer, chief = employer_of(story), story.work(story.supervisor)
    with pytest.raises(Conflict, match="already-barred"):
        employer_bars.bar_employer(chief, employer, employer_bars.BarReason.COURT_ORDER)
    employer_bars.lift_bar(chief, employer)
    assert story.application.status is Status.RETURNED
    assert acts(story, employer)[-1][0] is Act.EMPLOYER_BAR_LIFTED
    with pytest.raises(Conflict, match="not-barred"):
        employer_bars.lift_bar(chief, employer)
    story.submit()
    assert follow(story) == 0
    again = story.application
    assert (again.status, again.round) == (Status.UNDER_REVIEW, 2)
    for official in (story.setrass, story.inm):
        with pytest.raises(Forbidden):
            employer_bars.bar_employer(
                story.work(official), employer, employer_bars.BarReason.COURT_ORDER
            )


def test_an_employer_is_found_by_words_of_its_name(session: Session, ports: Ports) -> None:
    story = Story(session, ports).start().supervise()
    work = story.work(story.supervisor)
    assert (employer_of(story), "Finca El Cedral") in employer_bars.find_employers(work, "CEDRÁL")
    assert employer_bars.find_employers(work, "cedral marte") == []
    assert employer_bars.find_employers(work, " ") == []
    with pytest.raises(NotFound):
        employer_bars.read_employer(work, story.id)
