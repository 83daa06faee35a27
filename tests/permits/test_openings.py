"""Break-glass: who opens, who reads and until when, who judges."""

from datetime import timedelta
from uuid import uuid4

import pytest

from permits import openings
from permits.errors import Forbidden, Invalid
from permits.people import AGENCY_OF, OF_HONDURAS, Actor, PersonId, Role
from tests.builders import NOW

WORKER = PersonId(uuid4())
REASON = "La persona está en la frontera sin su permiso."


def someone(role: Role) -> Actor:
    return Actor(PersonId(uuid4()), role)


@pytest.mark.feature("D1")
@pytest.mark.parametrize("role", list(Role))
def test_officials_of_the_agencies_open_and_the_data_protection_officer_judges(role: Role) -> None:
    actor = someone(role)
    if AGENCY_OF.get(role) in OF_HONDURAS and role is not Role.INM_SECOND_LOOK:
        openings.check_open(actor, WORKER, REASON)
    else:
        with pytest.raises(Forbidden, match="not-permitted"):
            openings.check_open(actor, WORKER, REASON)
    if role is Role.DATA_PROTECTION_OFFICER:
        openings.check_review(actor, WORKER, "Estuvo bien.")
    else:
        with pytest.raises(Forbidden, match="not-permitted"):
            openings.check_review(actor, WORKER, "Estuvo bien.")


@pytest.mark.parametrize(
    ("reason", "code"), [("", "missing"), ("x" * 19, "too-short"), ("x" * 1001, "too-long")]
)
def test_a_reason_is_a_sentence(reason: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        openings.check_open(someone(Role.INM_OFFICER), WORKER, reason)
    assert [(fault.code, fault.field) for fault in refused.value.faults] == [(code, "reason")]


def test_nobody_opens_their_own_file_or_judges_their_own_opening() -> None:
    official, judge = someone(Role.INM_OFFICER), someone(Role.DATA_PROTECTION_OFFICER)
    with pytest.raises(Forbidden, match="own-case"):
        openings.check_open(official, official.person, REASON)
    with pytest.raises(Forbidden, match="own-opening"):
        openings.check_review(judge, judge.person, "Estuvo bien.")


def test_an_opening_ends_after_an_hour_and_is_one_persons() -> None:
    official, ends_at = someone(Role.INM_OFFICER), NOW + openings.LASTS
    just_before = ends_at - timedelta(microseconds=1)
    openings.check_look(official, official.person, ends_at, just_before)
    with pytest.raises(Forbidden, match="opening-is-over"):
        openings.check_look(official, official.person, ends_at, ends_at)
    with pytest.raises(Forbidden, match="opened-by-another"):
        openings.check_look(official, PersonId(uuid4()), ends_at, NOW)
