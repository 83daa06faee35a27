"""An employer registers by telephone, registries are asked, SETRASS verifies with evidence."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from app.services import (
    assessments,
    employer_bars,
    employer_checks,
    hirers,
    recruiters,
    registrations,
    registries,
    registry_checks,
    retention,
    standings,
)
from app.services.ports import Ports
from app.services.standings import Against
from app.storage import audit, farms
from app.storage import registrations as registration_rows
from app.storage.database import Session
from permits.audit import Act
from permits.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from permits.people import NOBODY, SYSTEM, Role
from recruitment.assessments import AssessmentStatus, Audit, Criterion
from recruitment.registrations import Evidence, Judgement, RegistrationAction, RegistrationStatus
from recruitment.registries import Answer, Registry, Verdict
from recruitment.standings import Measure, MeasureKind, Standing
from tests.builders import NOW, add_official, work_of
from tests.registered import (
    AGENCIES,
    FARM_PHONE,
    NAME,
    RTN,
    TAXES,
    bring,
    come_in,
    handed_in,
    tell_all,
    verified,
)
from tests.vacancies import add_fair, read, with_wages

VERIFY, RETURN = RegistrationAction.VERIFY, RegistrationAction.RETURN
DAY = NOW.date()


class Away:
    """The tax office's service, which gives no answer."""

    def answers(self, registry: Registry) -> bool:
        return registry is Registry.RTN

    def ask(self, registry: Registry, number: str) -> Answer:
        raise OSError("away")

    def fetch(self, registry: Registry) -> bytes:
        return TAXES.encode()


@pytest.mark.feature("E1")
def test_the_phone_is_the_way_back_and_lets_the_browser_of_before_out(
    session: Session, ports: Ports
) -> None:
    first = tell_all(come_in(session, ports))
    began = first.registration.id
    again = come_in(session, ports)
    assert again.registration.id == began
    assert again.registration.told.name == NAME
    with pytest.raises(NotFound):
        registrations.read_mine(first.work, first.token)
    registrations.leave(again.work, again.token)
    assert registrations.find_mine(again.work, again.token) is None
    other = come_in(session, ports, "+50499887700")
    registrations.leave(other.work, other.token)
    late = replace(come_in(session, ports).work, now=NOW + registrations.ACCESS)
    assert registrations.find_mine(late, again.token) is None


@pytest.mark.feature("E1")
def test_nobody_is_verified_by_a_registry_that_is_away(session: Session, ports: Ports) -> None:
    ports = replace(ports, registries=Away())
    mine = handed_in(session, ports)
    officer = work_of(session, add_official(session, ports, Role.SETRASS_OFFICER), ports)
    file = employer_checks.read_registration(officer, mine.registration.id)
    assert {one.verdict for one in file.answers.values()} == {
        Verdict.UNAVAILABLE,
        Verdict.NOT_TOLD,
    }
    with pytest.raises(Conflict, match="tax-number-not-verified"):
        employer_checks.judge(officer, mine.registration.id, Judgement(VERIFY))
    chief = add_official(session, ports, Role.SETRASS_SUPERVISOR)
    registries.fetch_list(work_of(session, chief, ports), Registry.RTN)
    found = replace(officer, ports=replace(ports, registries=None))
    answers = registry_checks.ask_again(found, mine.registration.id)
    assert answers[Registry.RTN].verdict is Verdict.VERIFIED
    with pytest.raises(Stale):
        employer_checks.judge(officer, mine.registration.id, Judgement(VERIFY), seen=0)
    judged = employer_checks.judge(officer, mine.registration.id, Judgement(VERIFY))
    assert judged.employer is not None
    assert standings.of_employer(officer, judged.employer).standing is Standing.GOOD
    acts = [one.act for one in audit.list_events(session, mine.registration.id)]
    assert acts[-3:] == [Act.REGISTRATION_READ, Act.REGISTRIES_ASKED, Act.REGISTRATION_JUDGED]


