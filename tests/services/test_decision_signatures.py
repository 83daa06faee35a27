"""Each decision is signed for its official, told to the log, and checked when it is read."""

import pytest
from sqlalchemy import text

from app.services import dossiers
from app.services.ports import Ports
from app.storage import audit
from app.storage.approvals import list_decisions
from app.storage.database import Session
from permits.approvals import Opinion
from permits.audit import Act
from permits.decision_signatures import Standing, verifies
from tests.builders import Story

pytestmark = [pytest.mark.feature("O2"), pytest.mark.promise("P1")]


def test_both_agencies_sign_with_keys_of_their_own_and_the_log_tells(
    session: Session, ports: Ports
) -> None:
    story = Story(session, ports).start().submit().approve()
    decided = list_decisions(session, story.id)
    signatures = [one.signature for one in decided]
    assert [verifies(one.signature, one) for one in decided if one.signature] == [True, True]
    assert len({signed.key for signed in signatures if signed}) == 2
    told = [
        e.facts for e in audit.list_events(session, story.id) if e.act is Act.APPLICATION_DECIDED
    ]
    assert {(one["key"], one["signature"]) for one in told} == {
        (signed.key.hex(), signed.value.hex()) for signed in signatures if signed
    }
    seen = dossiers.read_dossier(story.work(story.inm), story.id).signatures
    assert set(seen.values()) == {Standing.GOOD}


def test_one_official_has_one_key_in_all_cases(session: Session, ports: Ports) -> None:
    one, other = (Story(session, ports).start().submit() for _ in range(2))
    for story in (one, other):
        story.decide(one.setrass, Opinion.RETURN)
    (first,), (second,) = (list_decisions(session, story.id) for story in (one, other))
    assert first.signature is not None
    assert second.signature is not None
    assert first.signature.key == second.signature.key
    assert first.signature.value != second.signature.value


def test_a_decision_that_was_changed_in_the_database_is_shown_as_such(
    owner_session: Session, ports: Ports
) -> None:
    story = Story(owner_session, ports).start().submit()
    story.decide(story.setrass, Opinion.RETURN, "¿Cuál es su apellido?")
    owner_session.execute(text("UPDATE decisions SET note = 'Pague L 500.'"))
    owner_session.expire_all()
    seen = dossiers.read_dossier(story.work(story.setrass), story.id).signatures
    assert set(seen.values()) == {Standing.BAD}
