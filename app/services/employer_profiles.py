"""What everybody may know of an employer: place, standing with its reasons, workers' words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.services import assessments, ratings, recruiters, standings
from app.services.ratings import Rating
from app.services.work import Work
from app.storage import employers, registrations
from permits.errors import NotFound
from recruitment.assessments import Assessment
from recruitment.recruiters import LicenceKey
from recruitment.standings import StandingOf


@dataclass(frozen=True)
class NamedRecruiter:
    """A recruiter whom the employer named and whose mandate is in force today."""

    key: LicenceKey
    name: str
    is_agent: bool


@dataclass(frozen=True)
class EmployerProfile:
    """An employer; `verified_at` is None where SETRASS has not verified a registration.

    `assessments` tell of each criterion of IRIS how it stands, without the evidence.
    """

    id: UUID
    name: str
    department: str
    municipality: str
    verified_at: datetime | None
    standing: StandingOf
    recruiters: tuple[NamedRecruiter, ...]
    assessments: tuple[Assessment, ...]
    rating: Rating


def read_profile(work: Work, employer: UUID) -> EmployerProfile:
    """One employer; NotFound("no-such-employer")."""
    found = employers.find_place(work.session, employer)
    if found is None:
        raise NotFound("no-such-employer")
    name, department, municipality = found
    registration = registrations.find_by_employer(work.session, employer)
    named = tuple(
        NamedRecruiter(one.mandate.licence, one.name, one.depth > 1)
        for one in recruiters.list_of_employer(work, employer)
        if one.in_force
    )
    return EmployerProfile(
        employer,
        name,
        department,
        municipality,
        registration.decided_at if registration else None,
        standings.of_employer(work, employer),
        named,
        assessments.list_public(work, employer),
        ratings.read_rating(work, employer),
    )
