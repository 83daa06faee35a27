"""The coded reasons of a return, as the person and their programs read them."""

import pytest

from tests.web.conftest import As, Lived
from tests.web.pages.test_decisions import NOTE, follow, send, submitted


@pytest.mark.feature("O8")
def test_the_person_reads_the_reasons_of_a_return_in_plain_words(as_: As, lived: Lived) -> None:
    story = lived(submitted)
    fields = {"opinion": "return", "reasons": ["D2", "D4"], "note": NOTE}
    assert send(as_(story.setrass), story, "decidir", fields).status_code == 303
    client = as_(story.worker)
    page = follow(client, f"/mi-solicitud/{story.id}")
    for told in ("Un dato no coincide con el documento", "Un documento no se puede leer", NOTE):
        assert told in page
    reply = client.get(f"/api/v1/applications/{story.id}").json()
    assert [one["grounds"] for one in reply["decisions"]] == [["D2", "D4"]]
