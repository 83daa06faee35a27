"""The log's catalogue: whole, and closed to whatever it does not name."""

import re
from uuid import UUID

import pytest

from permits.audit import FACTS, Act, AuditEvent, Fact
from permits.people import Role
from tests.permits.cases import NOW, person

PERSONAL = {"name", "phone", "email", "document_number", "note", "answers", "date_of_birth"}


def event(act: Act, facts: dict[str, Fact]) -> AuditEvent:
    return AuditEvent(act, UUID(int=1), person(1), Role.SYSTEM, NOW, "", facts)


def test_the_catalogue_names_every_act() -> None:
    assert set(FACTS) == set(Act)
    for act in Act:
        assert re.fullmatch(r"[a-z-]+:[a-z-]+", act.value)


@pytest.mark.asvs("16.2.5")
@pytest.mark.feature("D2")
def test_an_act_carries_its_facts_and_no_others() -> None:
    for act in Act:
        everything: dict[str, Fact] = dict.fromkeys(FACTS[act], "x")
        assert event(act, everything).facts == everything
        assert event(act, {}).facts == {}
        with pytest.raises(ValueError, match="may not carry"):
            event(act, {**everything, "anything": "else"})


@pytest.mark.asvs("16.2.5")
@pytest.mark.feature("D2")
def test_no_act_may_carry_what_is_personal() -> None:
    assert {act: FACTS[act] & PERSONAL for act in Act if FACTS[act] & PERSONAL} == {}


def test_two_events_do_not_share_their_facts() -> None:
    one = AuditEvent(Act.SIGNED_OUT, UUID(int=1), person(1), Role.WORKER, NOW)
    other = AuditEvent(Act.SIGNED_OUT, UUID(int=1), person(1), Role.WORKER, NOW)
    assert one.facts is not other.facts
