"""The services on a real database, led by chance: after each step they agree with a small model."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from sqlalchemy import text

from app.services.answer_terms import reinstate_until
from app.services.case import load_case
from app.storage.database import Session
from permits.next_actions import next_actions
from permits.people import SYSTEM
from permits.policies import NO_TIES, Ties
from tests.proofs import FULL, record, times
from tests.properties.case_machine import PEOPLE
from tests.properties.rights_machine import RightsMachine
from tests.properties.small_model import Person
from tests.services.half_states import half_states

EXAMPLES, STEPS = times(5, 200), times(20, 50)

STANDING = text(
    "SELECT count(DISTINCT d.agency) AS agencies, count(DISTINCT d.official) AS officials"
    " FROM decisions d JOIN applications a ON a.id = d.application AND a.round = d.round"
    " AND a.digest = d.digest AND a.worker <> d.official"
    " WHERE a.id = :case AND d.opinion = 'approve'"
)
CARRIERS = text(
    "SELECT state FROM credentials c JOIN authorisations r ON r.id = c.authorisation"
    " WHERE r.application = :case"
)
TAKEN = text(
    "SELECT agency, official, opinion FROM decisions d JOIN applications a"
    " ON a.id = d.application AND a.round = d.round WHERE a.id = :case"
)
TAKEN_BACK = text(
    "SELECT r.status, bool_or(c.state IN ('pending', 'issued')) AS stands FROM authorisations r"
    " JOIN credentials c ON c.authorisation = r.id WHERE r.id = ANY(:lost) GROUP BY r.id"
)
SURVEYS = text(
    "SELECT answered_at IS NOT NULL, closed_at IS NOT NULL FROM return_surveys"
    " WHERE application = :case"
)
LOGGED = text("SELECT count(*) FROM audit_events WHERE act = :act AND subject = :case")


class Watched(RightsMachine):
    """The machine with what must hold after every step."""

    @invariant()
    def the_case_is_where_the_model_has_it(self) -> None:
        application, model = self.story.application, self.model
        assert (application.status.value, application.round) == (model.status, model.round)
        holder = self.names[model.holder] if model.holder else None
        assert application.held_by == (holder if model.status == "under-review" else None)
        rows = self.session.execute(TAKEN, {"case": self.story.id}).all()
        assert {row.agency: (row.official, row.opinion) for row in rows} == {
            agency: (self.names[name], opinion) for agency, (name, opinion) in model.taken.items()
        }

    @invariant()
    def no_permit_without_both_approvals(self) -> None:
        states = [row.state for row in self.session.execute(CARRIERS, {"case": self.story.id})]
        assert states == ([self.model.carrier] if self.model.carrier else [])
        if states:
            standing = self.session.execute(STANDING, {"case": self.story.id}).one()
            assert (standing.agencies, standing.officials) == (2, 2)

    @invariant()
    def what_was_taken_back_stays_so(self) -> None:
        rows = self.session.execute(TAKEN_BACK, {"lost": self.lost}).all()
        assert all(row == ("revoked", False) for row in rows)
        assert len(rows) == len(self.lost)

    @invariant()
    def it_is_asked_answered_and_closed_once(self) -> None:
        rows = self.session.execute(SURVEYS, {"case": self.story.id}).all()
        model = self.right
        asked = [(model.answered_on is not None, model.closed)]
        assert rows == (asked if model.asked_on else [])

    @invariant()
    def nothing_is_half_done_and_every_decision_is_logged(self) -> None:
        assert half_states(self.session) == []
        values = {"act": "application:decide", "case": self.story.id}
        assert self.session.execute(LOGGED, values).scalar_one() == self.model.decisions_ever

    def ties(self, who: Person) -> Ties:
        """What the service knows of them: who holds the case, and what they decided before."""
        tied = self.model.barred or self.model.holder
        if not tied or who.hat not in {"setrass", "inm"}:
            return NO_TIES
        return load_case(self.story.work(self.actor(who)), self.story.id).ties

    @invariant()
    def everybody_is_offered_what_would_be_accepted(self) -> None:
        work = self.story.work(SYSTEM)
        case = load_case(work, self.story.id)
        again = reinstate_until(work, case) is not None
        for who in PEOPLE:
            turn = replace(case.turn, ties=self.ties(who))
            offered = next_actions(self.actor(who), turn, may_reinstate=again)
            assert " ".join(offered) == self.model.acts(who), who


@pytest.mark.promise("P2")
@pytest.mark.asvs("2.3.1")
@pytest.mark.feature("O1", "O2", "O4")
def test_led_by_chance_the_services_agree_with_the_model(session: Session) -> None:
    counted: Counter[str] = Counter()
    run_state_machine_as_test(
        lambda: Watched(session, counted),  # type: ignore[arg-type]  # a factory will do
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not FULL,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert counted["accepted"] > EXAMPLES
    assert counted["refused"] > EXAMPLES
    reached = {
        *("permits", "recommendations", "taken up again", "recourses"),
        *("revocations", "given anew", "renewals", "surveys", "closed"),
    }
    if FULL:
        reached.add("answers")
    assert all(counted[name] for name in reached), counted
    record(
        "stateful",
        "requests in any order, compared with an independent model after each",
        counted["accepted"] + counted["refused"],
        cases=EXAMPLES,
        steps_each=STEPS,
        accepted=counted["accepted"],
        refused=counted["refused"],
        permits=counted["permits"],
        given_anew=counted["given anew"],
        renewals=counted["renewals"],
        surveys=counted["surveys"],
        violations=0,
    )
