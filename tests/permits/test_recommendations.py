"""One official recommends, another decides; and who decided before a recourse does not again."""

from dataclasses import replace

import pytest

from permits import policies
from permits.approvals import Opinion
from permits.errors import Conflict, DomainError, Forbidden
from permits.findings import Finding, Severity
from permits.people import Actor, Agency, Role
from permits.policies import Ties
from permits.recommendations import (
    Advice,
    Recommendation,
    decided_before_recourse,
    digest_findings,
    find_recommendation_faults,
)
from tests.permits.cases import (
    BOTH,
    INM,
    SETRASS,
    SETRASS_TOO,
    WORKER,
    application,
    decision,
    person,
    recommendation,
)

WANTED = (Agency.SETRASS,)
ANALYST = Actor(person(22), Role.SETRASS_ANALYST, "Delia")
NONE_YET = Advice(WANTED)
BY_ANALYST = Advice(WANTED, (recommendation(ANALYST),))
BY_OFFICER = Advice(WANTED, (recommendation(SETRASS),))


def decide(who: Actor, advice: Advice, opinion: Opinion = Opinion.APPROVE) -> str:
    try:
        turn = policies.Turn(application(), [], BOTH, sequential=False, advice=advice)
        policies.check_decide(who, turn, opinion)
    except DomainError as refused:
        return refused.code
    return ""


@pytest.mark.feature("O1")
@pytest.mark.parametrize(
    ("who", "advice", "opinion", "code"),
    [
        (SETRASS, Advice(), Opinion.APPROVE, ""),
        (SETRASS, NONE_YET, Opinion.APPROVE, "recommendation-missing"),
        (SETRASS, NONE_YET, Opinion.REFUSE, "recommendation-missing"),
        (SETRASS, NONE_YET, Opinion.RETURN, ""),
        (INM, NONE_YET, Opinion.APPROVE, ""),
        (SETRASS, BY_ANALYST, Opinion.APPROVE, ""),
        (SETRASS, BY_ANALYST, Opinion.REFUSE, ""),
        (SETRASS, BY_OFFICER, Opinion.APPROVE, "own-recommendation"),
        (SETRASS, BY_OFFICER, Opinion.RETURN, "own-recommendation"),
        (SETRASS_TOO, BY_OFFICER, Opinion.APPROVE, ""),
        (ANALYST, NONE_YET, Opinion.APPROVE, "not-permitted"),
    ],
)
def test_who_decides_on_what_was_recommended(
    who: Actor, advice: Advice, opinion: Opinion, code: str
) -> None:
    assert decide(who, advice, opinion) == code


@pytest.mark.feature("O1")
@pytest.mark.parametrize(
    ("who", "advice", "taken", "ties", "code"),
    [
        (ANALYST, NONE_YET, [], Ties(), ""),
        (SETRASS, NONE_YET, [], Ties(), ""),
        (INM, NONE_YET, [], Ties(), "no-recommendation-wanted"),
        (SETRASS, Advice(), [], Ties(), "no-recommendation-wanted"),
        (SETRASS_TOO, BY_ANALYST, [], Ties(), "already-recommended"),
        (SETRASS_TOO, NONE_YET, [decision(Agency.SETRASS)], Ties(), "agency-already-decided"),
        (ANALYST, NONE_YET, [], Ties(own=True), "own-case"),
        (ANALYST, NONE_YET, [], Ties(decided_before=True), "decided-before-recourse"),
        (WORKER, NONE_YET, [], Ties(), "not-permitted"),
        (replace(ANALYST, role=Role.SETRASS_SUPERVISOR), NONE_YET, [], Ties(), "not-permitted"),
    ],
)
def test_who_recommends(
    who: Actor, advice: Advice, taken: list[object], ties: Ties, code: str
) -> None:
    try:
        turn = policies.Turn(
            application(),
            taken,  # type: ignore[arg-type]
            BOTH,
            sequential=False,
            ties=ties,
            advice=advice,
        )
        policies.check_recommend(who, turn)
        told = ""
    except (Forbidden, Conflict) as refused:
        told = refused.code
    assert told == code


def test_nothing_is_returned_by_a_recommendation_and_a_refusal_names_grounds() -> None:
    def codes(opinion: Opinion) -> list[str]:
        return [f.code for f in find_recommendation_faults(Agency.SETRASS, opinion, (), "")]

    assert codes(Opinion.RETURN) == ["unknown-value"]
    assert codes(Opinion.REFUSE) == ["grounds-missing"]
    assert codes(Opinion.APPROVE) == []


def test_the_digest_of_findings_knows_no_order_and_every_fact() -> None:
    one = Finding("wage-below", Severity.BLOCK, "Ley", field="offer", facts={"minimum": 300})
    two = Finding("similar", Severity.WARN, "Ley")
    assert digest_findings([one, two]) == digest_findings([two, one])
    assert digest_findings([one]) != digest_findings([one, two])
    assert digest_findings([one]) != digest_findings([replace(one, facts={"minimum": 301})])


@pytest.mark.feature("O10")
def test_who_decided_up_to_an_overturned_refusal_is_out_of_every_round_after() -> None:
    first = decision(Agency.SETRASS)
    refusal = decision(Agency.INM, Opinion.REFUSE)
    later = decision(Agency.SETRASS, round=2, official=SETRASS_TOO.person)
    every = [first, refusal, later]
    both = {SETRASS.person, INM.person}
    assert decided_before_recourse(every, [], 2) == frozenset()
    assert decided_before_recourse(every, [1], 1) == frozenset()
    assert decided_before_recourse(every, [1], 2) == both
    assert decided_before_recourse(every, [1], 3) == both
    assert decided_before_recourse(every, [1, 2], 3) == both | {SETRASS_TOO.person}


def test_an_agency_has_one_of_each_round() -> None:
    given: Recommendation | None = BY_ANALYST.of(Agency.SETRASS)
    assert given is not None
    assert BY_ANALYST.of(Agency.INM) is None
    assert (NONE_YET.is_missing(Agency.SETRASS), BY_ANALYST.is_missing(Agency.SETRASS)) == (
        True,
        False,
    )
    assert not NONE_YET.is_missing(Agency.INM)
