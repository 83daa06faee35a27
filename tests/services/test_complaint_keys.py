"""Who opens complaints: a phrase, for an hour of one session; nobody else, and no leaver."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.services import (
    complaint_alarms,
    complaint_groups,
    complaint_keys,
    complaint_talk,
    roles,
)
from app.services.ports import Ports
from app.storage.database import Session
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.people import SYSTEM, Role
from tests.builders import NOW, add_official
from tests.complained import PHRASE, TOKEN, WORDS, Office, complain, token_of

LOCKED = text("UPDATE accounts SET disabled_at = :at WHERE person = :person")
LINES = text("SELECT payload -> 'facts' ->> 'lines' FROM outbox WHERE key LIKE '%complaints-due%'")

pytestmark = pytest.mark.feature("H2")


@pytest.fixture
def office(session: Session, ports: Ports) -> Office:
    return Office(session, ports).ready()


def test_a_phrase_opens_for_an_hour_of_one_session(office: Office) -> None:
    filed, [handler] = complain(office.work()), office.handlers
    seal = office.open(filed.id)
    assert complaint_talk.read_conversation(office.work(handler), seal).told.words == WORDS
    work, token = office.work(handler), token_of(handler)
    later = replace(work, now=NOW + timedelta(hours=1))
    for nobody, with_token in ((work, TOKEN), (work, ""), (later, token)):
        with pytest.raises(Conflict, match="complaints-locked"):
            complaint_keys.open_case(nobody, with_token, filed.id)
    assert not complaint_keys.unlock(work, TOKEN, PHRASE + "s")
    complaint_keys.lock(work, token)
    with pytest.raises(Conflict, match="complaints-locked"):
        complaint_keys.open_case(work, token, filed.id)
    for _ in range(10):
        complaint_keys.unlock(work, token, "no es esta, de ninguna manera")
    assert not complaint_keys.unlock(work, token, PHRASE), "guesses are counted"


def test_who_chose_a_phrase_waits_to_be_let_in(office: Office) -> None:
    filed, [first] = complain(office.work()), office.handlers
    second = office.join(let_in=False)
    with pytest.raises(Conflict, match="complaints-not-let-in"):
        office.open(filed.id, second)
    standing = {
        one.person: one.let_in for one in complaint_groups.list_handlers(office.work(first))
    }
    assert standing == {first.person: True, second.person: False}
    complaint_groups.let_in(office.work(first), token_of(first), second.person)
    assert office.open(filed.id, second) == office.open(filed.id, first)
    # A phrase that was forgotten is chosen anew, and then somebody must let them in again.
    complaint_keys.choose_phrase(office.work(second), PHRASE.upper())
    assert complaint_keys.unlock(office.work(second), token_of(second), PHRASE.upper())
    with pytest.raises(Conflict, match="complaints-not-let-in"):
        office.open(filed.id, second)
    with pytest.raises(Invalid):
        complaint_keys.choose_phrase(office.work(second), "corta")
    for role in (Role.ADMINISTRATOR, Role.SETRASS_SUPERVISOR, Role.DATA_PROTECTION_OFFICER):
        other = add_official(office.session, office.ports, role)
        with pytest.raises(Forbidden):
            complaint_keys.choose_phrase(office.work(other), PHRASE)
        with pytest.raises(NotFound):
            complaint_groups.let_in(office.work(first), token_of(first), other.person)


@pytest.mark.feature("H1")
def test_the_key_is_changed_when_somebody_unlocks_after_a_handler_left_for_good(
    office: Office,
) -> None:
    filed, first, second = complain(office.work()), office.handlers[0], office.join()
    work, token = office.work(first), token_of(first)
    assert complaint_groups.rotate_without_leavers(work, token) == 0
    office.session.execute(LOCKED, {"person": second.person, "at": NOW})
    assert complaint_groups.rotate_without_leavers(work, token) == 0  # locked, perhaps for a day
    office.session.execute(LOCKED, {"person": second.person, "at": None})
    admin = add_official(office.session, office.ports, Role.ADMINISTRATOR)
    roles.take_back_role(office.work(admin), second.person, Role.COMPLAINT_HANDLER)
    assert complaint_groups.rotate_without_leavers(work, token) == 1
    assert complaint_groups.list_leavers(office.session) == []
    assert office.open(filed.id, first).complaint == filed.id
    with pytest.raises(Conflict, match="complaints-not-let-in"):
        office.open(filed.id, second)
    assert complaint_groups.rotate_without_leavers(work, token) == 0


def test_a_leaver_opens_nothing_old_and_nothing_new(office: Office) -> None:
    filed, first, second = complain(office.work()), office.handlers[0], office.join()
    third = office.join()
    admin = add_official(office.session, office.ports, Role.ADMINISTRATOR)
    assert complaint_groups.list_leavers(office.session) == []
    roles.take_back_role(office.work(admin), third.person, Role.COMPLAINT_HANDLER)
    assert complaint_groups.list_leavers(office.session) == [third.person]
    complaint_alarms.tell_digest(office.work(SYSTEM, NOW))
    lines = office.session.scalars(LINES).all()
    assert lines == ["|key-kept|breached|"] * 2  # no supervisor here: whoever is left is told
    for locked, left in ((NOW, {second.person, third.person}), (None, {third.person})):
        office.session.execute(LOCKED, {"person": second.person, "at": locked})
        assert set(complaint_groups.list_leavers(office.session)) == left
    assert complaint_groups.rotate(office.work(first), token_of(first), second.person) == 1
    assert complaint_groups.list_leavers(office.session) == []
    after = complain(office.work())
    for one in (filed, after):
        assert office.open(one.id, first).complaint == one.id
        with pytest.raises(Conflict, match="complaints-locked"):
            office.open(one.id, second)
        with pytest.raises(Conflict, match="complaints-not-let-in"):
            office.open(one.id, third)
    # The recovery key of the first group opens the next one too.
    secret = complaint_groups.read_recovery(office.recovery.lower().replace("-", " "))
    complaint_keys.choose_phrase(office.work(second), PHRASE)
    complaint_groups.let_in_by_recovery(office.work(), secret, second.person)
    assert complaint_keys.unlock(office.work(second), token_of(second), PHRASE)
    assert office.open(after.id, second).complaint == after.id
    wrong = ("A" if office.recovery[0] != "A" else "B") + office.recovery[1:]
    for typed in (wrong, "", office.recovery[:-1]):
        with pytest.raises(Invalid):
            complaint_groups.read_recovery(typed)
    with pytest.raises(Conflict, match="complaints-ready"):
        complaint_groups.init_group(office.work())
