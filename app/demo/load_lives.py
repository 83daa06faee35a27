"""What became of the rights of a load: cards lost, rights held back, taken back and ended."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any
from uuid import UUID

from app.demo.load_cards import Batches
from app.demo.load_changes import Changes
from app.demo.load_made import Made, Pile
from app.demo.load_stays import Stays
from app.demo.officials import demo_cast, official
from app.demo.stage import Stage
from app.services.case import Case
from app.storage import credentials
from app.storage.revocations import HEARING
from app.storage.vacancies import ListedVacancy
from permits.audit import Act, Fact
from permits.authorisations import Authorisation, AuthorisationStatus, RightEnding, status_on
from permits.deadlines import legal_day, start_of
from permits.issuing import Credential, CredentialState, RevocationReason
from permits.people import Actor, Role
from permits.retaliation import Origin
from permits.revocations import Hearing, Outcome, RevocationGround
from permits.suspensions import SuspensionReason

Drawing = Callable[[Case, Authorisation, datetime], Credential]
"""How another card of a right is made, at an instant."""


class Fate(Enum):
    """What became of a right."""

    STANDS = auto()
    LOST_CARD = auto()
    NEW_CARD = auto()
    SUSPENDED = auto()
    PROPOSED = auto()
    REVOKED = auto()
    ENDED = auto()


FATES: Mapping[Fate, int] = {
    Fate.STANDS: 860,
    Fate.LOST_CARD: 30,
    Fate.NEW_CARD: 30,
    Fate.SUSPENDED: 20,
    Fate.PROPOSED: 20,
    Fate.REVOKED: 10,
    Fate.ENDED: 30,
}
"""How many of a thousand, of those whose last day has not passed."""

LONGEST = timedelta(days=14)
HEARD = "Dijo que un tramitador le consiguió el documento."
WHY = "El documento que mostró es de otra persona."
S = CredentialState


class Lives:
    """Draws what became of each right, and lays the rows of it aside."""

    def __init__(
        self,
        stage: Stage,
        pile: Pile,
        market: Sequence[ListedVacancy],
        draw_card: Drawing,
    ) -> None:
        self._pile, self._vault, self._now = pile, stage.ports.vault, stage.now
        self._draw_card = draw_card
        self._cast, self._chief = demo_cast(), official("jefe.inm")
        self._labour = official("jefa.setrass")
        self._changes = Changes(stage, pile, market)
        self._stays = Stays(stage, pile)
        self._batches = Batches(pile, stage.now)

    def live(
        self, made: Made, case: Case, right: Authorisation, card: Credential
    ) -> dict[str, Any]:
        """What became of a right and its cards; returns what its row says of that."""
        fate = self._fate(right)
        ended: dict[str, Any] = {"status": "granted", "version": 1}
        ended |= {"ended_at": None, "ending": None}
        if fate is Fate.ENDED:
            ended = self._end(right)
        elif fate is Fate.SUSPENDED:
            self._suspend(right)
        elif fate in {Fate.PROPOSED, Fate.REVOKED}:
            self._take_back(right, confirmed=fate is Fate.REVOKED)
        elif fate is Fate.STANDS and self._is_standing(right):
            self._changes.add(made, right)
        cards = self._cards(fate, case, right, card, ended["ended_at"])
        for one in cards:
            row = credentials.get_columns(self._vault, one)
            self._pile.keep("credentials", row | {"right_status": ended["status"]})
        if cards[-1].state is S.ISSUED and self._is_standing(right) and fate is Fate.STANDS:
            self._batches.add(right, cards[-1])
        employer = UUID(made.vacancy.offer.employer)
        self._stays.add(right, employer, cards[0], ended["ended_at"])
        return ended

    def _fate(self, right: Authorisation) -> Fate:
        if not self._is_standing(right):
            return Fate.STANDS
        (fate,) = self._pile.random.choices([*FATES], [*FATES.values()])
        begun = right.valid_from < legal_day(self._now)
        return fate if fate is not Fate.ENDED or begun else Fate.STANDS

    def _is_standing(self, right: Authorisation) -> bool:
        over = AuthorisationStatus.EXPIRED
        return status_on(right, legal_day(self._now)) is not over

    def _lately(self, after: datetime, most: timedelta = timedelta(days=20)) -> datetime:
        """Some instant after another, and not too long ago."""
        first = max(after, self._now - most)
        return first + (self._now - first) * self._pile.random.random()

    def _end(self, right: Authorisation) -> dict[str, Any]:
        at = self._lately(max(right.granted_at, start_of(right.valid_from)))
        worker = Actor(right.worker, Role.WORKER)
        self._pile.tell(Act.AUTHORISATION_ENDED, right.id, worker, at)
        ending = {"ended_at": at, "ending": RightEnding.WORKER.value}
        return {"status": AuthorisationStatus.ENDED.value, "version": 2, **ending}

    def _suspend(self, right: Authorisation) -> None:
        at = self._lately(right.granted_at, LONGEST)
        since, reason = legal_day(at), SuspensionReason.IDENTITY_DOUBTFUL
        until = since + LONGEST
        row = {
            "id": self._pile.new_id(),
            "authorisation": right.id,
            "worker": right.worker,
            "agency": "setrass",
            "official": self._labour.person,
            "reason": reason.value,
            "origin": Origin.OWN.value,
            "note": "Hay que confirmar su fecha de nacimiento.",
            "since": since,
            "until": until,
            "suspended_at": at,
        }
        self._pile.keep("suspensions", row)
        told = {"agency": "setrass", "reason": reason.value, "origin": "own"}
        told["until"] = until.isoformat()
        self._pile.tell(Act.AUTHORISATION_SUSPENDED, right.id, self._labour, at, told)

    def _take_back(self, right: Authorisation, *, confirmed: bool) -> None:
        identity, at = self._pile.new_id(), self._lately(right.granted_at)
        proposer, grounds = self._cast.inm[1], [RevocationGround.DOCUMENT_FALSE_OR_EXPIRED.value]
        decided = self._lately(at) if confirmed else None
        row = {
            "id": identity,
            "authorisation": right.id,
            "worker": right.worker,
            "agency": "inm",
            "grounds": grounds,
            "origin": Origin.OWN.value,
            "heard": Hearing.IN_PERSON.value,
            "hearing": self._vault.seal(HEARING, identity, HEARD),
            "note": WHY,
            "proposed_by": proposer.person,
            "proposed_at": at,
            "outcome": (Outcome.CONFIRMED if confirmed else Outcome.PROPOSED).value,
            "decided_by": self._chief.person if confirmed else None,
            "decided_at": decided,
        }
        self._pile.keep("revocations", row)
        told: dict[str, Fact] = {"agency": "inm", "grounds": grounds}
        heard: dict[str, Fact] = {"heard": Hearing.IN_PERSON.value, "origin": Origin.OWN.value}
        self._pile.tell(Act.REVOCATION_PROPOSED, right.id, proposer, at, told | heard)
        if decided is not None:
            facts = told | {"proposed_by": str(proposer.person)}
            self._pile.tell(Act.AUTHORISATION_REVOKED, right.id, self._chief, decided, facts)

    def _cards(
        self,
        fate: Fate,
        case: Case,
        right: Authorisation,
        card: Credential,
        ended_at: datetime | None,
    ) -> list[Credential]:
        """The cards of the right, the one that stands or stood last behind."""
        if fate is Fate.NEW_CARD:
            at = self._lately(right.granted_at)
            after = replace(
                self._draw_card(case, right, at),
                replaces=card.id,
                replacement=1,
                replacement_reason=RevocationReason.LOST,
            )
            facts: dict[str, Fact] = {"number": card.number, "reason": "lost", "replacement": 1}
            worker = Actor(right.worker, Role.WORKER)
            self._pile.tell(Act.CREDENTIAL_REPLACED, card.id, worker, at, facts)
            return [replace(card, state=S.REPLACED, version=3), after]
        if fate in {Fate.LOST_CARD, Fate.REVOKED, Fate.ENDED}:
            reason = RevocationReason.AUTHORISATION_ENDED
            reason = RevocationReason.LOST if fate is Fate.LOST_CARD else reason
            at = ended_at or self._lately(right.granted_at)
            told: dict[str, Fact] = {"number": card.number, "reason": reason.value}
            who = Actor(right.worker, Role.WORKER)
            self._pile.tell(Act.CREDENTIAL_REVOKED, card.id, who, at, told)
            revoked = replace(card, state=S.REVOKED, version=3)
            return [replace(revoked, revoked_at=at, revocation_reason=reason)]
        return [card]
