"""Whose files each role may know of, bound by bound."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import pytest

from permits.applications import Status
from permits.people import AGENCY_OF, OF_HONDURAS, Actor, Agency, Role
from permits.reach import EVERYTHING, ROWS, File, Whose, covers, opening, posts_of, reach_of
from tests.permits.cases import INM, OTHER_WORKER, SETRASS, WORKER, person, stand_in

HELPER = stand_in(Role.FACILITATOR)
FARM, OTHER_FARM = UUID(int=500), UUID(int=501)
HANDED_IN = File(
    UUID(int=100), WORKER.person, Status.UNDER_REVIEW, True, "HN-CP", FARM, "GTM", erased=False
)
ASKED = (Agency.SETRASS, Agency.INM, Agency.CONSULATE)
FILES: Mapping[str, File] = {
    "draft": replace(HANDED_IN, status=Status.DRAFT, submitted=False),
    "withdrawn draft": replace(HANDED_IN, status=Status.WITHDRAWN, submitted=False),
    "under review": HANDED_IN,
    "returned": replace(HANDED_IN, status=Status.RETURNED),
    "approved": replace(HANDED_IN, status=Status.APPROVED),
    "refused": replace(HANDED_IN, status=Status.REFUSED),
    "withdrawn": replace(HANDED_IN, status=Status.WITHDRAWN),
    "of another department": replace(HANDED_IN, status=Status.APPROVED, department="HN-OC"),
    "of another employer": replace(HANDED_IN, status=Status.APPROVED, employer=OTHER_FARM),
    "of another country": replace(HANDED_IN, status=Status.APPROVED, nationality="SLV"),
    "of no vacancy": replace(HANDED_IN, status=Status.APPROVED, department=None, employer=None),
    "sent to a consulate": replace(HANDED_IN, agencies=ASKED),
    "of another country at a consulate": replace(HANDED_IN, nationality="SLV", agencies=ASKED),
    "erased": replace(HANDED_IN, status=Status.APPROVED, erased=True),
    "draft with help": replace(
        HANDED_IN, status=Status.DRAFT, submitted=False, assisted_by=HELPER.person
    ),
    "handed in with help": replace(HANDED_IN, assisted_by=HELPER.person),
}
SUBMITTED = set(FILES) - {"draft", "withdrawn draft", "draft with help", "erased"}
DECIDED = {"approved", "refused"}
OTHERS = {"of another department", "of another employer", "of another country", "of no vacancy"}
EMPLOYER = replace(stand_in(Role.EMPLOYER), employer=FARM)
PARTNER = replace(stand_in(Role.PARTNER_AUTHORITY), country="GTM")
CONSUL = replace(stand_in(Role.CONSULATE_OFFICER), country="GTM")
KNOWN: list[tuple[str, Actor, set[str]]] = [
    ("its worker", WORKER, set(FILES) - {"erased"}),
    ("another worker", OTHER_WORKER, set()),
    ("an official", SETRASS, SUBMITTED),
    (
        "an official of the department",
        replace(INM, department="HN-CP"),
        SUBMITTED - {"of another department", "of no vacancy"},
    ),
    (
        "an official of another department",
        replace(SETRASS, department="HN-OC"),
        {"of another department"},
    ),
    ("the employer", EMPLOYER, SUBMITTED - {"of another employer", "of no vacancy"}),
    ("another employer", replace(EMPLOYER, employer=UUID(int=9)), set()),
    ("an employer without one", replace(EMPLOYER, employer=None), set()),
    ("who helps", HELPER, {"draft with help"}),
    ("who helps others", replace(HELPER, person=person(77)), set()),
    ("its country", PARTNER, DECIDED | OTHERS - {"of another country"}),
    ("another country", replace(PARTNER, country="SLV"), {"of another country"}),
    ("its consulate", CONSUL, {"sent to a consulate"}),
    ("another consulate", replace(CONSUL, country="SLV"), {"of another country at a consulate"}),
    ("a consulate without a country", replace(CONSUL, country=None), set()),
    ("a country without one", replace(PARTNER, country=None), set()),
    ("its worker as an employer", replace(EMPLOYER, person=WORKER.person, employer=None), set()),
]


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2", "8.4.1")
@pytest.mark.feature("D1")
@pytest.mark.parametrize(("actor", "known"), [row[1:] for row in KNOWN], ids=[r[0] for r in KNOWN])
def test_what_each_may_know_of(actor: Actor, known: set[str]) -> None:
    reach = reach_of(actor)
    assert {name for name, file in FILES.items() if covers(reach, file)} == known


def test_a_role_that_nobody_thought_of_knows_of_nothing() -> None:
    some = {*AGENCY_OF, Role.WORKER, Role.EMPLOYER, Role.PARTNER_AUTHORITY, Role.SYSTEM}
    some |= {Role.FACILITATOR}
    assert {role for role in Role if ROWS[role] is not Whose.NONE} == some
    for role in set(Role) - some:
        reach = reach_of(replace(stand_in(role), department="HN-CP", employer=FARM, country="GTM"))
        assert not any(covers(reach, file) for file in FILES.values()), role


def test_the_service_itself_reaches_everything() -> None:
    assert all(covers(EVERYTHING, file) for file in FILES.values())
    assert reach_of(stand_in(Role.SYSTEM)).whose is Whose.EVERYTHING


def test_a_file_that_was_opened_for_a_reason_is_reached_and_no_other() -> None:
    bounded = reach_of(replace(SETRASS, department="HN-OC"))
    opened = opening(bounded, frozenset({HANDED_IN.id}))
    assert covers(opened, HANDED_IN)
    assert not covers(opened, replace(HANDED_IN, id=UUID(int=101)))
    assert not covers(opened, FILES["draft"])
    assert not covers(opened, FILES["erased"])


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.4.1")
@pytest.mark.parametrize("role", list(Role))
def test_whose_crossings_each_may_know_of(role: Role) -> None:
    here = Actor(person(9), role, post="HN-GT-1")
    nowhere = replace(here, post=None)
    if role in {Role.BORDER_AGENT, Role.POST_SUPERVISOR}:
        assert posts_of(here) == frozenset({"HN-GT-1"})
        assert posts_of(nowhere) == frozenset()
    elif AGENCY_OF.get(role) in OF_HONDURAS or role is Role.SYSTEM:
        assert posts_of(here) is posts_of(nowhere) is None
    else:
        assert posts_of(here) == posts_of(nowhere) == frozenset()
