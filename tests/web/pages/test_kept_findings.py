"""What a page shows of a rule is what was kept: other values change it when it is judged again."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.services import case_rejudging, costs
from app.services.accounts import add
from app.services.ports import Ports
from app.services.vacancy_judging import digest_of_values, judge_vacancies
from app.storage.accounts import Account
from permits.people import SYSTEM, Role
from recruitment.costs import ClaimAction
from tests import outside
from tests.builders import Story, add_official, work_of
from tests.costs import note_fee
from tests.databases import Database
from tests.farmed import owner_of
from tests.vacancies import add_fair, with_wages
from tests.vacancies import read as read_vacancy
from tests.web.api.world import World
from tests.web.conftest import As, Lived
from tests.web.pages.walking import words

pytestmark = pytest.mark.feature("E4")

COFFEE = "coffee-hn-gt"
FEE, LATE, LONG = "R30.never_legitimate", "R18.least_hours", "R09.most_hours_a_day"


@pytest.fixture
def before() -> Ports:
    """The outside world while the values of the file counted."""
    return with_wages(outside.ports())


@pytest.fixture
def ports(before: Ports) -> Ports:
    """The world of the site, whose values are others: a fee is none, and thinking takes years."""
    rows = before.reference.ethics
    numbers = {LATE: 10**6, LONG: 1}
    values = {name: (replace(rows.values[name][0], value=n),) for name, n in numbers.items()}
    lists = {FEE: (replace(rows.lists[FEE][0], items=("bribe",)),)}
    ethics = replace(rows, values={**rows.values, **values}, lists={**rows.lists, **lists})
    return replace(before, reference=replace(before.reference, ethics=ethics))


def versions(database: Database, *worlds: Ports) -> list[str]:
    """How a page names the values that count in each of these."""
    with database.sessions() as session:
        works = [work_of(session, SYSTEM, one) for one in worlds]
        return [digest_of_values(one, COFFEE).hex()[:12] for one in works]


def told(client: TestClient, address: str, names: Mapping[str, str]) -> set[str]:
    """Which of these words stand on a page; what each is called here."""
    page = client.get(address)
    assert page.status_code == 200
    read = words(page)
    return {name for name, said in names.items() if said in read}


def test_of_a_worker_pages_show_what_was_kept_and_by_which_values(
    app: FastAPI, database: Database, ports: Ports, before: Ports, as_: As, lived: Lived
) -> None:
    found: list[UUID] = []

    def live(story: Story) -> Story:
        story.ports = before
        story.supervise().start().submit()
        found.append(note_fee(story))
        costs.move_own_claim(story.work(story.worker), story.id, found[0], ClaimAction.ASK, 1)
        return story

    story = lived(live)
    then, now = versions(database, before, ports)
    worker, chief, officer = as_(story.worker), as_(story.supervisor), as_(story.setrass)
    names = {"then": then, "now": now, "late": "R18", "fee": "R30"}
    api = World(app, database, ports).caller(story.setrass)

    def shown() -> list[set[str]]:
        diary = told(worker, f"/mi-solicitud/{story.id}/pagos", names)
        claim = told(chief, f"/pagos-por-devolver/{found[0]}", names)
        return [diary, claim, told(officer, f"/casos/{story.id}", names)]

    def program() -> tuple[list[str], str]:
        reply = api.get(f"/api/v1/applications/{story.id}/contract").json()
        return [one["rule"] for one in reply["findings"]], reply["parameters_sha256"][:12]

    assert shown() == [{"then", "fee"}, {"then", "fee"}, {"then"}]
    assert program() == ([], then)
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, ports)
        case_rejudging.judge_case(work, {"application": str(story.id)})
    assert shown() == [{"now"}, {"now"}, {"now", "late"}]
    assert program() == (["R18"], now)


def test_of_a_vacancy_employer_official_and_program_are_shown_what_was_kept(
    app: FastAPI, database: Database, ports: Ports, before: Ports, as_: As
) -> None:
    then, now = versions(database, before, ports)
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, before)
        vacancy = add_fair(session, before)
        session.execute(text("UPDATE vacancies SET status = 'draft'"))
        judge_vacancies(work, [vacancy], "day")
        owner = owner_of(UUID(read_vacancy(session, vacancy).offer.employer))
        add(work, Account.of(owner, "duena@demo.example", None))
        chief = add_official(session, before, Role.SETRASS_SUPERVISOR)
    names = {"then": then, "now": now, "long": "Algún día tiene más de 1 horas."}
    api = World(app, database, ports).caller(owner)

    def shown() -> list[set[str]]:
        review = told(as_(chief), f"/revision-de-vacantes/{vacancy}", names)
        return [told(as_(owner), f"/mis-vacantes/{vacancy}", names), review]

    def program() -> tuple[list[str], str]:
        reply = api.get(f"/api/v1/vacancies/{vacancy}/findings").json()
        return [one["code"] for one in reply["findings"]], reply["parameters_sha256"][:12]

    assert shown() == [{"then"}] * 2
    assert program() == ([], then)
    # Whoever acts is judged by the values of that moment, and reads what stood against it.
    refused = as_(owner).post(f"/mis-vacantes/{vacancy}/estado/publicar")
    assert (refused.status_code, names["long"] in words(refused)) == (409, True)
    assert shown() == [{"now", "long"}, {"then", "now", "long"}]  # the official reads the history
    assert program() == (["day-too-long"], now)
