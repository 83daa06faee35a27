"""Which agencies decide: those that the programme asked when a round was handed in (decision 45).

A programme's file says it, and the database holds it as a set of its own. The file counts once its
set was loaded; until then nothing is handed in under it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from app.services.work import Work
from app.storage import agency_sets
from app.storage.agency_sets import AgencySet
from app.storage.database import Session
from permits.applications import Application
from permits.audit import Act, AuditEvent, Fact
from permits.errors import Conflict
from permits.people import SYSTEM, Actor
from permits.programmes import Programme

__all__ = [
    "AgencySet",
    "agencies_by_set",
    "find_unloaded",
    "hold_new",
    "hold_set",
    "newest_by_programme",
    "opened_with",
    "subject_of",
]


def opened_with(work: Work, programme: Programme, after: Application) -> Application:
    """An application whose new round the agencies decide on that its programme asks now.

    Conflict("agencies-not-loaded") where the database asks others than the programme's file.
    """
    newest = agency_sets.find_newest(work.session, programme.code)
    if newest is None or newest.agencies != programme.agencies:
        raise Conflict("agencies-not-loaded", programme=programme.code)
    return replace(after, agency_set=newest.id)


def agencies_by_set(work: Work) -> Mapping[int, AgencySet]:
    """Every set by its number."""
    return {one.id: one for one in agency_sets.list_sets(work.session)}


def newest_by_programme(work: Work) -> Mapping[str, AgencySet]:
    """Whom each programme asks now, and since when; by its code."""
    return {one.programme: one for one in agency_sets.list_sets(work.session)}


def find_unloaded(session: Session, programmes: Iterable[Programme]) -> list[str]:
    """The codes of programmes whose files ask other agencies than the database, as they come."""
    newest = {one.programme: one.agencies for one in agency_sets.list_sets(session)}
    return [one.code for one in programmes if newest.get(one.code) != one.agencies]


def hold_new(session: Session, programmes: Iterable[Programme], now: datetime) -> list[AgencySet]:
    """Give a set to each programme that has none yet; what the others ask is left alone.

    As the owner of the tables. To ask other agencies is an act of its own: `hold_set`.
    """
    known = {one.programme for one in agency_sets.list_sets(session)}
    work = (SYSTEM, now, "migrate")
    return [_add(session, one, work) for one in programmes if one.code not in known]


def hold_set(work: Work, programme: Programme) -> AgencySet | None:
    """Let the database ask this programme's agencies from now on; None where it does already.

    Conflict("owner-needed") for everybody but the owner of the tables: who serves people cannot
    make a programme ask fewer agencies.
    """
    newest = agency_sets.find_newest(work.session, programme.code)
    if newest is not None and newest.agencies == programme.agencies:
        return None
    if not agency_sets.is_writable(work.session):
        raise Conflict("owner-needed", programme=programme.code)
    return _add(work.session, programme, (work.actor, work.now, work.request))


def _add(session: Session, programme: Programme, by: tuple[Actor, datetime, str]) -> AgencySet:
    (actor, now, request), code = by, programme.code
    facts: dict[str, Fact] = {
        "programme": code,
        "agencies": [one.value for one in programme.agencies],
    }
    event = AuditEvent(
        Act.AGENCIES_SET, subject_of(code), actor.person, actor.role, now, request, facts
    )
    return agency_sets.add_set(session, code, programme.agencies, now, event=event)


def subject_of(code: str) -> UUID:
    """The name under which the log knows a programme."""
    return uuid5(NAMESPACE_URL, f"programme:{code}")
