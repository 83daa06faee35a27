"""Random people do random things to many cases at once, on the real database."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import MultipleResults, invariant, run_state_machine_as_test
from sqlalchemy import text

from app.services.log_checks import check_log
from permits.applications import ApplicationId
from permits.deadlines import legal_day
from tests import outside
from tests.databases import Server
from tests.proofs import FULL, record, times
from tests.properties.many_never import NEVER
from tests.properties.many_never_stays import NEVER_OF_STAYS
from tests.properties.many_stays import ManyStays
from tests.services.half_states import half_states
from tests.services.logbook import Logbook

EXAMPLES, STEPS = times(3, 200), times(8, 50)

EVERY = NEVER | NEVER_OF_STAYS
UNADVISED = text(
    "SELECT 1 FROM decisions d WHERE agency = 'setrass' AND opinion = 'approve' AND NOT EXISTS"
    " (SELECT 1 FROM recommendations r WHERE (r.application, r.round, r.agency)"
    " = (d.application, d.round, d.agency))"
)
STATES = text("SELECT id, status, round FROM applications ORDER BY id")
LOGGED = text("SELECT count(*) FROM audit_events")
OF_STAYS = (
    *("renewals granted", "lost along", "suspended along", "renewals ended"),
    *("changes to full work", "changes without a yes", "changes to who is stopped"),
    *("changes by a blocked contract", "second rights refused", "looks refused"),
    *("helpers kept from judging", "helpers kept from deciding"),
)
"""What the acts about whole stays come to."""

REACHED = (
    *("return", "refuse", "recommendations", "second looks", "recourses", "bars", "suspensions"),
    *("revocations", "changes of employer", "renewals"),
)
"""What chance comes to in a long run."""
EVENTS = text(
    "SELECT subject, count(*) AS number FROM audit_events GROUP BY subject ORDER BY subject"
)


class Watched(ManyStays):
    """The machine with what must hold after every step, in a database of its own."""

    def __init__(self, server: Server, counted: Counter[str]) -> None:
        self.opened = ExitStack()
        self.database = self.opened.enter_context(server.clone())
        super().__init__(self.opened.enter_context(self.database.sessions()), counted)
        self.before, self.events = dict[object, object](), dict[object, int]()
        self.most = outside.ports().reference.programmes["coffee-hn-gt"].validity.maximum_days.value

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
            what
            for what, query in EVERY.items()
            if self.session.execute(text(query), self._told_to(query)).first()
        ] == []
        assert half_states(self.session) == []
        if self.advised:
            assert self.session.execute(UNADVISED).first() is None

    def _told_to(self, query: str) -> dict[str, object]:
        """What a query names of the day and of the programme."""
        told = {"today": legal_day(self.story.now), "most": self.most}
        return {name: value for name, value in told.items() if f":{name}" in query}

    @invariant()
    def whatever_moved_has_its_event(self) -> None:
        now = {row.id: (row.status, row.round) for row in self.session.execute(STATES)}
        told = {row.subject: row.number for row in self.session.execute(EVENTS)}
        for case in now:
            if now[case] != self.before.get(case):
                assert told[case] > self.events.get(case, 0), case
        self.before, self.events = dict(now), dict(told)


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


def check_reached(counted: Counter[str]) -> None:
    """Much was asked, granted and refused; in a full run each of those acts.

    Those about whole stays are reached by hand below, whatever chance comes to.
    """
    assert counted["accepted"] > EXAMPLES
    assert counted["refused"] > EXAMPLES
    assert counted["approve"]
    assert counted["events"]
    if FULL:
        assert all(counted[name] for name in REACHED), counted


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
        **{name.replace(" ", "_"): counted[name] for name in sorted({*REACHED, *OF_STAYS})},
        violations=0,
    )


@pytest.mark.promise("P2")
@pytest.mark.feature("O1", "O2", "O12")
def test_many_cases_at_once_never_break_an_invariant(database_server: Server) -> None:
    """Three to six cases share quotas, farms and the officials; each renewal is one more.

    They live all that `many_ways`, `many_rights` and `many_stays` tell. After every step:

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
    13. a right has one renewal that goes on, and one wish for another employer that waits;
    14. no work has more people than places; a stay holds one place of each kind, by its newest
        right, and of its season one while it stands; what ended or was taken back keeps none (a
        permit that ran out by itself counts in its season, decision 116);
    15. no stay is longer than the programme lets it be, and nobody has two rights for one day;
    16. nothing stands that goes on from what was taken back, nor begins while it is suspended;
    17. who decided, recommended, suspended, took back, judged, filled in or witnessed before, also
        in a case that this one gives anew, neither judges a recourse nor takes a second look;
    18. nobody goes to another employer without a yes to that contract, by one that a rule blocks,
        or to an employer under an order.

    At the end all is committed and sealed: 19. every event has its leaf, and the log is whole.
    """
    counted = led_by_chance(database_server)
    check_reached(counted)
    tell(counted)


@pytest.mark.promise("P2")
@pytest.mark.feature("O12", "O16", "W21", "W22")
def test_every_act_about_a_stay_is_reached_in_two_worlds(database_server: Server) -> None:
    """Led by hand, so that no run of chance passes because nothing happened."""
    counted: Counter[str] = Counter()
    for walk in (_of_places, _of_people):
        world = Watched(database_server, counted)
        try:
            walk(world)
        finally:
            world.teardown()
    assert all(counted[name] for name in OF_STAYS), counted


def _begun(world: Watched, *, watched: bool) -> Sequence[ApplicationId]:
    begun = world.begin(count=6, places=3, advised=False, watched=watched, led=0)
    assert isinstance(begun, MultipleResults)
    return list(begun.values)


def _checked(world: Watched, *steps: Callable[[], object]) -> None:
    """Each step, and every invariant after it."""
    for step in steps:
        step()
        world.what_may_never_be_is_not()
        world.whatever_moved_has_its_event()


def _of_places(world: Watched) -> None:
    one, two, _, four, five, six = _begun(world, watched=False)
    _checked(
        world,
        lambda: world.crowd(one, agrees=False),
        lambda: world.crowd(one, agrees=True),
        lambda: world.crowd(two, agrees=True),
        lambda: world.move_where_nobody_may(two, stopped=True),
        lambda: world.move_where_nobody_may(two, stopped=False),
        lambda: world.leave(one, "worker", earnest=True),
        lambda: world.pause_stay(two, "beto"),
        lambda: world.leave(two, "worker", earnest=True),
        lambda: world.ask_anew(four, first=True),
        lambda: world.leave(four, "worker", earnest=True),
        lambda: world.ask_anew(five, first=False),
        lambda: world.end_renewal(six),
    )


def _of_people(world: Watched) -> None:
    one, two, _, four, *_ = _begun(world, watched=True)
    _checked(
        world,
        lambda: world.look_after_deciding(one, "carla-again"),
        lambda: world.lose_stay(two),
        world.suspensions_end,
        lambda: world.contest_what_was_helped("justice"),
        lambda: world.stay_on(four),
    )
