"""Work abroad in the demonstration: three on the roster, one of them invited; an orientation."""

from datetime import time, timedelta
from uuid import UUID

from app.demo.officials import Cast, official
from app.demo.stage import Stage
from app.demo.workers import answers_of, phone_of
from app.services import applications, candidates, orientation_sessions, roster, selections
from app.services.applications import Started
from app.services.candidates import Move
from app.services.roster import Profile
from permits.deadlines import legal_day
from permits.orientation import PlannedSession, SessionKind
from permits.people import NOBODY, Actor, PersonId, Role
from recruitment.candidacies import CandidacyAction
from recruitment.roster import Education, Licence, Proof, Trade

CANADA = "twap-canada"
FIRST_NUMBER = 9251
"""Of their documents and phones: beyond those of all other cases."""

WAITING = 3
"""Drafts that this room adds."""

PICKER, COOK = "9211", "5120"


def seed_abroad(stage: Stage, cast: Cast) -> None:
    """Three people wait for work in Canada; one meets an employer in five days."""
    waiting = [_enlist(stage, at) for at in range(WAITING)]
    officer = stage.work(stage.now - timedelta(days=1), cast.setrass[0])
    offered = (one.vacancy for one in selections.list_offered(officer))
    vacancy = next(one for one in offered if one.programme == CANADA)
    chosen = frozenset(UUID(str(one.application.id)) for one in waiting[:2])
    selections.preselect(officer, vacancy.id, chosen, {})
    owner = Actor(
        PersonId(officer.new_id()),
        Role.EMPLOYER,
        vacancy.employer_name,
        employer=UUID(vacancy.offer.employer),
    )
    work = stage.work(stage.now - timedelta(hours=20), owner)
    met = candidates.read_candidates(work, vacancy.id).people[0].candidacy
    at = stage.now + timedelta(days=5)
    invitation = Move(CandidacyAction.INVITE, at, "Oficina de SETRASS, Tegucigalpa")
    candidates.move_candidate(work, vacancy.id, met.id, invitation, met.version)
    _orient(stage)


def _enlist(stage: Stage, at: int) -> Started:
    """A draft that says who somebody is and names no work, and a place on the roster."""
    number, begun = FIRST_NUMBER + at, stage.now - timedelta(days=20 - at)
    phone = phone_of(CANADA, number)
    started = applications.start_application(stage.work(begun, NOBODY), CANADA, phone, "es")
    work = stage.work(begun + timedelta(minutes=9), started.actor)
    answers = answers_of(stage.random, CANADA, legal_day(begun), number)
    applications.save_answers(work, started.application.id, answers)
    profile = Profile(
        (Trade(PICKER, 2 + at, Proof.PAPER), Trade(COOK, 1, Proof.REFERENCE)),
        frozenset({"spa"}),
        Education.PRIMARY,
        frozenset({Licence.MOTORCYCLE} if at else ()),
        legal_day(begun),
        None,
        frozenset({CANADA, "twap-spain"}),
    )
    roster.join_roster(work, started.application.id, profile)
    return started


def _orient(stage: Stage) -> None:
    """SETRASS holds an orientation in Tegucigalpa next week, and invites who is approved."""
    held = stage.work(stage.now - timedelta(days=2), official("jefa.setrass"))
    planned = PlannedSession(
        SessionKind.PRE_DEPARTURE,
        "HN-FM",
        "0801",
        "Salón de SETRASS",
        legal_day(stage.now) + timedelta(days=6),
        time(9),
        "spa",
        20,
    )
    session = orientation_sessions.plan_session(held, planned)
    orientation_sessions.invite_approved(held, session.id)
