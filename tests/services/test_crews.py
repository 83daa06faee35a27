"""A crew list from its spreadsheet to the approval of every worker of it, each alone."""

from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.services import (
    applications,
    approvals,
    contract_marks,
    crew_approvals,
    crew_consents,
    crews,
    effects,
)
from app.services.approvals import Ruling
from app.services.crew_approvals import Stand
from app.services.documents import UPLOAD_LIMIT, UnfitFile
from app.services.ports import Ports
from app.storage import audit, consents
from app.storage import crews as kept
from app.storage.acceptances import find_acceptance
from app.storage.applications import get_application
from app.storage.database import Session
from app.storage.outbox import list_messages
from app.storage.shredding import erase_file
from permits.answer_checks import CONSENT_VERSION
from permits.applications import Status
from permits.approvals import Ground, Opinion
from permits.audit import Act
from permits.consents import ConsentWay
from permits.crews import MemberState
from permits.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.reach import EVERYTHING
from tests.builders import NOW, add_official
from tests.crew_lists import as_csv, as_xlsx, people
from tests.crewed import Crewed, crew_of, phone


@pytest.fixture
def crewed(session: Session, ports: Ports) -> Crewed:
    return crew_of(session, ports)


@pytest.mark.feature("N14")
def test_a_dry_run_names_every_fault_and_keeps_nothing(crewed: Crewed) -> None:
    rows = people(4)
    rows[1][0] = "1234567802004"
    rows[2][6] = "nada"
    assert crewed.check(as_xlsx(rows)) == [(3, "cui-check-digit"), (4, "phone-malformed")]
    assert crewed.check(as_csv(people(4), ";", "cp1252")) == []
    kept_rows = "SELECT (SELECT count(*) FROM applications) + (SELECT count(*) FROM workers)"
    assert crewed.session.execute(text(kept_rows)).scalar_one() == 0


def test_a_list_that_is_too_large_or_too_long_is_refused(crewed: Crewed) -> None:
    with pytest.raises(UnfitFile):
        crewed.check(b"x" * (UPLOAD_LIMIT + 1))
    assert crewed.check(as_csv(people(21))) == [(0, "crew-more-than-places")]
    assert crewed.check(as_csv(people(10_000))) == [(0, "crew-too-long")]


@pytest.mark.feature("N14")
def test_drafts_are_made_once_and_each_worker_is_told(crewed: Crewed) -> None:
    crewed.register().register()  # pressed twice
    assert [one.application.status for one in crewed.members] == [Status.DRAFT] * 3
    assert len({one.member.worker for one in crewed.members}) == 3
    assert crewed.states() == [MemberState.NOT_CONSENTED] * 3
    while effects.run_next_effect(crewed.work(SYSTEM)):
        pass
    told = list_messages(crewed.session, 10)
    assert [(one.kind, one.channel) for one in told] == [("crew-registered", "sms")] * 3
    assert all("/consentir" in one.body and len(one.body) <= 160 for one in told)
    assert crewed.check(as_csv(people(2))) == [
        (2, "crew-registered-before"),
        (3, "crew-registered-before"),
    ]


@pytest.mark.feature("N14")
def test_only_who_says_yes_is_handed_in_and_a_no_is_told_to_nobody(crewed: Crewed) -> None:
    crewed.register()
    yes, no, _ = crewed.members
    crew_consents.consent(crewed.work(Actor(yes.member.worker, Role.WORKER)), yes.application.id)
    crew_consents.decline(crewed.work(Actor(no.member.worker, Role.WORKER)), no.application.id)
    assert crewed.states() == [
        MemberState.SUBMITTED,
        MemberState.NOT_CONSENTED,
        MemberState.NOT_CONSENTED,
    ]
    said = crewed.members[0]
    assert (said.member.way, said.application.round) == (ConsentWay.CODE, 1)
    # The employer named them by registering them, and is not asked about each.
    answer = find_acceptance(crewed.session, said.application.id, crewed.vacancy)
    assert answer is not None
    assert answer.accepted is True
    events = audit.list_events(crewed.session, said.application.id)
    (event,) = [one for one in events if one.act is Act.CREW_CONSENTED]
    assert (event.person, event.facts["way"]) == (said.member.worker, "code")


