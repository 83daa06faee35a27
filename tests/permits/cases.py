"""People, applications and decisions in one line each, for the tables of the law."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from permits.applications import Application, ApplicationId, Status
from permits.approvals import Decision, Ground, Opinion
from permits.people import Actor, Agency, PersonId, Role
from permits.recommendations import Recommendation

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
CASE = ApplicationId(UUID(int=100))
DIGEST = "d" * 64
BOTH = (Agency.SETRASS, Agency.INM)

OFFICER_OF = {Agency.SETRASS: Role.SETRASS_OFFICER, Agency.INM: Role.INM_OFFICER}
A_GROUND = {Agency.SETRASS: Ground.DUPLICATE, Agency.INM: Ground.OVERSTAY}


def person(number: int) -> PersonId:
    return PersonId(UUID(int=number))


WORKER = Actor(person(10), Role.WORKER)
OTHER_WORKER = Actor(person(11), Role.WORKER)
SETRASS = Actor(person(20), Role.SETRASS_OFFICER, "Ana")
SETRASS_TOO = Actor(person(21), Role.SETRASS_OFFICER, "Beto")
INM = Actor(person(30), Role.INM_OFFICER, "Carla")
OFFICIAL_OF = {Agency.SETRASS: SETRASS, Agency.INM: INM}


def stand_in(role: Role) -> Actor:
    """Somebody in a role; the worker is the one of `application`."""
    known = {actor.role: actor for actor in (WORKER, SETRASS, INM)}
    return known.get(role) or Actor(person(40 + list(Role).index(role)), role)


def application(status: Status = Status.UNDER_REVIEW, **changes: object) -> Application:
    """An application in a status, with the round and the digest that belong to it."""
    handed_in = status is not Status.DRAFT
    usual = Application(
        CASE,
        WORKER.person,
        "coffee-hn-gt",
        status,
        int(handed_in),
        1,
        DIGEST if handed_in else None,
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def decision(agency: Agency, opinion: Opinion = Opinion.APPROVE, **changes: object) -> Decision:
    """A decision of the agency's usual official on `application()`."""
    grounds = {Opinion.REFUSE: (A_GROUND[agency],), Opinion.RETURN: (Ground.DATA_MISSING,)}
    usual = Decision(
        CASE,
        1,
        DIGEST,
        agency,
        OFFICIAL_OF[agency].person,
        opinion,
        NOW,
        grounds.get(opinion, ()),
        "Nota",
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def recommendation(
    official: Actor, opinion: Opinion = Opinion.APPROVE, **changes: object
) -> Recommendation:
    """What an official recommends to their agency on `application()`."""
    agency = official.agency or Agency.SETRASS
    grounds = (A_GROUND[agency],) if opinion is Opinion.REFUSE else ()
    usual = Recommendation(
        CASE, 1, DIGEST, agency, official.person, opinion, "f" * 64, NOW, grounds, "Nota"
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def decisions(opinions: Sequence[tuple[Agency, Opinion]]) -> list[Decision]:
    return [decision(agency, opinion) for agency, opinion in opinions]