@pytest.mark.feature("E1")
def test_what_is_sent_back_is_mended_and_the_same_number_is_one_employer(
    session: Session, ports: Ports
) -> None:
    mine = handed_in(session, ports)
    officer = work_of(session, add_official(session, ports, Role.SETRASS_OFFICER), ports)
    with pytest.raises(Conflict, match="registration-not-editable"):
        registrations.save_told(mine.work, mine.token, {"contact": "Otra"})
    back = Judgement(RETURN, "Falta la otra finca.")
    employer_checks.judge(officer, mine.registration.id, back)
    assert mine.registration.note == "Falta la otra finca."
    with pytest.raises(Invalid):
        registrations.save_told(mine.work, mine.token, {"tax_number": "123"})
    registrations.save_told(mine.work, mine.token, {"contact": "Otra Ficticia"})
    registrations.hand_in_mine(mine.work, mine.token)
    assert registrations.hand_in_mine(mine.work, mine.token) == mine.registration
    paper = Judgement(VERIFY, evidence=(Evidence.TAX_CERTIFICATE,))
    employer = employer_checks.judge(officer, mine.registration.id, paper).employer
    twin = handed_in(session, ports, "+50499887701")
    file = employer_checks.read_registration(officer, twin.registration.id)
    assert (file.known_as, file.same_number) == ((employer, NAME), 1)
    with pytest.raises(Conflict, match="employer-registered-already"):
        employer_checks.judge(officer, twin.registration.id, paper)


@pytest.mark.feature("E1")
def test_what_a_registry_said_of_one_number_proves_nothing_of_the_next(
    session: Session, ports: Ports
) -> None:
    chief = add_official(session, ports, Role.SETRASS_SUPERVISOR)
    bring(session, ports, chief, Registry.RTN, TAXES)
    mine, work = handed_in(session, ports), work_of(session, chief, ports)
    employer_checks.judge(work, mine.registration.id, Judgement(RETURN, "Revise el nombre."))
    registrations.save_told(mine.work, mine.token, {"tax_number": "08011980000023"})
    registrations.hand_in_mine(mine.work, mine.token)  # before the worker process asks again
    with pytest.raises(Conflict, match="tax-number-not-verified"):
        employer_checks.judge(work, mine.registration.id, Judgement(VERIFY))


def test_another_phone_reaches_nothing(session: Session, ports: Ports) -> None:
    mine = tell_all(come_in(session, ports))
    (farm,) = registrations.read_mine(mine.work, mine.token).farms
    stranger = come_in(session, ports, "+50499887702")
    with pytest.raises(NotFound):
        registrations.find_farm(stranger.work, stranger.token, farm.id)
    registrations.remove_farm(stranger.work, stranger.token, farm.id)
    assert len(registrations.read_mine(mine.work, mine.token).farms) == 1
    with pytest.raises(Conflict, match="not-verified-yet"):
        recruiters.list_mandates(mine.work, mine.token)
    nobody = work_of(session, NOBODY, ports)
    for refused in (
        lambda: employer_checks.list_registrations(nobody),
        lambda: employer_checks.read_registration(nobody, mine.registration.id),
        lambda: registries.list_states(nobody),
        lambda: standings.list_measures(nobody, Against(uuid4())),
    ):
        with pytest.raises(Forbidden):
            refused()
    officer = work_of(session, add_official(session, ports, Role.SETRASS_OFFICER), ports)
    with pytest.raises(NotFound):
        employer_checks.read_registration(officer, mine.registration.id)


@pytest.mark.feature("E2")
def test_a_mandate_needs_a_licence_and_an_agent_who_stands_above(
    session: Session, ports: Ports
) -> None:
    chief = add_official(session, ports, Role.SETRASS_SUPERVISOR)
    mine, employer = verified(session, ports)
    last = DAY + timedelta(days=90)

    def give(licence: str, under: object = None) -> object:
        return recruiters.give_mandate(mine.work, mine.token, licence, DAY, last, under)  # type: ignore[arg-type]

    with pytest.raises(Invalid):
        give("HN-001")
    bring(session, ports, chief, Registry.HN_RECRUITERS, AGENCIES)
    top = give("hn 001")
    for wrong in ("HN-002", "HN-004", "HN-999"):
        with pytest.raises(Invalid):
            give(wrong)
    give("HN-003", top.id)  # type: ignore[attr-defined]
    named = recruiters.list_mandates(mine.work, mine.token)
    assert [(one.name[:13], one.depth, one.in_force) for one in named] == [
        ("Agencia Buen ", 1, True),
        ("Agencia Tres ", 2, True),
    ]
    (known,) = hirers.look_up(mine.work, [employer]).values()
    assert [one.agents for one in known.recruiting] == [(True,)]
    recruiters.end_mandate(mine.work, mine.token, top.id)  # type: ignore[attr-defined]
    assert not any(one.in_force for one in recruiters.list_mandates(mine.work, mine.token))
    with pytest.raises(Conflict, match="mandate-ended"):
        recruiters.end_mandate(mine.work, mine.token, top.id)  # type: ignore[attr-defined]


