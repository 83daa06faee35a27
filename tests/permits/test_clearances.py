"""The clearance: what it is made of, and every way in which it is refused."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from permits.applications import Application, ApplicationId, Status
from permits.approvals import Decision, Opinion
from permits.clearances import Clearance, clear
from permits.errors import Conflict
from permits.people import Agency, PersonId
from tests.permits.cases import BOTH, CASE, DIGEST, INM, SETRASS, WORKER, application, decision

APPROVED = application(Status.APPROVED)
LABOUR, MIGRATION = decision(Agency.SETRASS), decision(Agency.INM)


@pytest.mark.promise("P2")
@pytest.mark.asvs("2.3.5")
@pytest.mark.feature("O2")
def test_two_approvals_of_one_digest_by_two_people_clear() -> None:
    cleared = clear(APPROVED, [LABOUR, MIGRATION], BOTH)
    assert (cleared.application, cleared.round, cleared.digest) == (CASE, 1, DIGEST)
    assert cleared.agencies == BOTH
    assert clear(APPROVED, [MIGRATION, LABOUR], BOTH) == cleared


REFUSED: dict[str, tuple[Application, Sequence[Decision], Sequence[Agency], str]] = {
    **{
        f"the application is {status.value}": (
            application(status),
            [LABOUR, MIGRATION],
            BOTH,
            "not-approved",
        )
        for status in Status
        if status is not Status.APPROVED
    },
    "no agency is required": (APPROVED, [LABOUR, MIGRATION], (), "no-agency-required"),
    "nobody decided": (APPROVED, [], BOTH, "approval-missing"),
    "migration is missing": (APPROVED, [LABOUR], BOTH, "approval-missing"),
    "labour is missing": (APPROVED, [MIGRATION], BOTH, "approval-missing"),
    "one returned": (
        APPROVED,
        [LABOUR, decision(Agency.INM, Opinion.RETURN)],
        BOTH,
        "approval-missing",
    ),
    "one refused": (
        APPROVED,
        [decision(Agency.SETRASS, Opinion.REFUSE), MIGRATION],
        BOTH,
        "approval-missing",
    ),
    "a refusal hides behind an approval of the same agency": (
        APPROVED,
        [decision(Agency.SETRASS, Opinion.REFUSE), LABOUR, MIGRATION],
        BOTH,
        "not-an-approval",
    ),
    "an agency decided twice": (
        APPROVED,
        [LABOUR, replace(LABOUR, official=PersonId(UUID(int=77))), MIGRATION],
        BOTH,
        "agency-twice",
    ),
    "one official for both agencies": (
        APPROVED,
        [LABOUR, replace(MIGRATION, official=SETRASS.person)],
        BOTH,
        "one-official-for-two",
    ),
    "the worker for labour": (
        APPROVED,
        [replace(LABOUR, official=WORKER.person), MIGRATION],
        BOTH,
        "own-case",
    ),
    "the worker for migration": (
        APPROVED,
        [LABOUR, replace(MIGRATION, official=WORKER.person)],
        BOTH,
        "own-case",
    ),
    "an approval of another digest": (
        APPROVED,
        [LABOUR, replace(MIGRATION, digest="e" * 64)],
        BOTH,
        "other-content",
    ),
    "both approvals of another digest": (
        APPROVED,
        [replace(LABOUR, digest="e" * 64), replace(MIGRATION, digest="e" * 64)],
        BOTH,
        "other-content",
    ),
    "an approval of an earlier round": (
        replace(APPROVED, round=2),
        [LABOUR, replace(MIGRATION, round=2)],
        BOTH,
        "other-content",
    ),
    "an approval of another application": (
        APPROVED,
        [LABOUR, replace(MIGRATION, application=ApplicationId(UUID(int=999)))],
        BOTH,
        "other-content",
    ),
    "the application has no digest": (
        replace(APPROVED, digest=None),
        [replace(d, digest=None) for d in (LABOUR, MIGRATION)],  # type: ignore[arg-type]
        BOTH,
        "no-digest",
    ),
}


@pytest.mark.promise("P2", "P3")
@pytest.mark.asvs("2.3.5")
@pytest.mark.feature("O2")
@pytest.mark.parametrize("way", REFUSED)
def test_every_way_in_which_it_is_refused(way: str) -> None:
    case, taken, required, reason = REFUSED[way]
    with pytest.raises(Conflict) as refused:
        clear(case, taken, required)
    assert (refused.value.code, refused.value.facts) == ("not-cleared", {"reason": reason})


@pytest.mark.parametrize("seal", [None, object(), True, "seal"])
def test_nobody_else_makes_a_clearance(seal: object) -> None:
    with pytest.raises(TypeError):
        Clearance(CASE, 1, DIGEST, BOTH, seal)


@pytest.mark.promise("P4")
def test_a_clearance_is_not_moved_to_another_case() -> None:
    cleared = clear(APPROVED, [LABOUR, MIGRATION], BOTH)
    with pytest.raises(AttributeError):
        cleared.digest = "e" * 64  # type: ignore[misc]
    assert INM.person != SETRASS.person
