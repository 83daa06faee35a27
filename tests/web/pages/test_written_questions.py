"""Two administrators write a question; from its day the programme asks it, until its end."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.adapters.programme_shelf import ProgrammeShelf
from app.services.ports import Ports
from permits.deadlines import legal_day
from permits.people import Role
from tests import outside
from tests.builders import NOW
from tests.databases import Database
from tests.web.conftest import As
from tests.web.pages.walking import words
from tests.web.signing import add_person

CODE = "coffee-hn-gt"
PATH = f"/administracion/preguntas/{CODE}"
END = f"{PATH}/terminar"
START = legal_day(NOW) + timedelta(days=9)
STOP = START + timedelta(days=30)


def on(day: date) -> dict[str, str]:
    return {
        "valid_from-day": str(day.day),
        "valid_from-month": str(day.month),
        "valid_from-year": str(day.year),
        "source": "Acta 12",
    }


TYPED: dict[str, str | list[str]] = {
    "id": "licencia",
    "kind": "choice",
    "label_es": "¿Qué maneja usted?",
    "label_en": "What do you drive?",
    "options": "car | Carro | Car\nnone | Nada | Nothing",
    "required": "yes",
    "pictogram": "id-card",
    "after": "phone",
    "seen_by": ["setrass", "inm"],
    **on(START),
}


@pytest.fixture
def shelf(tmp_path: Path) -> ProgrammeShelf:
    return ProgrammeShelf(tmp_path)


@pytest.fixture
def ports(shelf: ProgrammeShelf) -> Ports:
    world = outside.ports()
    return replace(world, reference=replace(world.reference, programmes=shelf, questions=shelf))


def approve_of(page: Response) -> str:
    return page.text.split('/aprobar"')[0].rsplit('"', 1)[1] + "/aprobar"


def ids_on(shelf: ProgrammeShelf, *days: date) -> list[list[str]]:
    return [[one.id for one in shelf[CODE].on(day).questions] for day in days]


@pytest.mark.feature("D5")
def test_from_the_writing_to_the_end(
    as_: As, database: Database, ports: Ports, shelf: ProgrammeShelf
) -> None:
    one, other = (
        as_(add_person(database, ports, Role.ADMINISTRATOR, email=f"{name}@demo.example"))
        for name in ("ada", "eva")
    )
    assert as_(add_person(database, ports, Role.SETRASS_OFFICER)).get(PATH).status_code == 403
    assert one.get("/administracion/preguntas").status_code == 200
    assert one.get("/administracion/preguntas/otra").status_code == 404
    _check_writing(one)
    assert one.post(PATH, data=TYPED).headers["location"] == f"{PATH}?hecho=propuesto"
    assert one.post(PATH, data=TYPED).status_code == 303  # pressed twice: it waits once
    assert one.post(PATH, data={**TYPED, "source": "Otra"}).status_code == 409
    seen = other.get(PATH)
    assert 'name="extra_licencia"' in seen.text
    assert one.post(approve_of(seen)).status_code == 403
    assert ids_on(shelf, START) == [[]]
    assert other.post(approve_of(seen)).status_code == 303
    assert ids_on(shelf, START - timedelta(days=1), START) == [[], ["licencia"]]
    assert one.post(PATH, data=TYPED).status_code == 422  # its name is taken
    _end(other, one)
    twin = ProgrammeShelf(shelf.folder)  # another process
    for known in (shelf, twin):
        assert ids_on(known, START, STOP) == [["licencia"], []]
    assert one.post(END, data={"id": "licencia", **on(STOP)}).status_code == 422


def _check_writing(one: TestClient) -> None:
    """What the file refuses is refused here, all at once; what is shown is kept by nobody."""
    wrong = one.post(PATH, data={**TYPED, "id": "photo", "most": "3", "label_en": "", "source": ""})
    assert wrong.status_code == 422
    told = words(wrong)
    assert "El formulario ya pide este dato a todos." in told
    assert "Esta respuesta no lleva este dato." in told
    assert "Falta este dato." in told
    assert "Escriba de dónde viene el cambio." in told
    assert "¿Qué maneja usted?" in wrong.text
    looked = one.post(PATH, data={**TYPED, "mirar": "1"})
    assert (looked.status_code, 'name="extra_licencia"' in looked.text) == (200, True)
    assert "Propuesta que espera" not in words(looked)


def _end(one: TestClient, other: TestClient) -> None:
    """A question that there is ends after it begins, once two agreed."""
    for name, day in (("otra", STOP), ("licencia", START)):
        assert one.post(END, data={"id": name, **on(day)}).status_code == 422
    assert one.post(END, data={"id": "licencia", **on(STOP)}).status_code == 303
    seen = other.get(PATH)
    assert "Se propone terminar esta pregunta" in words(seen)
    assert other.post(approve_of(seen)).status_code == 303
