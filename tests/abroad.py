"""People on the roster for work abroad, and how far one of them came with an employer."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from app.services import accounts, candidates, roster, selections
from app.services.candidates import Candidacy, Move
from app.services.ports import Ports
from app.services.roster import Profile
from app.storage.accounts import Account
from app.storage.database import Session
from app.storage.vacancies import find_vacancy
from permits.deadlines import legal_day
from permits.people import SYSTEM, Actor, PersonId, Role
from recruitment.candidacies import CandidacyAction, Outcome
from recruitment.roster import Education, Proof, Trade
from tests import builders
from tests.builders import ABROAD, Story

PICKER = "9211"


def profile(story: Story, **changes: Any) -> Profile:  # noqa: ANN401
    """Three years in the fields, shown on paper; free from today, for Canada."""
    told = Profile(
        (Trade(PICKER, 3, Proof.PAPER),),
        frozenset({"spa"}),
        Education.PRIMARY,
        frozenset(),
        legal_day(story.now),
        None,
        frozenset({"twap-canada"}),
    )
    return replace(told, **changes)


def waiting(session: Session, ports: Ports, number: str = "0801199490001", **said: Any) -> Story:  # noqa: ANN401
    """Somebody whose draft names no work yet, on the roster."""
    story = Story(session, ports)
    return enlist(story, number, **said)


def enlist(story: Story, number: str = "0801199490001", **said: Any) -> Story:  # noqa: ANN401
    """The same for a story that has not begun; a vacancy abroad is made beside it."""
    answers: dict[str, Any] = {**ABROAD, "document_number": number}
    story.start(programme="twap-canada", **answers)
    roster.join_roster(story.work(story.worker), story.id, profile(story, **said))
    return story


def work_abroad(story: Story, **changes: Any) -> UUID:  # noqa: ANN401
    """Another vacancy in Canada, of a new employer."""
    given = {"programme": "twap-canada", "now": story.now, **changes}
    return builders.add_vacancy(story.session, story.ports, **given)


def employer_of(story: Story, vacancy: UUID) -> Actor:
    """Who acts for the employer of a vacancy."""
    found = find_vacancy(story.session, vacancy)
    assert found is not None
    employer = UUID(found.offer.employer)
    return Actor(PersonId(uuid4()), Role.EMPLOYER, "Granja del Norte", employer=employer)


def owner_of(story: Story, vacancy: UUID) -> Actor:
    """The same with an account."""
    actor = employer_of(story, vacancy)
    account = Account.of(actor, f"{actor.person.hex}@granja.example", None)
    accounts.add(story.work(SYSTEM), account)
    return actor


def preselected(story: Story, vacancy: UUID) -> Candidacy:
    """SETRASS chose this person for a vacancy."""
    selections.preselect(story.work(story.setrass), vacancy, frozenset({story.id}), {})
    found = roster.read_own(story.work(story.worker), story.id).candidacies
    return next(one.candidacy for one in found if one.vacancy.id == vacancy)


def invited(story: Story, vacancy: UUID) -> Candidacy:
    """The employer invites them for tomorrow."""
    chosen = preselected(story, vacancy)
    at = story.now + timedelta(days=1)
    move = Move(CandidacyAction.INVITE, at, "https://video.example/sala")
    return move_on(story, chosen, move)


def offered(story: Story, vacancy: UUID) -> Candidacy:
    """They met, and the employer offers the work for a week."""
    met = invited(story, vacancy)
    story.later(days=2)
    met = move_on(story, met, Move(CandidacyAction.MEET, outcome=Outcome.SUITABLE))
    until = legal_day(story.now) + timedelta(days=7)
    return move_on(story, met, Move(CandidacyAction.OFFER, offer_until=until))


def unanswered(story: Story) -> None:
    """Somebody on the roster is offered work, and does not answer in time."""
    enlist(story)
    offered(story, work_abroad(story))
    candidates.expire_offers(story.later(days=9).work(SYSTEM))


def move_on(story: Story, seen: Candidacy, move: Move) -> Candidacy:
    """The employer moves a candidacy that it has just looked at."""
    work = story.work(employer_of(story, seen.vacancy))
    candidates.move_candidate(work, seen.vacancy, seen.id, move, seen.version)
    found = roster.read_own(story.work(story.worker), story.id).candidacies
    return next(one.candidacy for one in found if one.candidacy.id == seen.id)
