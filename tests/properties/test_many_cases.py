"""Random people do random things to many cases at once, on the real database."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from sqlalchemy import text

from app.storage.database import Session
from tests.proofs import FULL, times
from tests.properties.many_machine import ManyMachine
from tests.services.half_states import half_states

EXAMPLES, STEPS = times(3, 200), times(12, 50)

NEVER = {
    "more places held than there are": "SELECT 1 FROM quota_places GROUP BY programme, season,"
    " scope, thing HAVING count(*) > min(total)",
    "a place of who does not stand": "SELECT 1 FROM quota_places p JOIN applications a"
    " ON a.id = p.application WHERE a.status NOT IN ('under-review', 'asked', 'approved')"
    " OR EXISTS (SELECT 1 FROM authorisations r WHERE r.application = a.id"
    " AND r.status IN ('revoked', 'ended'))",
    "a right without each approval, of its digest, by different people": "SELECT 1"
    " FROM authorisations r JOIN agency_sets s ON s.id = r.agency_set"
    " LEFT JOIN decisions d ON d.application = r.application AND d.round = r.round"
    " AND d.digest = r.digest AND d.opinion = 'approve' GROUP BY r.id, s.size"
    " HAVING count(DISTINCT d.agency) <> s.size OR count(DISTINCT d.official) <> s.size",
    "two standing cards of a right": "SELECT 1 FROM credentials"
    " WHERE state IN ('pending', 'issued') GROUP BY authorisation HAVING count(*) > 1",
    "a worker who decided": "SELECT 1 FROM decisions d JOIN applications a"
    " ON a.id = d.application WHERE d.official = a.worker",
    "one person took a right back": "SELECT 1 FROM revocations"
    " WHERE outcome = 'confirmed' AND proposed_by = decided_by",
    "a right that was taken back and stands": "SELECT 1 FROM authorisations r WHERE EXISTS"
    " (SELECT 1 FROM revocations v WHERE v.authorisation = r.id AND v.outcome = 'confirmed')"
    " AND (r.status <> 'revoked' OR EXISTS (SELECT 1 FROM credentials c"
    " WHERE c.authorisation = r.id AND c.state IN ('pending', 'issued')))",
}
STATES = text("SELECT id, status, round FROM applications ORDER BY id")
EVENTS = text(
    "SELECT subject, count(*) AS number FROM audit_events GROUP BY subject ORDER BY subject"
)


class Watched(ManyMachine):
    """The machine with what must hold after every step."""

    def __init__(self, session: Session, counted: Counter[str]) -> None:
        super().__init__(session, counted)
        self.before, self.told = dict[object, object](), dict[object, int]()

    @invariant()
    def what_may_never_be_is_not(self) -> None:
        assert [
            what for what, query in NEVER.items() if self.session.execute(text(query)).first()
        ] == []
        assert half_states(self.session) == []

    @invariant()
    def whatever_moved_has_its_event(self) -> None:
        now = {row.id: (row.status, row.round) for row in self.session.execute(STATES)}
        told = {row.subject: row.number for row in self.session.execute(EVENTS)}
        for case in now:
            if now[case] != self.before.get(case):
                assert told[case] > self.told.get(case, 0), case
        self.before, self.told = dict(now), dict(told)


@pytest.mark.promise("P2")
@pytest.mark.feature("O1", "O2", "O12")
def test_many_cases_at_once_never_break_an_invariant(session: Session) -> None:
    """Three to six cases share a quota, two farms and the officials. After every step:

    1. no more places are held than there are, and every holder stands;
    2. a right rests on one approval of each agency of its set, by different people, on one digest;
    3. a right has at most one standing card;
    4. no worker decides the own case, and nobody takes a right back alone;
    5. a right that was taken back never stands again;
    6. whatever changed its status or round has a new event, and no act is half done;
    7. what the law does not offer is refused, and by the typed errors alone.
    """
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
    assert counted["approve"]
