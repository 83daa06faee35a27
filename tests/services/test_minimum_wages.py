"""A table of minimum wages that reaches back: what it touches is judged again, and told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.adapters.wage_shelf import FILE, WageShelf, read_table
from app.services import judging_runs
from app.services.effects import run_past_effects
from app.services.minimum_wages import list_wages, load_wages
from app.services.ports import Ports
from app.services.vacancy_judging import judge_vacancies
from app.storage.database import Session
from permits.errors import Invalid
from permits.people import SYSTEM, Role
from tests.builders import add_official, work_of
from tests.vacancies import add_fair, read

HEAD = "sector,size,per_month_hnl,valid_from,valid_until,decree,source,derived,checked_on\n"
OLD = "agriculture,1-10,9053.00,2025-01-01,,Acuerdo 109,La Gaceta,true,2026-11-23\n"
NEW = OLD + "agriculture,1-10,10600.00,2026-10-01,,Acuerdo nuevo,La Gaceta,false,2026-11-23\n"


@pytest.mark.feature("E4")
def test_a_table_that_reaches_back_judges_again_and_names_what_fails(
    session: Session, ports: Ports, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_text(HEAD + OLD, "utf-8")
    shelf = WageShelf(tmp_path)
    ports = replace(ports, reference=replace(ports.reference, minimum_wages=shelf))
    poor = add_fair(session, ports, {"wage": Decimal(350)})
    rich = add_fair(session, ports, {"wage": Decimal(360)})
    abroad = add_fair(session, ports, {"starts_on": date(2026, 9, 15)})  # begins before the row
    work = work_of(session, SYSTEM, ports)
    judge_vacancies(work, [poor, rich, abroad], "publish")
    text = HEAD + NEW
    changes, run = load_wages(work, shelf, read_table(text), text)
    assert [(one.valid_from, one.before, one.after) for one in changes] == [
        (date(2026, 10, 1), None, Decimal("10600.00"))
    ]
    assert run is not None
    assert [row.per_month_hnl for row in list_wages(work, date(2026, 11, 1))] == [
        Decimal("10600.00"),
        Decimal("9053.00"),
    ]
    chief = work_of(session, add_official(session, ports, Role.SETRASS_SUPERVISOR), ports)
    assert judging_runs.list_reports(chief)[0].run.judged == 0
    while run_past_effects(work):
        pass
    report = judging_runs.list_reports(chief)[0]
    failing = [one.id for one in report.failing]
    assert (poor in failing, rich in failing, abroad in failing) == (True, False, False)
    assert (report.run.judged == report.run.total, report.run.ended_at) == (True, work.now)
    assert read(session, poor).held is True
    assert load_wages(work, shelf, read_table(text), text) == ((), None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD + OLD + OLD, "twice"),
        (HEAD + OLD.replace("9053.00", "-1"), "out-of-range"),
        (HEAD + OLD.replace("2025-01-01,,", "2025-01-01,2024-12-31,"), "dates-reversed"),
        (HEAD + OLD.replace("agriculture", "fishing"), "missing"),
        (HEAD + "agriculture,1-10\n", "unreadable-table"),
    ],
)
def test_a_table_that_is_none_is_refused(
    session: Session, ports: Ports, text: str, code: str
) -> None:
    written: list[str] = []
    with pytest.raises(Invalid) as refused:
        load_wages(work_of(session, SYSTEM, ports), Shelf(written), read_table(text), text)
    assert [one.code for one in refused.value.faults] == [code]
    assert written == []


class Shelf:
    """A shelf that remembers what was put on it."""

    def __init__(self, written: list[str]) -> None:
        self._written = written

    def put(self, text: str) -> None:
        """Remember."""
        self._written.append(text)
