"""Who paid nothing says so once; a payment noted later takes it back, and nothing is lost."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from app.services import costs, erasing, journeys, nothing_paid, own_data, travel_papers
from app.services.work import Work
from app.storage import erasures
from app.storage.audit import audit_events
from app.storage.nothing_paid import nothing_paid as table
from permits.audit import Act
from permits.deadlines import legal_day
from permits.erasure import Cause
from permits.errors import Conflict, Hidden, NotFound
from permits.journeys import JourneyStep
from permits.people import Actor, PersonId, Role
from recruitment.costs import ClaimAction, ClaimStatus, Phase
from recruitment.ethics.words import Payer
from tests import outside
from tests.builders import Story
from tests.costs import note_fee
from tests.databases import Database
from tests.rights import signed
from tests.services.races import Scene, at_once, codes
from tests.services.test_costs import TIED
from tests.services.test_travel_papers import visa
from tests.working import at_work

EMPLOYERS = replace(TIED, payer=Payer.EMPLOYER)


def said(story: Story) -> list[Phase]:
    """The phases of which it stands."""
    return [one.phase for one in nothing_paid.read_said(story.work(story.worker), story.id).told]


def say(story: Story) -> None:
    nothing_paid.say_nothing(story.work(story.worker), story.id)


def acts(story: Story) -> list[tuple[str, object]]:
    """What the log tells of it: each act with its facts, and of no case."""
    rows = story.session.execute(
        select(audit_events)
        .where(audit_events.c.act.startswith("nothing-paid:"))
        .where(audit_events.c.person == story.worker.person)
        .order_by(audit_events.c.id)
    ).all()
    assert story.id not in {row.subject for row in rows}
    return [(row.act, row.facts) for row in rows]


@pytest.mark.feature("W19", "N9")
def test_it_is_said_once_and_taken_back_by_noting_a_payment(story: Story) -> None:
    story.start()
    version = story.application.version
    for _ in range(2):  # pressed twice, or the reply was lost
        say(story)
    assert said(story) == [Phase.BEFORE]
    assert story.application.version == version
    costs.add_cost(story.work(story.worker), story.id, uuid4(), EMPLOYERS)
    assert said(story) == [Phase.BEFORE]  # who hires paid it: the worker paid nothing
    note_fee(story)
    assert said(story) == []
    with pytest.raises(Conflict, match="payment-noted"):  # pressed in an old page
        say(story)
    assert acts(story) == [(Act.NOTHING_PAID_SAID, {}), (Act.NOTHING_PAID_TAKEN_BACK, {})]


@pytest.mark.feature("N9")
def test_it_is_taken_back_by_a_change_a_paper_of_the_way_and_its_worker(story: Story) -> None:
    story.start()
    worker, identity = story.work(story.worker), uuid4()
    costs.add_cost(worker, story.id, identity, EMPLOYERS)
    say(story)
    costs.change_cost(worker, story.id, identity, TIED, 1)
    assert said(story) == []
    costs.remove_cost(worker, story.id, identity, 2)
    say(story)
    assert said(story) == [Phase.BEFORE]
    travel_papers.note_paper(worker, story.id, visa(story))
    assert said(story) == []
    [paid] = costs.read_own_diary(worker, story.id).entries
    costs.remove_cost(worker, story.id, paid.id, 1)
    say(story)
    for _ in range(2):
        nothing_paid.take_back(worker, story.id)
    assert said(story) == []
    assert [one for one, _ in acts(story)].count(Act.NOTHING_PAID_TAKEN_BACK.value) == 3


@pytest.mark.feature("N9")
def test_nothing_is_lost_by_saying_it(story: Story) -> None:
    """A payment noted afterwards is owed, judged and asked back as one without the word."""
    story.start()
    plain = Story(story.session, story.ports).start()
    say(story)
    diaries = []
    for one in (story, plain):
        fee = note_fee(one)
        costs.move_own_claim(one.work(one.worker), one.id, fee, ClaimAction.ASK, 1)
        diaries.append(costs.read_own_diary(one.work(one.worker), one.id))
    after, without = diaries
    assert [one.status for one in after.entries] == [ClaimStatus.ASKED]
    assert after.owed == without.owed
    assert after.reasons == without.reasons
    assert after.judged.findings == without.judged.findings
    assert after.judged.burden == without.judged.burden
    assert after.owed
    assert after.reasons


@pytest.mark.feature("W19")
def test_it_is_said_anew_in_each_phase_of_the_work(story: Story) -> None:
    at_work(story)
    say(story)
    work = story.work(story.worker)
    assert not nothing_paid.read_said(work, story.id).can_say
    today = legal_day(story.now)
    story.later(days=20)
    journeys.note_step(story.work(story.worker), story.id, JourneyStep.ARRIVED, today)
    assert nothing_paid.read_said(story.work(story.worker), story.id).can_say
    say(story)
    story.later(days=400)
    for _ in range(2):
        say(story)
    assert said(story) == [Phase.BEFORE, Phase.DURING, Phase.AFTER]
    note_fee(story)
    assert said(story) == []


@pytest.mark.feature("W19")
def test_after_a_right_that_its_worker_ended_the_work_is_over(story: Story) -> None:
    signed(story).end()
    say(story)
    assert said(story) == [Phase.AFTER]


@pytest.mark.feature("N9", "D4")
def test_nobody_else_says_reads_or_takes_it_back(story: Story) -> None:
    story.supervise().start().submit()
    say(story)
    others = [story.setrass, story.inm, story.supervisor]
    others += [Actor(PersonId(uuid4()), role) for role in Role if role is not Role.WORKER]
    others.append(Actor(PersonId(uuid4()), Role.WORKER))
    for other in others:
        for act in (nothing_paid.read_said, nothing_paid.say_nothing, nothing_paid.take_back):
            with pytest.raises((Hidden, NotFound)):
                act(story.work(other), story.id)
    assert said(story) == [Phase.BEFORE]


@pytest.mark.feature("N9")
@pytest.mark.promise("P26")
def test_it_is_in_the_own_data_and_goes_with_the_file(story: Story) -> None:
    story.start()
    say(story)
    [row] = own_data.read_own_data(story.work(story.worker), "json").tables["nothing_paid"]
    assert (row["phase"], row["said_at"]) == ("before", story.now)
    adding = text("INSERT INTO nothing_paid VALUES (gen_random_uuid(), :case, :by, :phase, now())")
    for phase, by in (
        ("never", story.worker.person),
        ("after", uuid4()),
        ("before", story.worker.person),
    ):
        with pytest.raises(IntegrityError), story.session.begin_nested():
            story.session.execute(adding, {"case": story.id, "by": by, "phase": phase})
    erasing.erase(story.work(story.worker), erasures.get_case(story.session, story.id), Cause.ASKED)
    assert story.session.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.feature("N9")
def test_of_two_presses_and_a_payment_at_once_never_both_stand(database: Database) -> None:
    """Whoever comes first, a payment and the word that there is none are never kept together."""
    scene = Scene(database, outside.ports())

    def press(story: Story) -> Callable[[], object]:
        def act(work: Work) -> None:
            nothing_paid.say_nothing(work, story.id)

        return lambda: scene.do(story.worker, act, story)

    def pay(story: Story) -> Callable[[], object]:
        def act(work: Work) -> None:
            costs.add_cost(work, story.id, uuid4(), TIED)

        return lambda: scene.do(story.worker, act, story)

    for _ in range(5):
        both, twice = (scene.lived(lambda one: one.start()) for _ in range(2))
        answers = at_once([press(both), press(both), pay(both)])
        assert set(codes(answers)) <= {"payment-noted"}
        assert scene.count("cost_entries", "application = :case", both) == 1
        assert scene.count("nothing_paid", "application = :case", both) == 0
        assert codes(at_once([press(twice), press(twice)])) == []
        assert scene.count("nothing_paid", "application = :case", twice) == 1
