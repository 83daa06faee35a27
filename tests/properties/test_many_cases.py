"""Random people do random things to many cases at once, on the real database."""

from collections import Counter
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from sqlalchemy import text

from app.services.log_checks import check_log
from tests.databases import Server
from tests.proofs import FULL, record, times
from tests.properties.many_rights import ManyRights
from tests.services.half_states import half_states
from tests.services.logbook import Logbook

EXAMPLES, STEPS = times(3, 200), times(8, 50)

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
    "who recommended decided": "SELECT 1 FROM recommendations r JOIN decisions d"
    " ON (d.application, d.round, d.agency, d.official)"
    " = (r.application, r.round, r.agency, r.official)",
    "who had decided judged the recourse": "SELECT 1 FROM appeals a JOIN decisions d"
    " ON d.application = a.application AND d.official = a.decided_by"
    " AND d.decided_at < a.decided_at",
    "who confirmed the loss judged the recourse": "SELECT 1 FROM appeals a JOIN revocations v"
    " ON v.id = a.revocation AND a.decided_by IN (v.proposed_by, v.decided_by)",
    "who suspended gave back": "SELECT 1 FROM suspensions"
    " WHERE ending = 'reinstated' AND official = ended_by",
    "a right that is suspended by nothing, or is not by what runs": "SELECT 1"
    " FROM authorisations r LEFT JOIN suspensions s ON s.authorisation = r.id"
    " AND s.ending = 'open' WHERE (r.status = 'suspended') <> (s.id IS NOT NULL)",
    "INM approved over what the list found, or who looked again did": "SELECT 1"
    " FROM watch_checks w JOIN decisions d ON d.application = w.application"
    " AND d.round = w.round AND d.agency = 'inm' AND d.opinion = 'approve'"
    " WHERE w.state IN ('hit', 'upheld') OR w.reviewed_by = d.official",
    "a right for the work of who was barred": "SELECT 1 FROM authorisations r"
    " JOIN applications a ON a.id = r.application JOIN vacancies v ON v.id = a.vacancy"
    " JOIN employer_bars b ON b.employer = v.employer AND r.granted_at > b.barred_at"
    " AND (b.lifted_at IS NULL OR r.granted_at < b.lifted_at)",
    "two wishes for another employer, or one that was decided by its worker": "SELECT 1"
    " FROM employer_changes WHERE official = worker UNION ALL SELECT 1 FROM employer_changes"
    " WHERE outcome = 'asked' GROUP BY authorisation HAVING count(*) > 1",
    "two renewals of a right": "SELECT 1 FROM applications WHERE renews IS NOT NULL"
    " AND status NOT IN ('refused', 'lapsed', 'withdrawn') GROUP BY renews HAVING count(*) > 1",
    "two cases anew for a right": "SELECT 1 FROM applications WHERE restores IS NOT NULL"
    " GROUP BY restores HAVING count(*) > 1",
    "a card that stands under a right that does not": "SELECT 1 FROM credentials c"
    " JOIN authorisations r ON r.id = c.authorisation WHERE c.state IN ('pending', 'issued')"
    " AND r.status IN ('revoked', 'ended')",
}
UNADVISED = text(
    "SELECT 1 FROM decisions d WHERE agency = 'setrass' AND opinion = 'approve' AND NOT EXISTS"
    " (SELECT 1 FROM recommendations r WHERE (r.application, r.round, r.agency)"
    " = (d.application, d.round, d.agency))"
)
STATES = text("SELECT id, status, round FROM applications ORDER BY id")
LOGGED = text("SELECT count(*) FROM audit_events")
REACHED = (
    *("return", "refuse", "recommendations", "second looks", "recourses", "bars", "suspensions"),
    *("revocations", "changes of employer", "renewals"),
)
"""What chance comes to in a long run."""
EVENTS = text(
    "SELECT subject, count(*) AS number FROM audit_events GROUP BY subject ORDER BY subject"
)


