"""What a programme's file says is what a worker reads: for whom, which document, which papers."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi import FastAPI

from app.adapters.programme_shelf import check_file
from app.adapters.reference import read_reference
from app.services.ports import Ports
from tests import outside
from tests.services.test_fourth_programme import CODE, FILE
from tests.web.clients import Client
from tests.web.pages.walking import Walker, words

DATA = read_reference()


@pytest.fixture
def ports() -> Ports:
    """A world that knows a fourth programme."""
    world = outside.ports()
    known = {**world.reference.programmes, CODE: check_file(FILE, DATA)}
    reference = replace(world.reference, programmes=known, municipalities=DATA.municipalities)
    return replace(world, reference=reference)


@pytest.fixture
def begin(app: FastAPI) -> Callable[[str], Walker]:
    """A new worker's browser at the first question of a programme."""

    def begun(code: str) -> Walker:
        walker = Walker(Client(app))
        walker.begin(programme=code)
        return walker

    return begun


def test_the_list_says_for_whom_each_is(app: FastAPI) -> None:
    said = words(Client(app).get("/solicitud/nueva"))
    for told in (
        "Cosecha de café Honduras–Guatemala Para personas de Guatemala. Desde los 18 años.",
        "Cosecha de café Honduras–El Salvador Para personas de El Salvador. Desde los 18 años.",
        "Trabajo temporal en Canadá Para personas de Honduras. Desde los 21 años.",
    ):
        assert told in said


@pytest.mark.feature("W5")
def test_who_goes_abroad_reads_which_papers_to_bring(begin: Callable[[str], Walker]) -> None:
    worker = begin("twap-canada")
    said = words(worker.open(f"/solicitud/{worker.application}/papeles"))
    assert "Además lleve estos papeles a la oficina:" in said
    for paper in ("constancia de antecedentes", "constancia de salud", "constancias de trabajo"):
        assert paper in said


def test_the_harvest_asks_for_no_paper(begin: Callable[[str], Walker]) -> None:
    worker = begin("coffee-hn-gt")
    assert "Además lleve" not in words(worker.open(f"/solicitud/{worker.application}/papeles"))


@pytest.mark.feature("W1")
def test_a_salvadoran_worker_is_asked_for_the_dui(begin: Callable[[str], Walker]) -> None:
    worker = begin(CODE)
    base = f"/solicitud/{worker.application}"
    said = words(worker.open(f"{base}/documento"))
    assert "¿Cuál es el número de su DUI?" in said
    assert "No tengo DUI: uso mi pasaporte" in said
    worker.send(document_kind="sv-dui", document_number="00016297-6")
    assert "Revise el número de su DUI." in words(worker.page)
    worker.send(document_kind="sv-dui", document_number="00016297-5")
    assert worker.path != f"{base}/documento"
    worker.open(f"{base}/municipio")
    worker.send(municipality="Chalatenango Norte")
    assert worker.path != f"{base}/municipio"
