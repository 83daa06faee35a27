"""Who travels along is told by the worker, seen by both agencies, and given nothing."""

from dataclasses import replace
from datetime import date

import pytest

from app.services import applications, companions
from app.services.companions import Told
from app.services.dossiers import read_dossier
from app.services.ports import Ports
from app.storage import audit, credentials
from app.storage.authorisations import find_of_application
from app.storage.database import Session
from permits.applications import Status
from permits.approvals import Opinion
from permits.audit import Act
from permits.companions import MOST_COMPANIONS, Relation
from permits.errors import Conflict, Invalid, NotFound
from permits.people import Actor
from tests.builders import Story
from tests.services.test_retention import mentions

CHILD = Told(Relation.CHILD, "  José   Ñamendí ", date(2018, 5, 4), "b 778-8210")


def add(story: Story, told: Told = CHILD, by: Actor | None = None) -> object:
    return companions.add_companion(story.work(by or story.worker), story.id, told)


@pytest.mark.feature("W24")
def test_both_agencies_see_who_travels_along_and_the_decided_content_stays(story: Story) -> None:
    story.start().submit()
    digest = story.application.digest
    add(story)
    add(story, Told(Relation.OTHER, "Ana Paz", date(2010, 1, 2)))
    for official in (story.setrass, story.inm):
        shown = read_dossier(story.work(official), story.id).companions
        assert [(c.relation, c.full_name, c.document) for c in shown] == [
            (Relation.OTHER, "Ana Paz", ""),
            (Relation.CHILD, "José Ñamendí", "B7788210"),
        ]
    assert story.application.digest == digest
    acts = [event.act for event in audit.list_events(story.session, story.id)]
    assert acts.count(Act.COMPANION_ADDED) == 2


@pytest.mark.feature("W24")
def test_the_permit_names_the_worker_alone(story: Story) -> None:
    story.start()
    add(story, replace(CHILD, document="9988776"))
    story.submit().approve().sign()
    right = find_of_application(story.session, story.id)
    assert right is not None
    vault = story.ports.vault
    [card] = credentials.list_of_right(story.session, vault, right.id)
    assert "María Ángela".encode() in card.payload
    for told in ("José", "Ñamendí José", "9988776"):
        assert told.encode() not in card.payload
    assert mentions(story.session, "José") == {"companions"}
    assert mentions(story.session, "9988776") == set()  # it stands sealed


@pytest.mark.feature("W24")
def test_somebody_who_stays_at_home_is_forgotten_once(story: Story) -> None:
    story.start()
    add(story)
    [one] = companions.list_own(story.work(story.worker), story.id)
    companions.remove_companion(story.work(story.worker), story.id, one.id)
    assert companions.list_own(story.work(story.worker), story.id) == []
    with pytest.raises(NotFound, match="no-such-companion"):
        companions.remove_companion(story.work(story.worker), story.id, one.id)


def test_nobody_else_tells_or_removes_anybody(session: Session, ports: Ports) -> None:
    story, other = Story(session, ports).start().submit(), Story(session, ports).start()
    add(story)
    [one] = companions.list_own(story.work(story.worker), story.id)
    with pytest.raises(NotFound):
        add(story, by=other.worker)
    with pytest.raises(NotFound):
        companions.list_own(story.work(other.worker), story.id)
    with pytest.raises(NotFound):  # another's companion, named under one's own application
        companions.remove_companion(other.work(other.worker), other.id, one.id)
    assert len(companions.list_own(story.work(story.worker), story.id)) == 1


def test_faults_and_too_many_and_too_late_change_nothing(story: Story) -> None:
    story.start()
    with pytest.raises(Invalid) as refused:
        add(story, Told(Relation.CHILD, " ", date(2000, 1, 1)))
    assert [(f.code, f.field) for f in refused.value.faults] == [
        ("missing", "full_name"),
        ("child-of-age", "date_of_birth"),
    ]
    for day in range(1, MOST_COMPANIONS + 1):
        for _ in range(2):  # the same person told of twice is one
            add(story, replace(CHILD, date_of_birth=date(2018, 6, day)))
    with pytest.raises(Conflict, match="too-many-companions"):
        add(story)
    story.submit().decide(story.setrass, Opinion.REFUSE)
    with pytest.raises(Conflict, match="application-over"):
        add(story)
    assert len(companions.list_own(story.work(story.worker), story.id)) == MOST_COMPANIONS


UNDERAGE = date(2008, 11, 24)
"""Eighteen the day after the tests' day."""


@pytest.mark.feature("W24")
def test_nobody_under_the_programmes_age_answers_or_hands_in(story: Story) -> None:
    """Neither by an answer, nor where the age was raised after it was given."""
    with pytest.raises(Invalid) as refused:
        story.start(date_of_birth=UNDERAGE)
    assert [(f.code, f.facts) for f in refused.value.faults] == [("underage", {"minimum": 18})]
    story.start(date_of_birth=date(2008, 11, 23))
    coffee = story.ports.reference.programmes["coffee-hn-gt"]
    raised = (replace(coffee.minimum_age_years, value=21),)
    thresholds = {**coffee.versions.thresholds, "minimum_age_years": raised}
    older = replace(coffee, versions=replace(coffee.versions, thresholds=thresholds))
    reference = replace(story.ports.reference, programmes={coffee.code: older})
    story.ports = replace(story.ports, reference=reference)
    with pytest.raises(Invalid) as refused:
        story.submit()
    assert [(f.code, f.facts) for f in refused.value.faults] == [("underage", {"minimum": 21})]
    assert story.application.status is Status.DRAFT
    kept = applications.read_own(story.work(story.worker), story.id).answers
    assert kept.date_of_birth == date(2008, 11, 23)
