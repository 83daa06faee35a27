"""Rights of a load: granted on the approvals of both agencies, each with its signed card."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from math import ceil
from typing import Any, NamedTuple

from app.demo.load_lives import Lives
from app.demo.load_made import Made, Pile
from app.demo.officials import demo_cast
from app.demo.stage import Stage
from app.services import list_places
from app.services.case import Case, programme_of
from app.services.intending import Numbered, intend, sign_intended
from app.services.key_ports import Keys
from app.services.list_places import Place
from app.storage import authorisations, list_openings, right_approvals
from app.storage.agency_sets import AgencySet
from app.storage.vacancies import ListedVacancy
from permits import permit_numbers
from permits.applications import Application, ApplicationId
from permits.approvals import Decision
from permits.audit import Act, Fact
from permits.authorisations import Authorisation, AuthorisationId
from permits.clearances import clear
from permits.deadlines import legal_day
from permits.issuing import Credential
from permits.people import SYSTEM, PersonId
from permits.programmes import Programme
from permits.renewals import days_of
from permits.status_list import SIZE


class KeptKeys:
    """The keys of the house, each looked for once: another looks at its files for every card."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self.signer, self.signer_of = cache(keys.signer), cache(keys.signer_of)
        self.find = cache(keys.find)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever else they can
        return getattr(self._keys, name)


class Granted(NamedTuple):
    """A right with the case that it came from, and who approved it."""

    case: Case
    right: Authorisation


def open_lists(stage: Stage, count: int) -> list[int]:
    """Open as many status lists as the cards of so many cases need, for these alone."""
    work, numbers = stage.work(stage.now), list[int]()
    for _ in range(ceil(count / SIZE)):
        newest = list_openings.list_known(stage.session)[-1]
        numbers.append(list_places.open_after(work, newest, stage.now))
    return numbers


class Rights:
    """Grants rights, signs their cards, and hands them on to what became of them."""

    def __init__(
        self,
        stage: Stage,
        pile: Pile,
        sets: Mapping[str, AgencySet],
        market: Sequence[ListedVacancy],
        lists: Sequence[int],
    ) -> None:
        ports = replace(stage.ports, keys=KeptKeys(stage.ports.keys))
        self._stage, self._pile, self._sets = replace(stage, ports=ports), pile, sets
        self._places = self._draw(lists)
        self._inm = demo_cast().inm[0]
        self._programme = cache(self._find_programme)
        self._lives = Lives(stage, pile, market, self._card)

    def grant(self, made: Made, decisions: Sequence[Decision]) -> None:
        """The right of an approved case with its card, and what became of both."""
        found = Granted(self._case(made, decisions), self._right(made, decisions[-1]))
        right, agency_set = found.right, made.agency_set
        told: dict[str, Fact] = {"application": str(made.case), "round": 1}
        told["digest"] = made.digest
        self._pile.tell(Act.AUTHORISATION_GRANTED, right.id, self._inm, right.granted_at, told)
        card = self._card(found.case, right, right.granted_at)
        ended = self._lives.live(made, found.case, right, card)
        row = authorisations.get_granted(right, decisions, agency_set)
        self._pile.keep("authorisations", row | ended)
        for one in right_approvals.get_rows(right, agency_set, decisions):
            self._pile.keep("right_approvals", one)

    def _find_programme(self, code: str) -> Programme:
        return programme_of(self._stage.work(self._stage.now), code)

    def _case(self, made: Made, decisions: Sequence[Decision]) -> Case:
        application = Application(
            ApplicationId(made.case),
            PersonId(made.worker),
            made.vacancy.programme,
            made.way[0],
            1,
            3 + len(decisions),
            made.digest,
            made.receipt,
            made.at,
            agency_set=made.agency_set,
        )
        programme = self._programme(made.vacancy.programme)
        agencies = self._sets[programme.code].agencies
        offer = made.vacancy.offer
        return Case(application, programme, made.answers, offer, (), tuple(decisions), (), agencies)

    def _right(self, made: Made, last: Decision) -> Authorisation:
        at, offer = last.decided_at, made.vacancy.offer
        programme = self._programme(made.vacancy.programme)
        starts, ends = days_of(offer, programme, legal_day(at), None)
        return Authorisation(
            AuthorisationId(self._pile.new_id()),
            ApplicationId(made.case),
            PersonId(made.worker),
            programme.code,
            1,
            made.digest,
            starts,
            ends,
            at,
        )

    def _card(self, case: Case, right: Authorisation, at: datetime) -> Credential:
        """A card of its own number, signed at once, with the events of both."""
        number = permit_numbers.make(self._pile.random.randrange(permit_numbers.CHANCES))
        work = self._stage.work(at, self._inm)
        clearance = clear(case.application, case.decisions, case.agencies)
        drawn = Numbered(number, next(self._places))
        card = intend(work, case, clearance, right, drawn)
        facts = {"number": number, "kid": card.kid.hex()}
        prepared = facts | {"authorisation": str(right.id)}
        self._pile.tell(Act.CREDENTIAL_PREPARED, card.id, self._inm, work.now, prepared)
        self._pile.tell(Act.CREDENTIAL_SIGNED, card.id, SYSTEM, work.now, facts)
        return replace(sign_intended(work, card, right.programme), version=2)

    def _draw(self, lists: Sequence[int]) -> Iterator[Place]:
        """Each place of the lists once, in no order."""
        for number in lists:
            indexes = list(range(SIZE))
            self._pile.random.shuffle(indexes)
            yield from (Place(number, index) for index in indexes)
