"""How the job goes for some people of the demonstration: alarms, well answered, a silent farm."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from app.demo.stage import Stage
from app.services import check_ins
from app.storage import working_rights
from app.storage.working_rights import WorkingRight
from permits.deadlines import legal_day
from permits.people import Actor, Role
from recruitment.check_ins import CheckIn, Moment

WELL = {
    "paid": "yes",
    "rest": "yes",
    "document": "no",
    "free": "yes",
    "living": "yes",
    "safe": "no",
}
SAID: Sequence[tuple[Mapping[str, str], bool]] = (
    ({"safe": "threatened", "document": "yes"}, False),
    ({"paid": "less"}, True),
    ({"living": "bad"}, False),
    ({}, False),
    ({}, False),
)
"""What the first who answer tell beside that all is well, and whether SETRASS may act on it."""

LONG_AGO, LATELY = timedelta(days=9), timedelta(hours=20)


def seed_during(stage: Stage) -> None:
    """The farm with most people was asked nine days ago and is silent; others were asked lately."""
    working = working_rights.list_working(stage.session, legal_day(stage.now), 500)
    farms = Counter(one.employer for one in working if one.employer)
    if not farms:
        return
    silent = farms.most_common(1)[0][0]
    here = [one for one in working if one.employer == silent]
    for right in here:
        _ask(stage, right, LONG_AGO)
    others = [one for one in working if one.employer not in {silent, None}]
    for number, right in enumerate(others[: 2 * len(SAID)]):
        asked = _ask(stage, right, LATELY)
        if asked is not None and number < len(SAID):
            _answer(stage, right, asked, *SAID[number])


def _ask(stage: Stage, right: WorkingRight, ago: timedelta) -> CheckIn | None:
    return check_ins.ask_worker(stage.work(stage.now - ago), right, Moment.FIRST_WEEK)


def _answer(
    stage: Stage, right: WorkingRight, asked: CheckIn, other: Mapping[str, str], act: bool
) -> None:
    work = stage.work(stage.now - timedelta(hours=2), Actor(right.worker, Role.WORKER))
    check_ins.answer_own(work, right.application, asked.id, WELL | dict(other), act=act)
