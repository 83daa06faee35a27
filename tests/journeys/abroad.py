"""Somebody on the roster who is met by an employer abroad, and the pages of both and of SETRASS."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.services import journeys, orientation
from permits.deadlines import legal_day
from permits.journeys import JourneyStep
from tests import oriented
from tests.abroad import enlist, invited, offered, owner_of, work_abroad
from tests.builders import Story
from tests.journeys.lives import Lives


@dataclass(frozen=True)
class Abroad:
    """Ids of what stands in the addresses, and the cookies of the worker and of an employer."""

    application: str
    vacancy: str
    other: str
    candidacy: str
    oriented: str
    session: str
    permitted: str
    sessions: Mapping[str, str]


def go_abroad(lives: Lives, permitted: Story) -> Abroad:
    """Invited by one employer, offered work by another, chosen by nobody for a third vacancy."""
    chief = permitted.work(permitted.setrass)
    journeys.note_step(chief, permitted.id, JourneyStep.VISA_GRANTED, legal_day(permitted.now))
    story = Story(lives.session, lives.site.house.ports, lives.site.now() - timedelta(days=2))
    enlist(story, "0801199490077")
    later = legal_day(story.now) + timedelta(days=20)
    first, second, third = (work_abroad(story, starts_on=later) for _ in range(3))
    offered(story, second)
    met = invited(story, first)
    owner = owner_of(story, first)
    learnt, session = _orient(lives)
    sessions = {
        "enlisted": lives.token(story.worker),
        "northern": lives.token(owner),
        "learner": lives.token(learnt.worker),
    }
    ids = (story.id, first, third, met.id, learnt.id, session, permitted.id)
    told = [str(one) for one in ids]
    return Abroad(told[0], told[1], told[2], told[3], told[4], told[5], told[6], sessions)


def _orient(lives: Lives) -> tuple[Story, UUID]:
    """Somebody came to a session and did not understand everything; another is to come."""
    story = Story(lives.session, lives.site.house.ports, lives.site.now() - timedelta(days=5))
    held = oriented.hold(story.start().submit())
    oriented.at_hour(story, held)
    oriented.came(story, held)
    orientation.take_test(story.work(story.worker), story.id, oriented.WRONG)
    story.now = lives.site.now()
    coming = oriented.hold(story)
    orientation.take_seat(story.work(story.worker), story.id, coming.id)
    return story, coming.id


def abroad_pages(abroad: Abroad) -> Iterator[tuple[str, str, bool]]:
    """Who looks at which page, and whether the form is sent as it stands."""
    yield "enlisted", f"/mi-solicitud/{abroad.application}/lista", False
    yield "chief", "/seleccion", False
    yield "chief", f"/seleccion/{abroad.other}", True
    here = f"/mis-vacantes/{abroad.vacancy}/candidatos"
    mine = f"/mi-solicitud/{abroad.oriented}/orientacion"
    yield "learner", mine, False
    yield "learner", f"{mine}/prueba", True
    yield "chief", "/orientaciones", False
    yield "chief", "/orientaciones/nueva", True
    yield "chief", f"/orientaciones/{abroad.session}", False
    yield "issued", f"/mi-solicitud/{abroad.permitted}/viaje", True
    yield "chief", f"/casos/{abroad.permitted}/viaje", True
    yield "issued", f"/mi-solicitud/{abroad.permitted}/papeles-del-viaje", True
    yield "chief", f"/casos/{abroad.permitted}/papeles-del-viaje", True
    yield "northern", here, False
    yield "northern", f"{here}/{abroad.candidacy}", True