@pytest.mark.asvs("8.2.2")
def test_nobody_else_says_yes_for_a_worker(crewed: Crewed) -> None:
    crewed.register()
    first, second, _ = crewed.members
    stranger = crewed.work(Actor(second.member.worker, Role.WORKER))
    for act in (crew_consents.consent, crew_consents.decline):
        with pytest.raises(NotFound):
            act(stranger, first.application.id)
        with pytest.raises(Forbidden):
            act(crewed.work(crewed.employer), first.application.id)
    own = crewed.work(Actor(first.member.worker, Role.WORKER))
    crew_consents.consent(own, first.application.id)
    with pytest.raises(Conflict) as again:
        crew_consents.consent(own, first.application.id)
    assert again.value.code == "already-consented"


@pytest.mark.feature("N14")
def test_a_mark_stands_with_the_name_of_another_witness(crewed: Crewed) -> None:
    facilitator, other = (
        add_official(crewed.session, crewed.ports, Role.FACILITATOR) for _ in range(2)
    )
    crewed.register(actor=facilitator)
    one = crewed.members[0]
    with pytest.raises(Forbidden) as own:
        crew_consents.witness_consent(crewed.work(facilitator), one.application.id)
    assert own.value.code == "own-crew"
    assert crew_consents.list_to_witness(crewed.work(facilitator)) == []
    assert [c.id for c in crew_consents.list_to_witness(crewed.work(other))] == [crewed.crew]
    crew_consents.witness_consent(crewed.work(other), one.application.id)
    said = crewed.members[0]
    assert (said.member.way, said.member.witness) == (ConsentWay.WITNESSED, other.person)
    assert said.application.status is Status.UNDER_REVIEW
    kept = consents.find_shown(crewed.session, one.application.id, CONSENT_VERSION)
    assert kept is not None
    assert (kept.way, kept.witness) == (ConsentWay.WITNESSED, other.person)
    events = audit.list_events(crewed.session, one.application.id)
    (event,) = [one for one in events if one.act is Act.CREW_CONSENTED]
    assert (event.person, event.facts) == (
        other.person,
        {"way": "witnessed", "worker": str(one.member.worker)},
    )
    with pytest.raises(Forbidden):
        crew_consents.witness_consent(
            crewed.work(crewed.employer), crewed.members[1].application.id
        )
    # Nor is the registrar a witness of the mark under the contract.
    receipt = said.application.receipt or ""
    with pytest.raises(Forbidden) as refusal:
        contract_marks.read_for_witness(crewed.work(facilitator), receipt)
    assert refusal.value.code == "own-crew"
    read = contract_marks.read_for_witness(crewed.work(other), receipt)
    with pytest.raises(Forbidden):
        contract_marks.witness_acceptance(
            crewed.work(facilitator), receipt, read.contract.digest, "spa"
        )


