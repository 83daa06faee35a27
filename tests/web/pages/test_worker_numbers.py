"""The number for life in pages: told to its worker, joined and parted beside the other case."""

import re
from typing import Any

import pytest

from app.services.credentials import find_permit_of
from app.services.ports import Ports
from app.storage.applications import get_application
from permits.identity_documents import cui_remainder
from permits.people import Actor
from permits.reach import EVERYTHING
from permits.worker_numbers import show
from tests.builders import Story, work_of
from tests.databases import Database
from tests.web.conftest import As, Lived

OTHER = f"90000079{cui_remainder('90000079')}2004"


def number_in(database: Database, story: Story) -> str:
    with database.sessions() as session:
        found = get_application(session, story.id, reach=EVERYTHING)
    return show(found.worker_number or "")


@pytest.mark.feature("W1")
def test_the_worker_reads_it_on_receipt_status_and_permit(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    fresh = lived(lambda s: s.start().submit())
    worker, number = as_(fresh.worker), number_in(database, fresh)
    for path in (f"/solicitud/{fresh.id}/recibo", f"/mi-solicitud/{fresh.id}"):
        assert number in worker.get(path).text
    story = lived(lambda s: s.start().submit().approve().sign())
    with database.sessions.begin() as session:
        permit = find_permit_of(work_of(session, story.worker, ports, story.now), story.id)
    assert permit is not None
    page = as_(story.worker).get(f"/mi-permiso/{permit.credential.id}").text
    assert number_in(database, story) in page


@pytest.mark.feature("W1", "O6")
def test_an_official_joins_and_parts_beside_the_other_case(
    as_: As, lived: Lived, database: Database
) -> None:
    names: dict[str, Any] = {"given_names": "Leonza", "surnames": "Interiano Xic"}
    first = lived(lambda s: s.start(**names).submit())
    second = lived(lambda s: s.start(document_number=OTHER, **names).submit())
    official: Actor = first.setrass
    desk, page = as_(official), f"/casos/{second.id}/parecidas"
    one, other = number_in(database, first), number_in(database, second)
    text = desk.get(page).text
    assert (one in text, other in text, "Es la misma persona" in text) == (True, True, True)
    act, field = f"{page}/{first.id}/unir", f"ground-{first.id}"
    empty = desk.post(act, data={})
    assert (empty.status_code, 'id="error-summary' in empty.text or "Error" in empty.text) == (
        422,
        True,
    )
    assert desk.post(act, data={field: "new-document"}).headers["location"] == page
    again = desk.post(act, data={field: "new-document"})  # the double click
    assert (again.status_code, "ya tienen el mismo número" in again.text) == (409, True)
    joined = desk.get(page).text
    assert re.search("Los dos casos tienen el mismo número de persona", joined)
    assert "Este número tiene más de un documento" in desk.get(f"/casos/{second.id}").text
    parted = desk.post(f"{page}/{first.id}/separar", data={field: "joined-wrongly"})
    assert parted.headers["location"] == page
    assert "Tiene otro número de persona" in desk.get(page).text