@pytest.mark.feature("N5")
def test_what_an_employer_says_of_itself_is_looked_at(session: Session, ports: Ports) -> None:
    mine, employer = verified(session, ports)
    officer = work_of(session, add_official(session, ports, Role.SETRASS_OFFICER), ports)
    assessments.declare_own(mine.work, mine.token, Criterion.FEES, "Recibos, en la oficina")
    seen = assessments.audit_criterion(officer, employer, Criterion.FEES, Audit.CONFIRM, seen=1)
    assert seen.status is AssessmentStatus.AUDITED
    with pytest.raises(Stale):
        assessments.audit_criterion(officer, employer, Criterion.FEES, Audit.REJECT, seen=1)
    assessments.declare_own(mine.work, mine.token, Criterion.FEES, "Otros recibos")
    told = {one.criterion: one for one in assessments.list_public(officer, employer)}
    assert (told[Criterion.FEES].status.value, told[Criterion.FEES].evidence) == ("evidenced", "")
    assert told[Criterion.CHANNEL].status is AssessmentStatus.NOT_ASSESSED


@pytest.mark.feature("E10")
def test_standing_follows_from_measures_and_is_settled_once(session: Session, ports: Ports) -> None:
    _, employer = verified(session, ports)
    chief = work_of(session, add_official(session, ports, Role.SETRASS_SUPERVISOR), ports)
    fine = Measure(uuid4(), MeasureKind.FINE, "DGIT-7-2026", date(2026, 11, 1))
    against = Against(employer)
    standings.record_measure(chief, against, fine)
    stand = standings.of_employer(chief, employer)
    assert (stand.standing, [one.code for one in stand.reasons]) == (Standing.SUSPENDED, ["fine"])
    with pytest.raises(Conflict, match="measure-settled"):
        standings.settle_measure(chief, Against(uuid4()), fine.id)
    standings.settle_measure(chief, against, fine.id)
    assert standings.of_employer(chief, employer).standing is Standing.GOOD
    with pytest.raises(Conflict, match="measure-settled"):
        standings.settle_measure(chief, against, fine.id)


def test_a_draft_is_forgotten_and_what_was_handed_in_stays(session: Session, ports: Ports) -> None:
    tell_all(come_in(session, ports))
    kept = handed_in(session, ports, "+50499887703")
    later = replace(work_of(session, SYSTEM, ports), now=NOW + timedelta(days=91))
    assert retention.plan_retention(later).counts["registrations"] == 1
    assert retention.run_retention(later).counts["registrations"] == 1
    assert kept.registration.told.tax_number == RTN
    assert come_in(session, ports, FARM_PHONE).registration.told.name is None


@pytest.mark.feature("E1", "E10")
def test_who_may_not_hire_is_known_again_by_another_number(session: Session, ports: Ports) -> None:
    work = work_of(session, SYSTEM, with_wages(ports))
    chief = work_of(session, add_official(session, ports, Role.SETRASS_SUPERVISOR), work.ports)
    own = UUID(read(session, add_fair(session, work.ports)).offer.employer)
    first = registration_rows.find_by_employer(session, own)
    assert first is not None
    told = replace(first.told, tax_number="08011990123456", contact="Rosa Elvir")
    second = replace(
        first,
        id=uuid4(),
        phone="+50488887777",
        status=RegistrationStatus.UNDER_REVIEW,
        told=told,
        employer=None,
        evidence=(),
        decided_at=None,
        decided_by=None,
    )
    event = work.event(Act.REGISTRATION_STARTED, second.id)
    registration_rows.add_registration(session, second, event=event)
    [farm] = farms.list_farms(session, first.id)
    farms.add_farm(session, second.id, replace(farm, id=uuid4()), work.now, event=event)

    def like() -> list[tuple[UUID, set[str]]]:
        found = employer_checks.read_registration(chief, second.id).like
        return [(one.employer, {*one.same}) for one in found if one.employer == own]

    assert like() == []
    fine = Measure(uuid4(), MeasureKind.FINE, "DGIT-9", DAY)
    standings.record_measure(chief, Against(own), fine)
    assert like() == [(own, {"name", "farm", "place"})]
    standings.settle_measure(chief, Against(own), fine.id)
    assert like() == []
    employer_bars.bar_employer(chief, own, employer_bars.BarReason.FEE_CHARGED)
    assert like() == [(own, {"name", "farm", "place"})]
