"""The season of a load's rights: coming in, being asked how it goes, going home, and after."""

import json
from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from app.demo.load_made import Pile
from app.demo.officials import demo_cast, official
from app.demo.stage import Stage
from app.storage.check_ins import CHECKED, FOUND
from app.storage.return_surveys import ANSWERS
from permits.audit import Act, Fact
from permits.authorisations import Authorisation
from permits.crossings import Anomaly, Direction
from permits.deadlines import end_of, legal_day, start_of
from permits.issuing import Credential
from permits.people import SYSTEM
from permits.return_surveys import ComingBack, SurveyAnswers, YesNo
from recruitment.check_ins import CheckInAnswers, Moment

CAME_OF_HUNDRED, LEFT_OF_HUNDRED, MARKED_OF_HUNDRED = 92, 85, 3
TOLD_OF_HUNDRED, ANSWERED_OF_HUNDRED, HELP_OF_HUNDRED = 45, 60, 25
REFERRED_OF_HUNDRED = 40
MARKED = [Anomaly.ENTRY_WITHOUT_EXIT.value]
WELL = CheckInAnswers("yes", "yes", "no", "yes", "yes", "no")
ASKED_ON = ((Moment.FIRST_WEEK, 7), (Moment.FIRST_MONTH, 30), (Moment.SECOND_MONTH, 60))
OPEN = timedelta(days=7)
CLOSING = timedelta(days=30)
"""Days in which a check-in, and a survey, is answered."""

BACK = SurveyAnswers(YesNo.YES, YesNo.YES, YesNo.NO, YesNo.YES, ComingBack.SAME_EMPLOYER, YesNo.NO)
NEEDY = SurveyAnswers(
    YesNo.YES, YesNo.NO, YesNo.NO, YesNo.YES, ComingBack.NO, YesNo.YES, call_me=True
)


class Stays:
    """Lays aside what happens in the days of a right, as far as they have come."""

    def __init__(self, stage: Stage, pile: Pile) -> None:
        self._pile, self._vault, self._now = pile, stage.ports.vault, stage.now
        self._agents, self._desk = demo_cast().agents, official("jefa.setrass")

    def add(
        self, right: Authorisation, employer: UUID, card: Credential, ended_at: datetime | None
    ) -> None:
        """The crossings, check-ins and survey of a right; `ended_at` where its worker ended it."""
        today = legal_day(self._now)
        if right.valid_from >= today:
            return
        came = self._pile.is_one_of(CAME_OF_HUNDRED, 100)
        if came:
            self._cross(card, Direction.ENTRY, self._hour(right.valid_from))
            self._check_in(right, employer, min(right.valid_until, today))
        last = legal_day(ended_at) if ended_at else right.valid_until
        if last >= today:
            return
        if came and self._pile.is_one_of(LEFT_OF_HUNDRED, 100):
            self._cross(card, Direction.EXIT, self._hour(max(last, right.valid_from)))
        self._survey(right, end_of(last) + timedelta(hours=9))

    def _hour(self, day: date) -> datetime:
        """By daylight."""
        return start_of(day) + timedelta(minutes=self._pile.random.randrange(6 * 60, 19 * 60))

    def _cross(self, card: Credential, direction: Direction, at: datetime) -> None:
        agent = self._pile.random.choice(self._agents)
        offline, identity = self._pile.is_one_of(40, 100), self._pile.new_id()
        at = min(at, self._now)
        row = {
            "id": identity,
            "number": card.number,
            "direction": direction.value,
            "post": agent.post,
            "device": f"demo-{agent.post}",
            "agent": agent.person,
            "device_time": at,
            "received_at": at + timedelta(minutes=2 if offline else 0),
            "verdict": "green",
            "reason": "ok",
            "offline": offline,
            "list_issued_at": at - timedelta(hours=3),
            "anomalies": MARKED if self._pile.is_one_of(MARKED_OF_HUNDRED, 100) else [],
        }
        self._pile.keep("crossings", row)
        told = {"direction": direction.value, "post": str(agent.post), "verdict": "green"}
        facts: dict[str, Fact] = {**told, "minors": 0, "offline": offline}
        self._pile.tell(Act.CROSSING_RECORDED, identity, agent, at, facts)

    def _check_in(self, right: Authorisation, employer: UUID, until: date) -> None:
        for moment, days in ASKED_ON:
            day = right.valid_from + timedelta(days=days)
            if day < until:
                self._ask(right, employer, moment, start_of(day) + timedelta(hours=15))

    def _ask(self, right: Authorisation, employer: UUID, moment: Moment, at: datetime) -> None:
        identity, told = self._pile.new_id(), self._pile.is_one_of(TOLD_OF_HUNDRED, 100)
        answers = json.dumps(asdict(WELL))
        answered_at = min(at + timedelta(hours=4), self._now)
        row = {
            "id": identity,
            "authorisation": right.id,
            "application": right.application,
            "worker": right.worker,
            "employer": employer,
            "farm": None,
            "programme": right.programme,
            "moment": moment.value,
            "token_hash": self._pile.random.randbytes(32),
            "checked_at": at,
            "closes_at": at + OPEN,
            "answers": self._vault.seal(CHECKED, identity, answers) if told else None,
            "findings": self._vault.seal(FOUND, identity, "[]") if told else None,
            "answered_at": answered_at if told else None,
            "answer_way": "link" if told else None,
        }
        self._pile.keep("check_ins", row)
        self._pile.tell(Act.CHECK_IN_ASKED, identity, SYSTEM, at, {"moment": moment.value})

    def _survey(self, right: Authorisation, at: datetime) -> None:
        if at > self._now:
            return
        answered = self._pile.is_one_of(ANSWERED_OF_HUNDRED, 100)
        needy = answered and self._pile.is_one_of(HELP_OF_HUNDRED, 100)
        said = json.dumps(asdict(NEEDY if needy else BACK))
        done, closes_on = min(at + timedelta(days=2), self._now), legal_day(at) + CLOSING
        row = {
            "authorisation": right.id,
            "application": right.application,
            "worker": right.worker,
            "programme": right.programme,
            "surveyed_at": at,
            "closes_on": closes_on,
            "answers": self._vault.seal(ANSWERS, right.id, said) if answered else None,
            "answered_at": done if answered else None,
            "tasks": ["call", "help"] if needy else [],
        }
        self._pile.keep("return_surveys", row)
        facts = {"closes": closes_on.isoformat()}
        self._pile.tell(Act.RETURN_ASKED, right.id, SYSTEM, at, facts)
        if needy and self._pile.is_one_of(REFERRED_OF_HUNDRED, 100):
            self._refer(right, done)

    def _refer(self, right: Authorisation, at: datetime) -> None:
        row = {
            "id": self._pile.new_id(),
            "application": right.application,
            "worker": right.worker,
            "kind": "work",
            "office": "mintrab",
            "place": "Oficina de empleo de ejemplo",
            "agreed_at": at,
            "heard_by": self._desk.person,
        }
        self._pile.keep("return_referrals", row)
        told = {"office": "mintrab"}
        self._pile.tell(Act.RETURN_REFERRED, right.application, self._desk, at, told)
