"""An employer writes a vacancy on pages without JavaScript, corrects it and publishes it."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from fastapi import FastAPI

from app.services.accounts import add
from app.services.ports import Ports
from app.storage.accounts import Account
from permits.people import SYSTEM
from tests.builders import work_of
from tests.databases import Database
from tests.vacancies import add_employer
from tests.web.clients import Client
from tests.web.conftest import As
from tests.web.pages.walking import Walker, now, words

HERE = "/mis-vacantes"


def offer(first: date, last: date, **changes: object) -> dict[str, object]:
    """The form of the work as somebody fills it in; dashes stand as double underscores."""
    days = {
        f"{name}__{part}": str(getattr(day, part))
        for name, day in (("starts_on", first), ("ends_on", last))
        for part in ("day", "month", "year")
    }
    return {
        "programme": "coffee-hn-gt",
        "title": "Corte de café",
        "town": "HN-CP/0404",
        **days,
        "places": "12",
        "wage": "40",
        "unit": "lata",
        "unit_kg": "15,9",
        "hours_per_day": "8",
        "days_per_week": "5",
        "hiring": "open",
        **changes,
    }


TERMS = {
    "tasks_es": "Cortar café maduro.",
    "tasks_en": "Pick ripe coffee.",
    "pay_day": "weekly",
    "shift": "day",
    "rest_day": "sunday",
    "arrival": "to-border",
    "way_back": "to-border",
    "insurance": "private",
    "notice_days": "3",
    "grievance": "employer",
    "guaranteed_days": "60",
    "fees_charged": "no",
    "worker_pays": "0",
    "overtime_premium_percent": "25",
    "contacts": ["office", "chat"],
    "special_stay": "no",
    "headcount": "60",
    "foreigners": "5",
    "payroll": "600,000",
    "foreign_payroll": "50,000",
}


@pytest.fixture
def farmer(as_: As, database: Database, ports: Ports) -> Walker:
    with database.sessions.begin() as session:
        owner = add_employer(work_of(session, SYSTEM, ports), f"Finca {uuid4().hex[:6]}")
        add(work_of(session, SYSTEM, ports), Account.of(owner, "duena@demo.example", None))
    return Walker(as_(owner))


def version(walker: Walker) -> str:
    found = re.search(r'name="version" value="(\d+)"', walker.page.text)
    assert found is not None
    return found[1]


@pytest.mark.feature("E3")
@pytest.mark.feature("N10")
def test_a_vacancy_is_written_corrected_and_read_by_workers(app: FastAPI, farmer: Walker) -> None:
    first = now().date() + timedelta(days=8)
    last = first + timedelta(days=76)
    farmer.open(f"{HERE}/nueva")
    said = words(farmer.send(**offer(first, last, title="", wage="mucho")))
    assert farmer.page.status_code == 422
    assert "Escriba cómo se llama el trabajo." in said
    assert 'value="mucho"' in farmer.page.text  # nothing typed is lost
    [identity] = re.findall(r'name="id" value="([0-9a-f-]{36})"', farmer.open(f"{HERE}/nueva").text)
    for _ in range(2):  # pressed twice
        farmer.send(f"{HERE}/nueva", id=identity, **offer(first, last))
        assert farmer.slug == "condiciones"
    used = words(farmer.send(f"{HERE}/nueva", id=identity, **offer(first, last, places="7")))
    assert "Lo que envió antes ya está guardado." in used  # gone back to, for another vacancy
    assert identity not in farmer.page.text
    farmer.open(f"{HERE}/{identity}/condiciones")
    here = farmer.path.rsplit("/", 1)[0]
    assert here == f"{HERE}/{identity}"
    said = words(farmer.send(version=version(farmer), **TERMS | {"foreigners": "61"}))
    assert "El número es muy grande. El máximo es 60." in said
    farmer.send(version=version(farmer), **TERMS)
    said = words(farmer.page)
    # The tests' outside world knows no decree of wages: nobody can say that it is enough.
    assert "Antes de publicar hay que arreglar:" in said
    assert "Detiene R07 Falta saber: el salario mínimo que corresponde." in said
    assert "Quien corta despacio junta 80 kilos al día: 5.0 medidas." in said
    assert "Un día de trabajo paga 201.26 lempiras" in said
    assert "Ofrézcalo en el servicio de empleo. Después, pida la revisión" in said
    assert "Publicar la vacante" not in said
    stale = words(farmer.send(f"{here}/trabajo", version="1", **offer(first, last)))
    assert (farmer.page.status_code, "La vacante cambió mientras" in stale) == (412, True)
    assert version(farmer) == "2"  # pressed again, it is kept
    refused = words(farmer.send(f"{here}/estado/publicar"))
    assert (farmer.page.status_code, "Todavía no se publica." in refused) == (409, True)
    assert farmer.send(f"{here}/estado/borrar").status_code == 404
    assert "SETRASS revisará la vacante." in words(farmer.send(f"{here}/pedir-revision"))
    assert "La vacante quedó retirada." in words(farmer.send(f"{here}/estado/retirar"))
    assert "Cambiar las condiciones" not in words(farmer.page)
    worker = Walker(Client(app))
    assert worker.open(f"{HERE}/nueva").url.path == "/entrar"
