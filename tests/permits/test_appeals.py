"""What a recourse may be directed against, until when, and who is too near to judge it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from permits.appeals import (
    Against,
    Appeal,
    Measure,
    Ruling,
    Stage,
    TakenBack,
    chance_of,
    check_judge,
    involved_in,
    measure_of,
)
from permits.applications import Status
from permits.approvals import Opinion
from permits.authorisations import AuthorisationId
from permits.deadlines import WorkingCalendar
from permits.errors import Conflict, Forbidden
from permits.people import Actor, Agency, PersonId, Role
from permits.policies import NO_TIES, Ties
from permits.programme_files import read
from permits.recommendations import Recommendation
from permits.retaliation import Codecision, CodecisionId, CodecisionState, Origin, Wish
from permits.revocations import Hearing, Outcome, Revocation, RevocationGround, RevocationId
from permits.suspensions import Ending, Suspension, SuspensionId, SuspensionReason
from tests.permits.cases import (
    CASE,
    DIGEST,
    INM,
    NOW,
    SETRASS,
    WORKER,
    application,
    decision,
    decisions,
    person,
)
from tests.permits.test_programmes import given_mapping

CLOCKS = read(given_mapping()).clocks
CALENDAR = WorkingCalendar(frozenset())
PROPOSER, CONFIRMER, JUDGE, NEW = (person(number) for number in (61, 62, 63, 64))
SUSPENDER, GIVER, ADVISER = (person(number) for number in (65, 66, 67))
DROPPER, REJECTER, ASKER, ANSWERER = (person(number) for number in (68, 69, 70, 71))
RIGHT = AuthorisationId(UUID(int=5))
LOST = Revocation(
    RevocationId(UUID(int=6)),
    RIGHT,
    WORKER.person,
    Agency.INM,
    (RevocationGround.FRAUD,),
    Origin.OWN,
    Hearing.IN_PERSON,
    "Dijo que no.",
    "No es suyo.",
    PROPOSER,
    NOW - timedelta(days=3),
    Outcome.CONFIRMED,
    CONFIRMER,
    NOW,
)
DROPPED = replace(LOST, proposed_by=DROPPER, outcome=Outcome.REJECTED, decided_by=REJECTER)
WISHED = Codecision(
    CodecisionId(UUID(int=9)),
    RIGHT,
    WORKER.person,
    Agency.INM,
    Wish.REVOKE,
    "Ya no viene.",
    ASKER,
    NOW,
    CodecisionState.REFUSED,
    ANSWERER,
    NOW,
    "Es represalia.",
)
PAUSED = Suspension(
    SuspensionId(UUID(int=8)),
    RIGHT,
    WORKER.person,
    Agency.INM,
    SUSPENDER,
    SuspensionReason.ALERT,
    Origin.OWN,
    "Hay que confirmar un dato.",
    NOW.date(),
    NOW.date(),
    NOW,
    Ending.REINSTATED,
    NOW,
    GIVER,
)
ADVISED = Recommendation(CASE, 1, DIGEST, Agency.INM, ADVISER, Opinion.APPROVE, "", NOW)
APPROVED = application(Status.APPROVED)
BY_TWO = decisions([(Agency.SETRASS, Opinion.APPROVE), (Agency.INM, Opinion.APPROVE)])
TAKEN = TakenBack(LOST.id, RIGHT, CONFIRMER)
MEASURE = Measure(1, DIGEST, Agency.INM, PROPOSER, NOW, TAKEN)
ASKED = Appeal(
    UUID(int=7),
    CASE,
    WORKER.person,
    1,
    DIGEST,
    Agency.INM,
    PROPOSER,
    Stage.RECONSIDERATION,
    "Es mío.",
    NOW,
    revocation=TAKEN,
)


@pytest.mark.feature("O10")
@pytest.mark.parametrize(
    ("status", "revocations", "expected"),
    [
        (Status.APPROVED, [LOST], MEASURE),
        (Status.APPROVED, [replace(LOST, follows=RevocationId(UUID(int=60)))], None),
        (Status.APPROVED, [], None),
        *(
            (Status.APPROVED, [replace(LOST, outcome=outcome)], None)
            for outcome in set(Outcome) - {Outcome.CONFIRMED}
        ),
        (Status.UNDER_REVIEW, [LOST], None),
    ],
)
def test_what_took_a_right_back_may_be_contested(
    status: Status, revocations: Sequence[Revocation], expected: Measure | None
) -> None:
    assert measure_of(application(status), BY_TWO, revocations) == expected


@pytest.mark.feature("O10")
def test_a_refusal_may_be_contested_as_before() -> None:
    refusal = decision(Agency.INM, Opinion.REFUSE)
    found = measure_of(application(Status.REFUSED), [refusal])
    assert found == Measure(1, DIGEST, Agency.INM, INM.person, NOW)
    assert (replace(ASKED, revocation=None).against, ASKED.against) == (
        Against.REFUSAL,
        Against.REVOCATION,
    )


UPHELD = replace(ASKED, ruling=Ruling.UPHELD, decided_by=JUDGE, decided_at=NOW + timedelta(days=7))


@pytest.mark.feature("O10")
@pytest.mark.parametrize(
    ("filed", "stage", "last_day"),
    [
        ([], Stage.RECONSIDERATION, date(2026, 12, 7)),  # ten working days
        ([ASKED], None, None),  # while it waits
        ([UPHELD], Stage.APPEAL, date(2026, 12, 21)),  # fifteen more
        ([replace(UPHELD, ruling=Ruling.OVERTURNED)], None, None),
        ([UPHELD, replace(UPHELD, stage=Stage.APPEAL)], None, None),
    ],
)
def test_each_step_once_in_its_term(
    filed: Sequence[Appeal], stage: Stage | None, last_day: date | None
) -> None:
    chance = chance_of(MEASURE, filed, CLOCKS, CALENDAR)
    if stage is None:
        assert chance is None
    else:
        assert chance is not None
        assert (chance.stage, chance.last_day) == (stage, last_day)


def judge(who: PersonId, agency_role: Role = Role.INM_SUPERVISOR, **changes: Any) -> None:  # noqa: ANN401
    appeal = replace(ASKED, **changes.pop("appeal", {}))
    filed = [UPHELD, appeal]
    ties = changes.pop("ties", NO_TIES)
    involved = involved_in(BY_TWO, filed, [PAUSED], [ADVISED], [DROPPED], [WISHED])
    check_judge(Actor(who, agency_role), appeal, involved, ties)


@pytest.mark.promise("P2")
@pytest.mark.feature("O10")
def test_who_took_part_in_anything_judges_nothing() -> None:
    judge(NEW)
    deciders = (PROPOSER, CONFIRMER, JUDGE, SETRASS.person, INM.person)
    for near in (*deciders, SUSPENDER, GIVER, ADVISER, DROPPER, REJECTER, ASKER, ANSWERER):
        with pytest.raises(Forbidden, match="involved-before"):
            judge(near)
    with pytest.raises(Forbidden, match="other-agency"):
        judge(NEW, Role.SETRASS_SUPERVISOR)
    with pytest.raises(Forbidden, match="not-permitted"):
        judge(NEW, Role.INM_OFFICER)
    with pytest.raises(Forbidden, match="own-case"):
        judge(NEW, ties=Ties(own=True))
    with pytest.raises(Conflict, match="already-judged"):
        judge(NEW, appeal={"ruling": Ruling.UPHELD})