@pytest.mark.asvs("8.2.2")
def test_lists_are_of_their_employer_alone(crewed: Crewed) -> None:
    crewed.register()
    stranger = Actor(PersonId(uuid4()), Role.EMPLOYER, "Otra", employer=uuid4())
    work = crewed.work(stranger)
    assert (crews.list_own(work), crews.list_vacancies(work)) == ([], [])
    for act in (
        partial(crews.read_own, work, crewed.crew),
        partial(crews.read_vacancy, work, crewed.vacancy),
        partial(crew_approvals.read_crew, crewed.work(crewed.setrass), crewed.crew),  # all drafts
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(Forbidden):
        crews.read_own(crewed.work(crewed.setrass), crewed.crew)


@pytest.mark.feature("O11")
def test_a_batch_takes_only_what_was_seen_and_tells_the_rest_row_by_row(crewed: Crewed) -> None:
    crewed.register(4).consent().confirm(crewed.setrass, 3)
    held, answered = (crewed.members[at].application for at in (1, 2))
    colleague = add_official(crewed.session, crewed.ports, Role.SETRASS_OFFICER)
    approvals.hold_application(crewed.work(colleague), held.id, seen_version=held.version)
    file = crew_approvals.read_crew(crewed.work(crewed.setrass), crewed.crew)
    assert [one.stand for one in file.cases] == [
        Stand.CONFIRMED,
        Stand.CHANGED,
        Stand.CONFIRMED,
        Stand.TO_SEE,
    ]
    with pytest.raises(Stale):
        crewed.approve(crewed.setrass, 3)
    # The findings of one case are others now, and the page of before cannot know it.
    crewed.session.execute(
        text("UPDATE crew_confirmations SET findings = 'x' WHERE application = :id"),
        {"id": answered.id},
    )
    assert crewed.approve(crewed.setrass, 2) == ["", "findings-changed"]
    file = crew_approvals.read_crew(crewed.work(crewed.inm), crewed.crew)
    assert file.progress == {"waits-setrass": 3, "waits-inm": 1}
    assert [one.stand for one in file.cases] == [
        Stand.TO_SEE,
        Stand.ELSEWHERE,
        Stand.ELSEWHERE,
        Stand.ELSEWHERE,
    ]


@pytest.mark.feature("O11")
def test_each_case_of_a_batch_has_its_own_decision_digest_and_permit(crewed: Crewed) -> None:
    crewed.register().consent()
    for actor in (crewed.setrass, crewed.inm):
        assert crewed.confirm(actor).approve(actor, 3) == ["", "", ""]
    assert [one.application.status for one in crewed.members] == [Status.APPROVED] * 3
    assert crewed.states() == [MemberState.OVER] * 3
    rows = crewed.session.execute(text("SELECT digest, agency FROM decisions")).all()
    assert len({row.digest for row in rows}) == 3
    assert len(rows) == 6
    granted = crewed.session.execute(text("SELECT count(*) FROM authorisations")).scalar_one()
    assert granted == 3
    for one in crewed.members:
        acts = [event.act for event in audit.list_events(crewed.session, one.application.id)]
        assert acts.count(Act.APPLICATION_DECIDED) == acts.count(Act.FINDINGS_CONFIRMED) == 2


def test_who_may_not_decide_confirms_nothing_and_old_pages_neither(crewed: Crewed) -> None:
    crewed.register(1).consent()
    one = crewed.members[0].application.id
    analyst = add_official(crewed.session, crewed.ports, Role.SETRASS_ANALYST)
    with pytest.raises(Forbidden):
        crewed.confirm_one(analyst, one)
    with pytest.raises(Conflict) as turn:
        crewed.confirm_one(crewed.inm, one)
    assert turn.value.code == "not-this-agencys-turn"
    for version, findings in ((99, ""), (crewed.members[0].application.version, "other")):
        with pytest.raises(Stale):
            crew_approvals.confirm_findings(
                crewed.work(crewed.setrass),
                crewed.crew,
                one,
                seen_version=version,
                seen_findings=findings,
            )


def test_a_round_that_was_answered_is_to_be_seen_again(crewed: Crewed) -> None:
    crewed.register(1).consent().confirm(crewed.setrass)
    one = crewed.members[0]
    approvals.decide_application(
        crewed.work(crewed.setrass),
        one.application.id,
        Ruling(Opinion.RETURN, (Ground.DATA_MISSING,), "¿Cuál es su pueblo?"),
        seen_version=one.application.version,
    )
    assert crewed.states() == [MemberState.RETURNED]


@pytest.mark.promise("P20")
def test_an_erased_draft_takes_its_line_along(crewed: Crewed) -> None:
    crewed.register(2)
    one = crewed.members[0]
    found = get_application(crewed.session, one.application.id, reach=EVERYTHING)
    event = crewed.work(SYSTEM).event(Act.APPLICATION_ERASED, found.id, {"cause": "time"})
    erase_file(crewed.session, found, NOW, event=event)
    assert len(crewed.members) == 1


def test_a_list_with_a_fault_is_not_registered_even_if_it_is_sent(crewed: Crewed) -> None:
    rows = people(2)
    rows[0][3] = "27/03/2015"
    sheet = crewed.ports.sheets.read(as_csv(rows))
    with pytest.raises(Invalid) as error:
        crews.register_crew(crewed.work(crewed.employer), crewed.crew, crewed.vacancy, sheet, phone)
    assert [fault.code for fault in error.value.faults] == ["underage"]
    with pytest.raises(NotFound):
        kept.get_crew(crewed.session, crewed.crew)


def test_the_worker_may_correct_the_draft_and_send_it_by_the_wizard(
    crewed: Crewed,
) -> None:
    crewed.register(1)
    one = crewed.members[0]
    own = crewed.work(Actor(one.member.worker, Role.WORKER))
    applications.save_answers(own, one.application.id, {"given_names": "Anabela"})
    assert [w.worker_name.split()[0] for w in crew_consents.list_waiting(own)] == ["Anabela"]
