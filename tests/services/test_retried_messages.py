"""A message whose channel is away: tried for two days, by day; one with a code is given up soon."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from app.services import effects, notices
from app.services.effects import EffectFailed
from app.services.ports import Letter, Ports
from app.storage import outbox
from app.storage.database import Session
from permits.notices import Notice, NoticeKind
from permits.people import SYSTEM
from permits.quiet_hours import read_hours
from tests.builders import NOW, PHONE, work_of

QUIET = read_hours("20:00-06:00")


class Away:
    """A channel that nobody answers on."""

    def send(self, letter: Letter, key: str) -> str:
        raise ConnectionError(letter.channel)


@pytest.fixture
def away(ports: Ports) -> Ports:
    return replace(ports, quiet_hours=QUIET, messenger=Away())


def tries_of(session: Session, ports: Ports, kind: NoticeKind) -> tuple[list[datetime], bool]:
    """When a message was tried until it was given up, and whether a person's turn came."""
    facts = {"receipt": "1", "link": "l", "number": "1", "code": "12345678"}
    work, tried = work_of(session, SYSTEM, ports, NOW), list[datetime]()
    notices.leave(work, Notice(kind, "es", "once", PHONE, None, facts))
    row = select(outbox.outbox).where(outbox.outbox.c.key == "once")
    while len(tried) < 200:
        kept = session.execute(row).one()
        if kept.failed_at is not None:
            return tried, True
        work = replace(work, now=kept.due_at)
        with pytest.raises(EffectFailed) as failed, session.begin_nested():
            effects.run_next_effect(work)
        tried.append(work.now)
        effects.postpone_effect(work, failed.value.due, failed.value.reason)
    return tried, False


@pytest.mark.feature("W11")
def test_a_channel_may_be_away_for_two_days_and_wakes_nobody(session: Session, away: Ports) -> None:
    tried, is_over = tries_of(session, away, NoticeKind.PERMIT_READY)
    assert is_over
    assert tried[-1] - tried[0] > timedelta(days=2)
    assert [at for at in tried if QUIET.holds(at)] == []
    pauses = [after - before for before, after in pairwise(tried)]
    assert pauses[:3] == [timedelta(seconds=2), timedelta(seconds=4), timedelta(seconds=8)]
    assert max(pauses) <= timedelta(hours=11)  # the night
    assert sorted(pauses)[len(pauses) // 2] == effects.LONGEST_PAUSE


@pytest.mark.feature("W11")
def test_a_code_that_is_worth_nothing_by_then_is_given_up(session: Session, away: Ports) -> None:
    tried, is_over = tries_of(session, away, NoticeKind.DRAFT_STARTED)
    assert is_over
    assert len(tried) == effects.TRIES
    assert tried[-1] - tried[0] < timedelta(minutes=5)
