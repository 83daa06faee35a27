"""From the roster to work abroad: pre-selected without a name, met, offered, accepted."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text, update

from app.services import candidates, own_data, roster, selections, vacancy_writing
from app.services.candidates import Candidacy, Move
from app.services.ports import Ports
from app.services.retention import run_retention
from app.storage import daily_jobs, nominations, outbox
from app.storage.applications import applications
from app.storage.database import Session
from app.storage.vacancies import find_vacancy, vacancies
from permits.applications import Status
from permits.deadlines import legal_day
from permits.errors import Conflict, Forbidden, Hidden, Invalid, NotFound, Stale
from permits.people import SYSTEM
from recruitment.candidacies import CandidacyAction, CandidacyStatus, Outcome, WhyNot
from recruitment.roster import Proof, Trade
from recruitment.vacancies import VacancyAction
from tests.abroad import (
    PICKER,
    employer_of,
    enlist,
    invited,
    move_on,
    offered,
    preselected,
    profile,
    waiting,
    work_abroad,
)
from tests.builders import NOW, Story
from tests.vacancies import FAIR

A, S = CandidacyAction, CandidacyStatus


def told(story: Story) -> list[str]:
    keys = story.session.scalars(
        select(outbox.outbox.c.key)
        .where(outbox.outbox.c.key.contains(f":{story.id}:"))
        .order_by(outbox.outbox.c.id)
    )
    kinds = {"interview-invited", "offer-made", "candidacy-ended"}
    return [kind for kind in (key.split(":")[0] for key in keys) if kind in kinds]


def how(story: Story) -> list[tuple[str, str | None]]:
    found = roster.read_own(story.work(story.worker), story.id).candidacies
    return [(one.candidacy.status.value, one.candidacy.why) for one in found]


@pytest.mark.feature("W7", "E6")
def test_a_person_joins_renews_and_leaves(session: Session, ports: Ports) -> None:
    story = waiting(session, ports)
    work = story.work(story.worker)
    first = roster.read_own(work, story.id).entry
    assert first is not None
    assert first.valid_until == legal_day(story.now) + timedelta(days=365)
    story.later(days=100)
    work = story.work(story.worker)
    renewed = roster.join_roster(work, story.id, profile(story))
    assert (renewed.joined_at, renewed.version) == (first.joined_at, 2)  # the turn is kept
    run_retention(story.work(SYSTEM))  # a draft of somebody on the roster is not forgotten
    story.later(days=250)
    run_retention(story.work(SYSTEM))
    assert roster.read_own(story.work(story.worker), story.id).stands
    story.later(days=101)
    other = waiting(session, ports).later(days=100)
    roster.join_roster(other.work(other.worker), other.id, profile(other))  # until the same day
    for _ in range(2):
        daily_jobs.mark_done(session, roster.JOB, legal_day(NOW))  # as if it were another day
        assert roster.remind_ending(story.work(SYSTEM), limit=1) == 2
    last = legal_day(NOW) + timedelta(days=465)
    ending = outbox.outbox.c.key.startswith("roster-ending")
    keys = session.scalars(select(outbox.outbox.c.key).where(ending))
    assert [one for one in keys if str(story.id) in one] == [f"roster-ending:{story.id}:{last}"]
    roster.leave_roster(story.work(story.worker), story.id)
    with pytest.raises(Conflict, match="not-on-roster"):
        roster.leave_roster(story.work(story.worker), story.id)
    again = roster.join_roster(story.work(story.worker), story.id, profile(story))
    assert again.joined_at == story.now  # who left begins anew
    with pytest.raises(Invalid):
        roster.join_roster(story.work(story.worker), story.id, profile(story, trades=()))
    with pytest.raises(Hidden):
        roster.read_own(story.work(story.setrass), story.id)
    harvest = Story(session, ports).start()
    with pytest.raises(Conflict, match="no-roster"):
        roster.join_roster(harvest.work(harvest.worker), harvest.id, profile(story))
    handed_in = Story(session, ports).start_abroad().submit()
    with pytest.raises(Conflict, match="roster-needs-draft"):
        roster.join_roster(handed_in.work(handed_in.worker), handed_in.id, profile(story))


@pytest.mark.feature("E6")
def test_setrass_chooses_in_turn_and_everybody_reads_why(session: Session, ports: Ports) -> None:
    first, second, late = (
        enlist(Story(session, ports, NOW + timedelta(hours=n)), f"080119949000{n}")
        for n in (1, 2, 3)
    )
    green = waiting(session, ports, "0801199490009", trades=(Trade(PICKER, 1, Proof.NOTHING),))
    vacancy = work_abroad(first)
    owner = first.work(employer_of(first, vacancy))
    wanted = candidates.Requirements(years=2, proven=True)
    candidates.save_requirements(owner, vacancy, wanted)
    officer = first.work(first.setrass)
    seen = selections.read_selection(officer, vacancy)
    mine = {story.id for story in (first, second, late, green)}
    turns = [one.application for one in seen.matches if one.application in mine]
    assert turns[-1] == green.id  # who lacks something comes last, whenever they joined
    assert "María" not in repr(seen)  # nobody's name is part of it
    chosen = frozenset({second.id})
    unsaid = [one.application for one in seen.matches if one.fits]
    skipped = unsaid[: unsaid.index(second.id)]
    with pytest.raises(Invalid) as refused:
        selections.preselect(officer, vacancy, chosen, {})
    assert refused.value.faults[0].code == "skipped-without-reason"
    why = dict.fromkeys(skipped, WhyNot.ASKED_TO_WAIT)
    assert selections.preselect(officer, vacancy, chosen, why) == 1
    assert selections.preselect(officer, vacancy, chosen, why) == 0  # twice is once
    assert how(first) == [("not-chosen", "asked-to-wait")]
    assert how(second) == [("preselected", None)]
    assert how(late) == [("not-chosen", "list-full")]
    assert how(green) == [("not-chosen", "lacks")]
    with pytest.raises(Conflict, match="people-chosen"):
        candidates.save_requirements(owner, vacancy, wanted)
    assert selections.preselect(officer, vacancy, frozenset({late.id}), why) == 1  # a later day
    assert how(late) == [("preselected", None)]
    with pytest.raises(Forbidden):
        selections.read_selection(first.work(first.inm), vacancy)


@pytest.mark.feature("E6")
def test_an_employer_meets_somebody_and_learns_the_name(session: Session, ports: Ports) -> None:
    story = waiting(session, ports)
    vacancy, other = work_abroad(story, places=1), work_abroad(story)
    chosen = preselected(story, vacancy)
    owner = employer_of(story, vacancy)
    listed = candidates.read_candidates(story.work(owner), vacancy).people
    assert [one.name for one in listed] == ["M. Á. G. Ñ."]
    with pytest.raises(NotFound):
        candidates.read_candidates(story.work(employer_of(story, other)), vacancy)
    early = Move(A.OFFER, offer_until=legal_day(story.now) + timedelta(days=7))
    with pytest.raises(Conflict, match="no-such-candidacy-move"):
        move_on(story, chosen, early)
    met_at_last(story, chosen)
    named = candidates.read_candidates(story.work(owner), vacancy).people
    assert [one.name for one in named] == ["María Ángela Gutiérrez Ñamendí"]
    assert told(story).count("interview-invited") == 2


def met_at_last(story: Story, chosen: Candidacy) -> Candidacy:
    """They do not come on the first day, and are invited again."""
    at = story.now + timedelta(days=1)
    met = move_on(story, chosen, Move(A.INVITE, at, "Oficina de SETRASS"))
    with pytest.raises(Conflict, match="interview-to-come"):
        move_on(story, met, Move(A.MISS))
    story.later(days=2)
    missed = move_on(story, met, Move(A.MISS))
    with pytest.raises(Stale):
        move_on(story, met, Move(A.MISS))
    met = move_on(story, missed, Move(A.INVITE, story.now + timedelta(days=1), "Otra sala"))
    story.later(days=2)
    return move_on(story, met, Move(A.MEET, outcome=Outcome.SUITABLE))


@pytest.mark.feature("E6")
def test_an_offer_that_is_accepted_is_work_in_the_application(
    session: Session, ports: Ports
) -> None:
    story = waiting(session, ports)
    vacancy, other = work_abroad(story, places=1), work_abroad(story)
    invited(story, other)
    met = met_at_last(story, preselected(story, vacancy))
    owner = employer_of(story, vacancy)
    until = legal_day(story.now) + timedelta(days=3)
    offer = move_on(story, met, Move(A.OFFER, offer_until=until))
    worker = story.work(story.worker)
    with pytest.raises(Hidden):
        candidates.answer_own(story.work(owner), story.id, offer.id, A.ACCEPT)
    goes_on = candidates.answer_own(worker, story.id, offer.id, A.ACCEPT)
    assert candidates.answer_own(worker, story.id, offer.id, A.ACCEPT).id == goes_on.id
    assert sorted(how(story)) == [("accepted", None), ("withdrawn", None)]
    number = "0801199490001"
    assert nominations.is_named(session, ports.vault, vacancy, number)
    story.submit()
    assert story.application.status is Status.UNDER_REVIEW
    own = own_data.read_own_data(story.work(story.worker), "pdf").tables
    assert [row["status"] for row in own["candidacies"] if row["offer_until"]] == ["accepted"]
    assert [row["left_at"] for row in own["roster_entries"]] == [None]
    assert told(story).count("interview-invited") == 3
    assert told(story).count("offer-made") == 1
    waits = [
        one.application
        for one in selections.read_selection(story.work(story.setrass), other).matches
    ]
    assert story.id not in waits  # who has work is on no list


@pytest.mark.feature("E6")
def test_an_offer_ends_by_its_day_and_places_are_promised_once(
    session: Session, ports: Ports
) -> None:
    story = waiting(session, ports)
    vacancy = work_abroad(story, places=1)
    offered(story, vacancy)
    rival = enlist(Story(session, ports, story.now), "0801199490002")
    met = invited(rival, vacancy)
    rival.later(days=2)
    met = move_on(rival, met, Move(A.MEET, outcome=Outcome.SUITABLE))
    until = legal_day(rival.now) + timedelta(days=7)
    with pytest.raises(Conflict, match="places-promised"):
        move_on(rival, met, Move(A.OFFER, offer_until=until))
    with pytest.raises(Invalid):
        move_on(rival, met, Move(A.PASS_OVER, why=WhyNot.LACKS))
    move_on(rival, met, Move(A.PASS_OVER, why=WhyNot.PLACES_FILLED))
    assert (how(rival), told(rival)[-1]) == ([("not-chosen", "places-filled")], "candidacy-ended")
    story.later(days=8)
    [mine] = roster.read_own(story.work(story.worker), story.id).candidacies
    with pytest.raises(Conflict, match="offer-over"):
        candidates.answer_own(story.work(story.worker), story.id, mine.candidacy.id, A.ACCEPT)
    assert candidates.expire_offers(story.work(SYSTEM)) >= 1
    assert how(story) == [("expired", None)]


@pytest.mark.feature("E6")
def test_the_terms_of_an_offer_stand_until_it_is_answered(session: Session, ports: Ports) -> None:
    story = waiting(session, ports)
    vacancy = work_abroad(story)
    offer = offered(story, vacancy)
    owner = story.work(employer_of(story, vacancy))
    found = find_vacancy(session, vacancy)
    assert found is not None
    with pytest.raises(Conflict, match="offers-stand"):
        vacancy_writing.change_terms(owner, vacancy, found.version, FAIR)
    with pytest.raises(Conflict, match="offers-stand"):  # nor is it taken back by an end
        vacancy_writing.move_own(owner, vacancy, VacancyAction.CLOSE)
    candidates.answer_own(story.work(story.worker), story.id, offer.id, A.DECLINE)
    vacancy_writing.change_terms(owner, vacancy, found.version, FAIR)


@pytest.mark.feature("E6")
def test_who_may_not_hire_meets_nobody_more(session: Session, ports: Ports) -> None:
    story = waiting(session, ports)
    vacancy = work_abroad(story)
    chosen = preselected(story, vacancy)
    here = update(vacancies).where(vacancies.c.id == vacancy)
    session.execute(here.values(status="closed"))
    invitation = Move(A.INVITE, story.now + timedelta(days=1), "Oficina de SETRASS")
    with pytest.raises(Conflict, match="vacancy-closed"):
        move_on(story, chosen, invitation)
    owner = story.work(employer_of(story, vacancy))
    assert candidates.read_candidates(owner, vacancy).people[0].name == "M. Á. G. Ñ."
    session.execute(here.values(status="open"))
    met = move_on(story, chosen, invitation)
    session.execute(here.values(status="closed"))
    why = Move(A.PASS_OVER, why=WhyNot.PLACES_FILLED)
    assert move_on(story, met, why).status is S.NOT_CHOSEN  # but may say so


@pytest.mark.feature("E6")
def test_however_many_were_not_chosen_nobody_who_was_is_lost(
    session: Session, ports: Ports
) -> None:
    story = waiting(session, ports)
    vacancy = work_abroad(story)
    add_not_chosen(story, vacancy, 501)
    met = invited(story, vacancy)
    owner = story.work(employer_of(story, vacancy))
    [seen] = candidates.read_candidates(owner, vacancy).people
    assert seen.candidacy.id == met.id
    officer = story.work(story.setrass)
    again = selections.read_selection(officer, vacancy)
    assert (again.chosen, len(again.earlier)) == (1, 501)
    assert story.id not in {one.application for one in again.matches}  # met already


def add_not_chosen(story: Story, vacancy: UUID, number: int) -> None:
    """So many people whom SETRASS was not to choose when it looked first."""
    names = ", ".join(
        column.name for column in applications.columns if column.name not in {"id", "receipt"}
    )
    adding = f"""
        WITH others AS (
            INSERT INTO applications (id, {names})
            SELECT gen_random_uuid(), {names} FROM applications, generate_series(1, :number)
            WHERE id = :own RETURNING id, worker
        )
        INSERT INTO candidacies (id, vacancy, application, worker, status, version, why, lacking,
                                 made_at, changed_at)
        SELECT gen_random_uuid(), :vacancy, id, worker, 'not-chosen', 1, 'list-full', '{{}}',
               :then, :then FROM others
    """
    then = story.now - timedelta(days=1)
    told = {"number": number, "own": story.id, "vacancy": vacancy, "then": then}
    story.session.execute(text(adding), told)
