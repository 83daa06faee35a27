"""A clock that goes wrong: what counts is the order in which things were written down."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from app.services.log_checks import check_log
from app.services.ports import Ports
from permits.applications import Status
from permits.approvals import Opinion
from permits.damages import Kind
from tests.builders import Story
from tests.databases import Database
from tests.services.logbook import Logbook

pytestmark = pytest.mark.promise("P29")

JUMPS = {
    "an hour back": timedelta(hours=-1),
    "an hour on": timedelta(hours=1),
    "a week back": timedelta(days=-7),
    "into the next season": timedelta(days=70),
}
WRITTEN = """
SELECT act, facts ->> 'agency' AS agency FROM audit_events
WHERE act IN ('application:decide', 'credential:prepare', 'credential:sign') ORDER BY id
"""


@pytest.mark.parametrize("jump", JUMPS.values(), ids=JUMPS)
def test_between_two_decisions_it_turns_nothing_around(story: Story, jump: timedelta) -> None:
    story.start().submit().later(days=8).decide(story.setrass, Opinion.APPROVE)
    story.now += jump
    story.decide(story.inm, Opinion.APPROVE).sign()
    assert story.application.status is Status.APPROVED
    rows = story.session.execute(text(WRITTEN)).all()
    assert [tuple(row) for row in rows] == [
        ("application:decide", "setrass"),
        ("application:decide", "inm"),
        ("credential:prepare", None),
        ("credential:sign", None),
    ]


@pytest.mark.parametrize(
    ("jump", "told"),
    [
        (timedelta(hours=-1), set()),
        (timedelta(days=70), set()),
        (timedelta(days=-7), {Kind.BACK_DATED}),
    ],
)
def test_the_log_is_numbered_by_its_order_and_tells_of_days_gone_back(
    database: Database, ports: Ports, jump: timedelta, told: set[Kind]
) -> None:
    book = Logbook(database, ports).write(5).seal()
    book.now += jump
    book.write(5).seal()
    with book.work(repeatable=True) as work:
        report = check_log(work, None)
    assert (report.events, report.waiting) == (10, 0)
    assert {damage.kind for damage in report.damages} == told
