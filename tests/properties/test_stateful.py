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
from tests.properties.long_machine import LongMachine
from tests.properties.small_model import Person
from tests.services.half_states import half_states

EXAMPLES, STEPS = times(7, 200), times(20, 50)

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
LOGGED = text("SELECT count(*) FROM audit_events WHERE act = :act AND subject = :case")


class Watched(LongMachine):
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
    def nothing_is_half_done_and_every_decision_is_logged(self) -> None:
        assert half_states(self.session) == []
        values = {"act": "application:decide", "case": self.story.id}
        assert self.session.execute(LOGGED, values).scalar_one() == self.model.decisions_ever

    def ties(self, who: Person) -> Ties:
        """Whether the service knows of them that they decided before a recourse."""
        if not self.model.barred or who.hat not in {"setrass", "inm"}:
            return NO_TIES
        seen = load_case(self.story.work(self.actor(who)), self.story.id)
        return Ties(decided_before=seen.ties.decided_before)

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
    reached = ("permits", "recommendations", "answers", "taken up again", "recourses")
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
        violations=0,
    )
