"""A clock that goes wrong: what counts is the order in which things were written down."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.services import status_lists
from app.services.credentials import find_permit_of
from app.services.log_checks import check_log
from app.services.ports import Ports
from app.services.verification import judge
from permits.applications import Status
from permits.approvals import Opinion
from permits.damages import Kind
from permits.people import SYSTEM
from permits.permit_claims import read_claims
from permits.scans import Reason
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


def test_seconds_that_32_bits_do_not_hold_are_as_good_as_others(
    session: Session, ports: Ports
) -> None:
    """A permit that is signed before 19 January 2038, 03:14:07, and used after it."""
    last = datetime.fromtimestamp(2**31 - 1, UTC)
    story = Story(session, ports, last - timedelta(days=2)).start().submit().approve().sign()
    card = find_permit_of(story.work(story.worker), story.id)
    assert card is not None
    claims = read_claims(card.credential.payload)
    assert claims.valid_from < last + timedelta(days=30) < claims.expires
    story.later(days=30)
    status_lists.republish_due(story.work(SYSTEM))
    judged = judge(story.work(SYSTEM), card.credential.text or "")
    assert (judged.signature, judged.reason) == ("valid", Reason.OK)
