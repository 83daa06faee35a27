"""Papers of employers on pages, a mission's yes or no, and an inspector who says why."""

import re
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from app.services.accounts import add
from app.services.ports import Ports
from app.services.vacancy_judging import judge_vacancies
from app.storage.accounts import Account
from permits.people import SYSTEM, Actor, PersonId, Role
from recruitment.clause_tags import field_of
from recruitment.ethics.words import Clause, ContractTerm
from tests.builders import add_official, add_vacancy, work_of
from tests.databases import Database
from tests.papers import portrait
from tests.recruitment.test_employer_papers import QUIET
from tests.registered import FARM_PHONE, verified
from tests.vacancies import tell_terms
from tests.web.conftest import As
from tests.web.pages.walking import words

HERE, DESK = "/registro-empleador", "/registros-de-empleadores"


@pytest.mark.feature("E1")
def test_a_paper_is_sent_seen_by_setrass_and_taken_away(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        mine, _ = verified(session, ports, FARM_PHONE)
        registration = mine.registration.id
        officer = as_(add_official(session, ports, Role.SETRASS_OFFICER))
        token = mine.token
    assert visitor.get(f"{HERE}/papeles").headers["location"] == HERE
    visitor.cookies.set("registro", token, path=HERE)
    empty = visitor.post(f"{HERE}/papeles", data={"criterion": "1-fees"})
    assert (empty.status_code, 'value="1-fees" selected' in empty.text) == (422, True)
    wrong = visitor.post(
        f"{HERE}/papeles", files={"file": ("x.pdf", QUIET.replace(b"/AAB", b"/JS"), "x/x")}
    )
    assert (wrong.status_code, "partes activas" in words(wrong)) == (422, True)
    for name, data in (("a.jpg", portrait()), ("b.pdf", QUIET)):
        sent = visitor.post(
            f"{HERE}/papeles", data={"criterion": "1-fees"}, files={"file": (name, data, "x/x")}
        )
        assert sent.headers["location"] == f"{HERE}/papeles"
    own = visitor.get(f"{HERE}/papeles")
    links = re.findall(rf'href="{HERE}/papeles/([0-9a-f-]{{36}})">(Foto|PDF)', own.text)
    ids = [one for one, kind in sorted(links, key=lambda link: link[1])]
    assert len(ids) == 2
    picture = visitor.get(f"{HERE}/papeles/{ids[0]}")
    assert (picture.content[:2], picture.headers["content-type"]) == (b"\xff\xd8", "image/jpeg")
    assert "reclutamiento ético" in words(own)
    setrass_keeps(officer, f"{DESK}/{registration}", ids[1])
    for _ in range(2):
        assert visitor.post(f"{HERE}/papeles/{ids[0]}/quitar").status_code == 303
    assert visitor.get(f"{HERE}/papeles/{ids[0]}").status_code == 404


def setrass_keeps(officer: TestClient, path: str, paper: str) -> None:
    """The PDF is handed out as a file, and what the official saw is kept beside it."""
    assert f'href="{path}/papeles"' in officer.get(path).text
    desk = officer.get(f"{path}/papeles")
    pdf = officer.get(f"{path}/papeles/{paper}")
    assert (pdf.content, pdf.headers["content-disposition"][:10]) == (QUIET, "attachment")
    said = dict(re.findall(r'name="(version)" value="(\d+)"', desk.text))
    none = officer.post(f"{path}/papeles", data=said | {"evidence": "employer-certificate"})
    assert (none.status_code, 'employer-certificate" selected' in none.text) == (422, True)
    file = {"file": ("c.jpg", portrait(), "image/jpeg")}
    seen = officer.post(
        f"{path}/papeles", data=said | {"evidence": "employer-certificate"}, files=file
    )
    assert seen.headers["location"] == f"{path}/papeles"
    assert "visto por SETRASS" in words(officer.get(f"{path}/papeles"))
    stale = officer.post(f"{path}/papeles", data=said | {"evidence": "visit"}, files=file)
    assert stale.status_code == 412


SAID = [field_of(one) for one in ContractTerm if one is not ContractTerm.JOB]
BINDS = [field_of(one) for one in Clause]


@pytest.mark.feature("E5")
def test_a_mission_reads_a_vacancy_and_signs_its_word(
    as_: As, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        vacancy: UUID = add_vacancy(session, ports, programme="twap-canada")
        work = work_of(session, SYSTEM, ports)
        tell_terms(work, vacancy)
        judge_vacancies(work, [vacancy], "change")
        missions = [
            Actor(PersonId(uuid4()), Role.PARTNER_AUTHORITY, "Cónsul", country=one)
            for one in ("CAN", "ESP")
        ]
        for one in missions:
            add(work, Account.of(one, f"{one.country}@demo.example", None))
    consul, other = (as_(one) for one in missions)
    path = f"/atestaciones/{vacancy}"
    assert f'href="{path}"' in consul.get("/atestaciones").text
    shown = consul.get(path)
    said = dict(re.findall(r'name="(id|seen)" value="([0-9a-f-]+)"', shown.text))
    short = consul.post(path, data=said | {"agrees": "no", "grounds": "porque no"})
    assert (short.status_code, ">porque no<" in short.text) == (422, True)
    old = consul.post(path, data=said | {"agrees": "no", "grounds": "x" * 20, "seen": "00" * 32})
    assert old.status_code == 412
    done = consul.post(path, data=said | {"agrees": "no", "grounds": "No está en el registro."})
    assert done.headers["location"] == "/atestaciones?hecho=si"
    assert "No está en el registro." in words(consul.get(path))
    tags = f"{path}/clausulas"
    assert f'href="{tags}"' in shown.text
    read = consul.get(tags).text
    sent = dict(re.findall(r'name="(id|seen)" value="([0-9a-f-]+)"', read))
    sent |= {one: str(number) for number, one in enumerate(SAID, start=1)} | {"job": "15"}
    unread = consul.post(tags, data=sent)
    assert unread.status_code == 422
    assert words(unread).count("Elija una cláusula, o que ninguna.") == 2 * len(BINDS)
    done = consul.post(tags, data=sent | dict.fromkeys(BINDS, "0"))
    assert done.headers["location"] == f"{tags}?hecho=si", words(done)
    assert 'value="15" selected' in consul.get(tags).text
    assert (other.get(path).status_code, other.get(tags).status_code) == (403, 403)
    assert str(vacancy) not in other.get("/atestaciones").text
