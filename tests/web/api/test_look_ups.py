"""A number that was typed: amber at best, little of whom it names, counted, and in the log."""

import pytest

from app.services import own_data, verification
from permits import permit_numbers
from permits.audit import Act
from tests.web.api.operations import signed, suspended
from tests.web.api.world import AGENT, World

VERIFY = "/api/v1/credentials/verify"
PERSONAL = ("Gutiérrez", "María", "1994", "1234567892004")


@pytest.mark.feature("B6")
def test_a_number_in_force_is_amber_and_tells_initials_and_the_end_of_a_document(
    world: World,
) -> None:
    permit = world.permit_of(world.live(signed))
    shown = permit_numbers.show(permit.credential.number)
    for typed in (shown, f" {shown.lower()} ", permit.credential.number):
        reply = world.caller(AGENT).post(VERIFY, json={"text": typed})
        told = reply.json()
        assert (told["verdict"], told["reason"]) == ("amber", "typed-number")
        assert (told["claims"], told["compare"]) == (None, [])
        assert told["holder"]["initials"] == "M. Á. G. Ñ."
        assert told["holder"]["document_ending"] == "2004"
        assert [word for word in PERSONAL if word in reply.text] == []


@pytest.mark.feature("B6")
def test_what_does_not_stand_is_red_and_names_nobody(world: World) -> None:
    paused = world.permit_of(world.live(suspended)).credential.number
    for text, reason in ((paused, "suspended"), (permit_numbers.make(7), "not-ours")):
        told = world.caller(AGENT).post(VERIFY, json={"text": text}).json()
        assert (told["verdict"], told["reason"], told["holder"]) == ("red", reason, None)
    assert told["number"] is None


@pytest.mark.feature("B6", "N8")
def test_the_log_names_the_card_that_was_looked_up(world: World) -> None:
    story = world.live(signed)
    permit = world.permit_of(story)
    world.caller(AGENT).post(VERIFY, json={"text": permit.credential.number})
    with world.database.sessions.begin() as session:
        looks = own_data.list_looks(world.work(session, story.worker))
    assert [look.act for look in looks] == [Act.CREDENTIAL_VERIFIED]


@pytest.mark.feature("B6")
def test_nobody_reads_the_register_number_by_number(world: World) -> None:
    caller, most = world.caller(AGENT), verification.LOOK_UPS.tries
    statuses = [
        caller.post(VERIFY, json={"text": permit_numbers.make(at)}).status_code
        for at in range(most + 1)
    ]
    assert statuses == [200] * most + [429]
    scanned = world.permit_of(world.live(signed)).credential.text
    assert caller.post(VERIFY, json={"text": scanned}).status_code == 200
