"""Somebody on the roster who is met by an employer abroad, and the pages of both and of SETRASS."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from permits.deadlines import legal_day
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
    sessions: Mapping[str, str]


def go_abroad(lives: Lives) -> Abroad:
    """Invited by one employer, offered work by another, chosen by nobody for a third vacancy."""
    story = Story(lives.session, lives.site.house.ports, lives.site.now() - timedelta(days=2))
    enlist(story, "0801199490077")
    later = legal_day(story.now) + timedelta(days=20)
    first, second, third = (work_abroad(story, starts_on=later) for _ in range(3))
    offered(story, second)
    met = invited(story, first)
    owner = owner_of(story, first)
    sessions = {"enlisted": lives.token(story.worker), "northern": lives.token(owner)}
    return Abroad(str(story.id), str(first), str(third), str(met.id), sessions)


def abroad_pages(abroad: Abroad) -> Iterator[tuple[str, str, bool]]:
    """Who looks at which page, and whether the form is sent as it stands."""
    yield "enlisted", f"/mi-solicitud/{abroad.application}/lista", False
    yield "chief", "/seleccion", False
    yield "chief", f"/seleccion/{abroad.other}", True
    here = f"/mis-vacantes/{abroad.vacancy}/candidatos"
    yield "northern", here, False
    yield "northern", f"{here}/{abroad.candidacy}", True