class Watched(ManyRights):
    """The machine with what must hold after every step, in a database of its own."""

    def __init__(self, server: Server, counted: Counter[str]) -> None:
        self.opened = ExitStack()
        self.database = self.opened.enter_context(server.clone())
        super().__init__(self.opened.enter_context(self.database.sessions()), counted)
        self.before, self.told = dict[object, object](), dict[object, int]()

    def teardown(self) -> None:
        """Everything is committed and sealed, and the log checked as `vereda audit verify` does."""
        with self.opened:
            if not hasattr(self, "story"):
                return
            written = self.session.execute(LOGGED).scalar_one()
            self.session.commit()
            book = Logbook(self.database, self.story.ports, self.story.now).seal()
            with book.work(repeatable=True) as work:
                report = check_log(work)
            assert report.is_well, report.first
            assert (report.events, report.waiting) == (written, 0)
            self.counted["events"] += report.events

    @invariant()
    def what_may_never_be_is_not(self) -> None:
        assert [
            what for what, query in NEVER.items() if self.session.execute(text(query)).first()
        ] == []
        assert half_states(self.session) == []
        if self.advised:
            assert self.session.execute(UNADVISED).first() is None

    @invariant()
    def whatever_moved_has_its_event(self) -> None:
        now = {row.id: (row.status, row.round) for row in self.session.execute(STATES)}
        told = {row.subject: row.number for row in self.session.execute(EVENTS)}
        for case in now:
            if now[case] != self.before.get(case):
                assert told[case] > self.told.get(case, 0), case
        self.before, self.told = dict(now), dict(told)


def led_by_chance(server: Server) -> Counter[str]:
    """So many worlds, each to its end; what was counted in all of them."""
    counted: Counter[str] = Counter()
    run_state_machine_as_test(
        lambda: Watched(server, counted),  # type: ignore[arg-type]  # a factory will do
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=not FULL,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return counted


def tell(counted: Counter[str]) -> None:
    """The figure of the proof."""
    record(
        "many-people",
        "requests of random people about several cases at once, each followed by every invariant",
        counted["accepted"] + counted["refused"],
        worlds=EXAMPLES,
        steps_each=STEPS,
        accepted=counted["accepted"],
        refused=counted["refused"],
        events_verified=counted["events"],
        **{name.replace(" ", "_"): counted[name] for name in sorted(REACHED)},
        violations=0,
    )


@pytest.mark.promise("P2")
@pytest.mark.feature("O1", "O2", "O12")
def test_many_cases_at_once_never_break_an_invariant(database_server: Server) -> None:
    """Three to six cases share a quota, three farms and the officials; each renewal is one more.

    They are written, amended, handed in, recommended, held, decided, asked about, returned,
    contested, taken up again, found by a watch list and looked at again; their rights are
    suspended, given back, taken back, moved to another employer, renewed, ended and run out; their
    employers are barred and let hire again. After every step:

    1. no more places are held than there are, and every holder stands;
    2. a right rests on one approval of each agency of its set, by different people, on one digest;
    3. a right has at most one standing card, and none where it does not stand itself;
    4. no worker decides the own case, and nobody takes a right back alone;
    5. a right that was taken back never stands again, and is given anew by one case at most;
    6. whatever changed its status or round has a new event, and no act is half done;
    7. what the law does not offer is refused, and by the typed errors alone;
    8. who recommended does not decide, and where advice is asked nobody approves without it;
    9. a recourse is judged by who had no part in what it is against;
    10. a right is suspended while a suspension runs, and who suspended it does not give it back;
    11. INM approves nothing that the watch list found, nor does who looked at it again;
    12. no right is granted for the work of an employer who is barred;
    13. a right has one renewal that goes on, and one wish for another employer that waits.

    At the end everything is committed and sealed:

    14. every event has its leaf, and the log is whole as `vereda audit verify` sees it.
    """
    counted = led_by_chance(database_server)
    assert counted["accepted"] > EXAMPLES
    assert counted["refused"] > EXAMPLES
    assert counted["approve"]
    assert counted["events"]
    if FULL:
        assert all(counted[name] for name in REACHED), counted
    tell(counted)
