"""Places are taken by SETRASS's approval and free again whenever it comes to nothing."""

import pytest

from app.services import applications, quotas
from app.services.case import load_case
from app.services.ports import Ports
from app.storage.database import Session
from app.storage.quotas import quota_places
from permits.applications import Status
from permits.approvals import Opinion
from permits.errors import Invalid
from permits.programmes import Mode
from permits.quotas import Scope
from tests.builders import ANSWERS, Story
from tests.quotas import rule, with_quotas
from tests.rights import RightStory


def held(session: Session) -> list[tuple[object, ...]]:
    """Every place that is taken: scope, number, whose."""
    columns = (quota_places.c.scope, quota_places.c.place, quota_places.c.application)
    query = quota_places.select().with_only_columns(*columns).order_by(*columns)
    return [tuple(row) for row in session.execute(query)]


def half(session: Session, ports: Ports) -> Story:
    """A case that SETRASS has approved."""
    story = Story(session, ports).start().submit()
    return story.decide(story.setrass, Opinion.APPROVE)


@pytest.mark.feature("O12")
def test_an_approval_of_setrass_takes_a_place_in_each_quota_and_a_permit_keeps_it(
    session: Session,
) -> None:
    ports = with_quotas(rule(Scope.SEASON, 3), rule(Scope.DEPARTMENT, 2))
    story = half(session, ports)
    taken = [("department", 1, story.id), ("season", 1, story.id)]
    assert held(session) == taken
    second = half(session, ports)
    assert [place for _, place, case in held(session) if case == second.id] == [2, 2]
    story.decide(story.inm, Opinion.APPROVE)
    assert [line for line in held(session) if line[2] == story.id] == taken
    assert story.application.status is Status.APPROVED


@pytest.mark.feature("O12")
@pytest.mark.parametrize("ending", ["refused", "returned", "withdrawn", "revoked"])
def test_a_place_is_free_again_once_the_approval_comes_to_nothing(
    session: Session, ending: str
) -> None:
    ports = with_quotas(rule(Scope.SEASON, 1))
    story = half(session, ports)
    if ending == "refused":
        story.decide(story.inm, Opinion.REFUSE)
    elif ending == "returned":
        story.decide(story.inm, Opinion.RETURN)
    elif ending == "withdrawn":
        applications.withdraw_application(story.work(story.worker), story.id)
    else:
        right = RightStory(story.decide(story.inm, Opinion.APPROVE).sign()).propose()
        assert held(session) == [("season", 1, story.id)]
        right.confirm()
    assert held(session) == []
    next_one = half(session, ports)
    assert held(session) == [("season", 1, next_one.id)]


@pytest.mark.feature("O12")
def test_a_new_round_takes_a_place_anew(session: Session) -> None:
    ports = with_quotas(rule(Scope.SEASON, 1))
    story = half(session, ports)
    story.decide(story.inm, Opinion.RETURN)
    applications.save_answers(
        story.work(story.worker), story.id, {"surnames": str(ANSWERS["surnames"])}
    )
    story.submit().decide(story.setrass, Opinion.APPROVE)
    assert held(session) == [("season", 1, story.id)]


@pytest.mark.feature("O12")
def test_a_full_quota_refuses_the_approval_alone_and_names_every_quota_that_is_full(
    session: Session,
) -> None:
    ports = with_quotas(rule(Scope.SEASON, 1), rule(Scope.EMPLOYER, 5), rule(Scope.DEPARTMENT, 0))
    with pytest.raises(Invalid) as refused:
        half(session, ports)
    assert [(f.code, f.field, f.facts) for f in refused.value.faults] == [
        ("quota-full", "opinion", {"quota": "department", "of": "Copán", "total": 0})
    ]
    ports = with_quotas(rule(Scope.SEASON, 1), rule(Scope.MUNICIPALITY, 1))
    half(session, ports)
    waiting = Story(session, ports).start().submit()
    with pytest.raises(Invalid) as refused:
        waiting.decide(waiting.setrass, Opinion.APPROVE)
    assert [fault.facts for fault in refused.value.faults] == [
        {"quota": "season", "of": "2026–2027", "total": 1},
        {"quota": "municipality", "of": "Copán Ruinas", "total": 1},
    ]
    statuses = [waiting.application.status]
    waiting.decide(waiting.setrass, Opinion.REFUSE)
    statuses.append(waiting.application.status)
    assert statuses == [Status.UNDER_REVIEW, Status.REFUSED]


def test_side_by_side_only_setrass_takes_places(session: Session) -> None:
    ports = with_quotas(rule(Scope.SEASON, 1), mode=Mode.PARALLEL)
    story = Story(session, ports).start().submit()
    story.decide(story.inm, Opinion.APPROVE)
    assert held(session) == []
    story.decide(story.setrass, Opinion.APPROVE)
    assert held(session) == [("season", 1, story.id)]


def test_a_gap_is_filled_once_the_highest_number_is_taken(session: Session) -> None:
    ports = with_quotas(rule(Scope.SEASON, 3))
    first, _, _ = (half(session, ports) for _ in range(3))
    first.decide(first.inm, Opinion.REFUSE)
    last = half(session, ports)
    assert [place for _, place, case in held(session) if case == last.id] == [1]


@pytest.mark.feature("O12")
def test_a_case_shows_what_is_taken_of_each_quota_that_it_falls_under(session: Session) -> None:
    ports = with_quotas(rule(Scope.SEASON, 9), rule(Scope.EMPLOYER, 4))
    half(session, ports)
    story = Story(session, ports).start().submit()
    work = story.work(story.setrass)
    shown = quotas.list_shown(work, load_case(work, story.id))
    assert [(one.usage.count.scope, one.name, one.usage.used) for one in shown] == [
        (Scope.SEASON, "2026–2027", 1),
        (Scope.EMPLOYER, "Finca El Cedral", 0),
    ]
