"""An employer writes a vacancy, which is published once nothing stands in its way."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.services import vacancies, vacancy_overrides
from app.services.effects import run_past_effects
from app.services.judging_runs import judge_daily
from app.services.ports import Ports
from app.services.vacancy_judging import judge_vacancies
from app.services.vacancy_writing import (
    ask_officials,
    change_offer,
    change_terms,
    move_own,
    read_own,
    start_draft,
)
from app.storage.database import Session
from permits.audit import Act
from permits.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from permits.people import SYSTEM, Role
from recruitment.ethics.overrides import Plea
from recruitment.ethics.rules import RuleId
from recruitment.vacancies import VacancyAction
from tests.builders import NOW, add_official, work_of
from tests.vacancies import (
    FAIR,
    LATA,
    WANTED,
    acts,
    add_employer,
    offer_at_home,
    read,
    wanted,
    with_wages,
)

REASON = "La finca completa el mínimo cada sábado, visto en planilla."
PUBLISH = VacancyAction.PUBLISH


@pytest.mark.feature("E3")
@pytest.mark.feature("E4")
def test_nothing_is_published_before_everything_is_told_and_fair(
    session: Session, ports: Ports
) -> None:
    ports = with_wages(ports)
    work = work_of(session, add_employer(work_of(session, SYSTEM, ports)), ports)
    vacancy = start_draft(work, wanted(**LATA, wage=Decimal(40)))
    with pytest.raises(Conflict) as refused:
        move_own(work, vacancy, PUBLISH)
    assert refused.value.code == "vacancy-not-clear"
    change_terms(work, vacancy, 1, FAIR)
    with pytest.raises(Stale):
        change_terms(work, vacancy, 1, FAIR)  # the form of before
    with pytest.raises(Conflict) as refused:
        move_own(work, vacancy, PUBLISH)
    assert refused.value.facts == {"rules": "nationals-first-missing, R07"}
    offer_at_home(work, vacancy)
    assert vacancies.list_vacancies(work, "coffee-hn-gt") == []
    change_offer(work, vacancy, 2, wanted(**LATA, wage=Decimal(60)))
    move_own(work, vacancy, PUBLISH)
    [listed] = vacancies.list_vacancies(work, "coffee-hn-gt")
    assert (listed.id, listed.employer_name, listed.offer.wage) == (
        vacancy,
        "Finca El Cedral",
        Decimal(60),
    )
    assert vacancies.read_terms(work, [listed])[vacancy].terms == FAIR
    # A change of what is published is checked at once, and holds it.
    version = read(session, vacancy).version
    change_offer(work, vacancy, version, wanted(**LATA, wage=Decimal(40)))
    assert vacancies.list_vacancies(work, "coffee-hn-gt") == []
    assert read(session, vacancy).held is True
    with pytest.raises(Conflict):
        move_own(work, vacancy, PUBLISH)  # no such move
    for action, status in ((VacancyAction.FILL, "filled"),):
        move_own(work, vacancy, action)
        assert (read(session, vacancy).status, read(session, vacancy).held) == (status, False)
    with pytest.raises(Conflict) as refused:
        move_own(work, vacancy, VacancyAction.REOPEN)
    assert refused.value.code == "vacancy-not-clear"
    assert acts(session, vacancy).count(Act.VACANCY_MOVED) == 2


@pytest.mark.feature("E3")
def test_what_cannot_be_meant_is_told_at_once_and_others_see_nothing(
    session: Session, ports: Ports
) -> None:
    ports = with_wages(ports)
    owner = add_employer(work_of(session, SYSTEM, ports))
    work = work_of(session, owner, ports)
    wrong = wanted(title=" ", days_per_week=7, ends_on=NOW.date() - timedelta(days=9))
    with pytest.raises(Invalid) as refused:
        start_draft(work, wrong)
    assert {(one.code, one.field) for one in refused.value.faults} == {
        ("missing", "title"),
        ("dates-reversed", "ends_on"),
        ("out-of-range", "days_per_week"),
        ("day-past", "ends_on"),
    }
    vacancy = start_draft(work, wanted(food=False))
    taken = replace(FAIR, foreigners=61, notice_days=-1, housing_deducted=Decimal(9))
    with pytest.raises(Invalid) as refused:
        change_terms(work, vacancy, 1, replace(taken, food_deducted=Decimal(9)))
    faults = {one.field for one in refused.value.faults}
    assert faults == {"foreigners", "notice_days", "food_deducted"}  # the bed is given
    other = work_of(session, add_employer(work_of(session, SYSTEM, ports), "Otra"), ports)
    for act in (
        lambda: read_own(other, vacancy),
        lambda: change_terms(other, vacancy, 1, FAIR),
        lambda: move_own(other, vacancy, VacancyAction.WITHDRAW),
        lambda: ask_officials(other, vacancy),
    ):
        with pytest.raises(NotFound):
            act()
    official = add_official(session, ports, Role.SETRASS_OFFICER)
    with pytest.raises(Forbidden):
        start_draft(work_of(session, official, ports), WANTED)


@pytest.mark.feature("E4")
def test_another_official_sets_aside_for_a_time_and_the_end_holds_again(
    session: Session, ports: Ports
) -> None:
    ports = with_wages(ports)
    owner = work_of(session, add_employer(work_of(session, SYSTEM, ports)), ports)
    vacancy = start_draft(owner, wanted(**LATA, wage=Decimal(40)))
    change_terms(owner, vacancy, 1, FAIR)
    offer_at_home(owner, vacancy)
    officer = work_of(session, add_official(session, ports, Role.SETRASS_OFFICER), ports)
    chief = work_of(session, add_official(session, ports, Role.SETRASS_SUPERVISOR), ports)
    plea = Plea(REASON, NOW.date() + timedelta(days=5))
    rule, code = RuleId.R07, "piece-below-minimum"
    with pytest.raises(Conflict) as refused:
        vacancy_overrides.set_aside(chief, vacancy, rule, code, plea)
    assert refused.value.code == "override-not-asked"
    ask_officials(owner, vacancy)
    ask_officials(owner, vacancy)  # pressed twice
    assert acts(session, vacancy).count(Act.VACANCY_REVIEW_ASKED) == 1
    assert [one.id for one in vacancy_overrides.list_waiting(officer)] == [vacancy]
    with pytest.raises(Forbidden) as forbidden:  # what blocks needs a supervisor
        vacancy_overrides.set_aside(officer, vacancy, rule, code, plea)
    assert forbidden.value.code == "override-not-yours"
    with pytest.raises(Invalid):
        vacancy_overrides.set_aside(chief, vacancy, rule, code, Plea("Porque sí", None))
    vacancy_overrides.set_aside(chief, vacancy, rule, code, plea)
    with pytest.raises(Conflict) as refused:
        vacancy_overrides.set_aside(chief, vacancy, rule, code, plea)
    assert refused.value.code == "override-stands"
    move_own(owner, vacancy, PUBLISH)
    # It was given for what was told then: who pays still less is held at once.
    for wage, held in ((Decimal(20), True), (Decimal(40), False)):
        version = read(session, vacancy).version
        change_offer(owner, vacancy, version, wanted(**LATA, wage=wage))
        assert read(session, vacancy).held is held
    end = replace(chief, now=NOW + timedelta(days=6)).as_system()
    assert judge_daily(end) == 1
    assert judge_daily(end) == 0  # once a day
    run_past_effects(end)
    assert read(session, vacancy).held is True


@pytest.mark.feature("E4")
def test_an_exception_is_for_the_terms_that_the_official_read(
    session: Session, ports: Ports
) -> None:
    ports = with_wages(ports)
    owner = work_of(session, add_employer(work_of(session, SYSTEM, ports)), ports)
    vacancy = start_draft(owner, wanted(**LATA, wage=Decimal(40)))
    change_terms(owner, vacancy, 1, FAIR)
    ask_officials(owner, vacancy)
    chief = work_of(session, add_official(session, ports, Role.SETRASS_SUPERVISOR), ports)
    read_by_chief = vacancy_overrides.read_file(chief, vacancy).looked.told.hex()
    change_offer(owner, vacancy, 2, wanted(**LATA, wage=Decimal(20)))  # while it is read
    plea, which = Plea(REASON, NOW.date() + timedelta(days=5)), "piece-below-minimum"
    with pytest.raises(Stale):
        vacancy_overrides.set_aside(chief, vacancy, RuleId.R07, which, plea, read_by_chief)
    assert vacancy_overrides.read_file(chief, vacancy).looked.overrides == []


@pytest.mark.feature("E4")
def test_what_nobody_sets_aside_has_no_way_around(session: Session, ports: Ports) -> None:
    ports = with_wages(ports)
    owner = work_of(session, add_employer(work_of(session, SYSTEM, ports)), ports)
    vacancy = start_draft(owner, WANTED)
    change_terms(owner, vacancy, 1, replace(FAIR, fees_charged=True))
    with pytest.raises(Conflict) as refused:
        ask_officials(owner, vacancy)
    assert (refused.value.code, refused.value.facts) == ("review-in-vain", {"rules": "R01"})
    offer_at_home(owner, vacancy)
    judge_vacancies(owner, [vacancy], "step")
    chief = work_of(session, add_official(session, ports, Role.SETRASS_SUPERVISOR), ports)
    plea = Plea(REASON, NOW.date() + timedelta(days=5))
    never = ("R01", "R04", "R14", "R15", "R16", "R30", "R33", "R35")
    for rule in never:
        with pytest.raises(Forbidden) as forbidden:
            vacancy_overrides.set_aside(chief, vacancy, RuleId(rule), "fee-declared", plea)
        assert forbidden.value.code == "override-never"
        with pytest.raises(IntegrityError, match="ck_vacancy_overrides_never"):
            forge(session, vacancy, rule, uuid4(), uuid4())
    same = uuid4()
    with pytest.raises(IntegrityError, match="ck_vacancy_overrides_two_people"):
        forge(session, vacancy, "R07", same, same)
    file = vacancy_overrides.read_file(chief, vacancy)
    assert [vacancy_overrides.may_set_aside(chief, file, one) for one in file.looked.findings] == [
        False
    ]


def forge(session: Session, vacancy: object, rule: str, asked: object, granted: object) -> None:
    """An override past the service, as by hand."""
    sql = (
        "INSERT INTO vacancy_overrides (id, vacancy, rule, code, severity, asked_by, granted_by,"
        " reason, given_on, ends_on, granted_at, told_sha256) VALUES (:id, :vacancy, :rule, 'x',"
        " 'block', :asked, :granted, :reason, '2026-11-01', '2026-12-01', now(), '\\x00')"
    )
    with session.begin_nested():
        session.execute(
            text(sql),
            {
                "id": uuid4(),
                "vacancy": vacancy,
                "rule": rule,
                "asked": asked,
                "granted": granted,
                "reason": REASON,
            },
        )
