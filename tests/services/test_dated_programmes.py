"""A changed term counts for who applies from then on; a case keeps that of its first day."""

from dataclasses import replace
from datetime import date

import pytest

from app.services import answer_terms, applications
from app.services.case import load_case
from app.services.deadlines import term_of
from app.storage.applications import get_application
from permits.applications import ApplicationId, Status
from permits.approvals import Opinion
from permits.errors import Invalid
from permits.people import SYSTEM
from permits.programmes import Programme, Threshold
from permits.reach import EVERYTHING
from tests import outside
from tests.builders import Story
from tests.databases import Database

CHANGE = date(2026, 11, 24)
"""The day after the first one of every story."""


def shortened(programme: Programme, **terms: int) -> Programme:
    """The same programme with other terms from the change on."""
    every = dict(programme.versions.thresholds)
    for name, value in terms.items():
        later = Threshold(value, "decree", CHANGE, "changed", confirmed=True)
        every[f"clocks.{name}"] = (*every[f"clocks.{name}"], later)
    return replace(programme, versions=replace(programme.versions, thresholds=every))


@pytest.fixture
def changed(database: Database) -> Story:
    world = outside.ports()
    coffee = shortened(
        world.reference.programmes["coffee-hn-gt"],
        statutory_working_days=20,
        info_request_working_days=3,
    )
    known = {**world.reference.programmes, coffee.code: coffee}
    ports = replace(world, reference=replace(world.reference, programmes=known))
    return Story(database.sessions(), ports)


def statuses(story: Story, *applications: ApplicationId) -> list[Status]:
    return [get_application(story.session, one, reach=EVERYTHING).status for one in applications]


def term(story: Story) -> int:
    found = story.application
    told = term_of(
        story.work(SYSTEM), found.programme, found.status, found.submitted_at, found.due_at
    )
    assert told is not None
    return told.days


def test_a_case_keeps_the_term_of_the_day_on_which_it_was_handed_in(changed: Story) -> None:
    with changed.session:
        changed.start().submit()
        assert term(changed) == 40
        changed.later(days=1)  # the change is in force
        assert term(changed) == 39
        case = load_case(changed.work(changed.setrass), changed.id)
        assert case.programme.clocks.statutory_working_days.value == 40
        changed.start().submit()  # somebody else, on the day of the change
        assert term(changed) == 20


def older(programme: Programme) -> Programme:
    """Twenty years of age are asked from the change on."""
    later = Threshold(20, "decree", CHANGE, "changed", confirmed=True)
    every = {**programme.versions.thresholds}
    every["minimum_age_years"] = (*every["minimum_age_years"], later)
    return replace(programme, versions=replace(programme.versions, thresholds=every))


def test_who_was_old_enough_on_the_first_day_may_answer_and_send_again(changed: Story) -> None:
    reference = changed.ports.reference
    known = {code: older(one) for code, one in reference.programmes.items()}
    changed.ports = replace(changed.ports, reference=replace(reference, programmes=known))
    nineteen = date(2007, 5, 1)
    with changed.session:
        changed.start(date_of_birth=nineteen).submit()
        changed.decide(changed.setrass, Opinion.RETURN).later(days=2)
        changes = {"date_of_birth": nineteen, "surnames": "Otra"}
        applications.save_answers(changed.work(changed.worker), changed.id, changes)
        changed.submit().approve()
        assert changed.application.status is Status.APPROVED
        with pytest.raises(Invalid) as refused:
            changed.start(date_of_birth=nineteen)  # somebody else, after the change
    assert [fault.code for fault in refused.value.faults] == ["underage"]


def test_a_returned_case_lapses_by_the_term_of_its_own_day(changed: Story) -> None:
    with changed.session:
        changed.start().submit()
        first = changed.id
        changed.later(days=1).start().submit()
        second = changed.id
        for one in (first, second):
            changed.id = one
            changed.decide(changed.setrass, Opinion.RETURN)
        changed.later(days=4)  # over the three days, within the ten
        assert answer_terms.lapse_returned(changed.work(SYSTEM)) == 1
        assert statuses(changed, first, second) == [Status.RETURNED, Status.LAPSED]
        changed.later(days=14)
        assert answer_terms.lapse_returned(changed.work(SYSTEM)) == 1
        assert statuses(changed, first, second) == [Status.LAPSED, Status.LAPSED]
