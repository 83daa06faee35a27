"""The coded reasons of a return, as the person and their programs read them."""

import re

import pytest

from tests.web.conftest import As, Lived
from tests.web.pages.officers import send
from tests.web.pages.test_decisions import NOTE, follow, submitted


@pytest.mark.feature("O8")
def test_either_agency_chooses_among_the_reasons_of_a_return(as_: As, lived: Lived) -> None:
    story = lived(submitted)
    page = follow(as_(story.setrass), f"/casos/{story.id}")
    offered = re.findall(r'name="reasons" type="checkbox" value="(\w+)"', page)
    assert offered == [f"D{number}" for number in range(1, 9)]
    assert "D4 · Un documento no se puede leer" in page


@pytest.mark.feature("O8")
def test_the_person_reads_the_reasons_of_a_return_in_plain_words(as_: As, lived: Lived) -> None:
    story = lived(submitted)
    fields: dict[str, str | list[str]] = {"opinion": "return", "note": NOTE}
    fields["reasons"] = ["D2", "D4"]
    assert send(as_(story.setrass), story, "decidir", fields).status_code == 303
    client = as_(story.worker)
    page = follow(client, f"/mi-solicitud/{story.id}")
    for told in ("Un dato no coincide con el documento", "Un documento no se puede leer", NOTE):
        assert told in page
    reply = client.get(f"/api/v1/applications/{story.id}").json()
    assert [one["grounds"] for one in reply["decisions"]] == [["D2", "D4"]]
