"""What officials look for in their queue: a place, names with a slip, one field alone."""

from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from app.services.accounts import add as add_account
from app.services.ports import Ports
from app.storage.accounts import Account
from permits.people import SYSTEM, Actor, PersonId, Role
from tests.builders import ANSWERS, PHONE, work_of
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.test_queues import ReceiptOf, chips, desk, officer, receipt_of, receipts

__all__ = ["desk", "officer", "receipt_of"]


@pytest.mark.feature("O3")
def test_a_place_shows_the_work_that_is_there(
    desk: TestClient, lived: Lived, receipt_of: ReceiptOf
) -> None:
    copan = lived(lambda s: s.start().submit())
    lempira = lived(lambda s: s.start(department="HN-LE").submit())
    everywhere = {receipt_of(copan), receipt_of(lempira)}
    shown = {"": everywhere, "HN-CP": {receipt_of(copan)}, "0404": everywhere}
    pages = {place: desk.get(f"/bandeja?lugar={place}").text for place in shown}
    assert {place: set(receipts(page)) for place, page in pages.items()} == shown
    assert chips(pages["HN-CP"]).keys() == {"Espera a mi institución", "Trabajo en: Copán"}
    assert chips(pages["0404"]).keys() == {"Espera a mi institución", "Trabajo en: Copán Ruinas"}
    assert all('<option value="HN-CP"' in page for page in pages.values())


@pytest.mark.feature("O3")
def test_no_place_shows_more_than_the_officials_bounds(
    as_: As, lived: Lived, database: Database, ports: Ports, receipt_of: ReceiptOf
) -> None:
    lived(lambda s: s.start().submit())
    lempira = lived(lambda s: s.start(department="HN-LE").submit())
    own = Actor(PersonId(uuid4()), Role.SETRASS_OFFICER, "Norma Fúnez", department="HN-LE")
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, ports)
        add_account(work, Account.of(own, "norma@demo.example", ""))
    found = [receipts(as_(own).get(f"/bandeja?lugar={one}").text) for one in ("0404", "HN-CP")]
    assert found == [[receipt_of(lempira)], []]


@pytest.mark.feature("O3")
def test_a_name_with_a_slip_is_found_where_nobody_is_written_so(
    desk: TestClient, lived: Lived, receipt_of: ReceiptOf
) -> None:
    alike = lived(lambda s: s.start(given_names="José", surnames="Hernández Tzul").submit())
    lived(lambda s: s.start(given_names="Rosa", surnames="Pú Coc").submit())
    page = desk.get("/bandeja?q=hernandes").text
    assert receipts(page) == [receipt_of(alike)]
    assert "Nadie se escribe así. Estos nombres se parecen." in page
    exact = desk.get("/bandeja?q=hernandez").text
    assert receipts(exact) == [receipt_of(alike)]
    assert "Nadie se escribe así" not in exact
    assert receipts(desk.get("/bandeja?q=hernandes+ortiz").text) == []
    assert len(receipts(desk.get("/bandeja?q=pu").text)) == 1  # a name as short as that


@pytest.mark.feature("O7")
def test_a_search_by_one_field_looks_nowhere_else(
    desk: TestClient, lived: Lived, receipt_of: ReceiptOf
) -> None:
    ana = lived(lambda s: s.start(given_names="Ana", surnames="Cedral Pú").submit())
    lived(lambda s: s.start(given_names="Rosa", surnames="Coc Tzul").submit())
    receipt = receipt_of(ana)

    def found(text: str) -> int:
        return len(receipts(desk.get("/bandeja", params={"q": text}).text))

    assert (found("cedral"), found("nombre: cedral"), found("name:cedral pu")) == (2, 1, 1)
    assert (found("nombre: sedral"), found("nombre: finca"), found("nombre: 502")) == (1, 0, 0)
    assert (found(PHONE), found(f"phone:{PHONE}"), found(f"teléfono: {PHONE[-4:]}")) == (2, 2, 2)
    assert (found("telefono: cedral"), found("telefono: 55")) == (0, 0)
    assert (found(f"recibo:{receipt}"), found(f"telefono:{receipt}")) == (1, 0)
    assert found(f"nombre: coc recibo: {receipt}") == 0
    number = str(ANSWERS["document_number"])
    assert (found(f"documento: {number}"), found(f"document:{number[:5]}")) == (2, 0)
    assert (found(f"documento: {number} nombre: coc"), found("documento: ana")) == (1, 0)
