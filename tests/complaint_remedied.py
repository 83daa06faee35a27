"""What a complainant says of a remedy under their number, as the tests of the desk need it."""

import re
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from app.services import complaint_numbers, complaint_remedies, complaint_verifying
from permits.errors import Invalid, Stale
from recruitment.complaints.remedies import RemedyAction, RemedyState, Verifier
from tests.complaint_desk import Desk

ENTRY = re.compile(r'name="entry" value="([^"]+)"')


def said_under_the_number(desk: Desk, identity: UUID) -> None:
    """They dispute what was said in their name, and confirm it themselves once it came."""

    def say(action: RemedyAction, seen: int) -> None:
        work = desk.office.work(now=desk.now)
        found = complaint_numbers.open_by_number(work, desk.digits)
        assert found is not None
        complaint_verifying.say(work, found.seal, identity, action, "Falta.", seen=seen)

    with pytest.raises(Stale):  # a handler was quicker with the same: their own word is not said
        say(RemedyAction.VERIFY, 2)
    for _ in range(2):  # a reply that was lost changes nothing
        say(RemedyAction.DISPUTE, 3)
    opened = desk.opened()
    assert opened.handled.remedies[0].state is RemedyState.DISPUTED
    last = opened.content.conversation.messages[-1]  # type: ignore[union-attr]
    assert (last.words, last.remedy) == ("Falta.", RemedyAction.DISPUTE)
    with pytest.raises(Invalid):  # nobody has said since that it came
        say(RemedyAction.VERIFY, 4)
    done = RemedyAction.REPORT_DONE
    complaint_remedies.move(desk.by(), desk.token(), desk.complaint, identity, done, seen=4)
    with pytest.raises(Stale):
        say(RemedyAction.VERIFY, 4)
    say(RemedyAction.VERIFY, 5)
    say(RemedyAction.DISPUTE, 6)  # they were made to say so, and take it back
    complaint_remedies.move(desk.by(), desk.token(), desk.complaint, identity, done, seen=7)
    say(RemedyAction.VERIFY, 8)
    after = desk.opened().handled.remedies[0]
    assert (after.state, after.verifier) == (RemedyState.VERIFIED, Verifier.COMPLAINANT)


def confirm_on_page(client: TestClient, digits: str, remedy: str) -> None:
    """Its complainant comes by the number; a stale form keeps what was typed."""
    visitor = TestClient(client.app, base_url=str(client.base_url))
    page = visitor.post("/consulta/numero", data={"number": digits}).text
    assert "Devuelve lo cobrado" in page
    assert 'href="#reparar"' in page  # however long the conversation is
    entry = ENTRY.search(page)
    assert entry is not None
    said = {"entry": entry[1], "remedy": remedy, "said": "verify", "remedy_words": "CANARIO-R"}
    stale = visitor.post("/consulta/reparacion", data={**said, "version": "1"})
    assert (stale.status_code, "CANARIO-R" in stale.text) == (409, True)
    over = visitor.post("/consulta/reparacion", data={**said, "version": "2", "entry": "over"})
    assert (over.status_code, 'value="CANARIO-R"' in over.text) == (422, True)
    for _ in range(2):  # pressed twice, said once
        page = visitor.post("/consulta/reparacion", data={**said, "version": "2"}).text
        assert page.count("CANARIO-R") == page.count("Usted lo confirmó.") == 1
