"""The farms and firms of the demonstration, and what they offer: last season, now, and soon."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from app.demo.stage import Stage, read_list
from app.storage import vacancies
from app.storage.vacancies import Employer, ListedVacancy
from permits.audit import Act
from permits.deadlines import legal_day
from permits.offers import Offer
from permits.programmes import Hiring
from permits.wages import EmployerSize, WageUnit

COFFEE = "coffee-hn-gt"
FARM = UUID(int=(0xDE30 << 112) + (0xFA << 8) + 1)
"""The first farm: the demonstration's employer acts for it."""


@dataclass(frozen=True)
class Window:
    """First day and length of the work in days, relative to today."""

    starts: int
    days: int


PAST, CURRENT, COMING = Window(-330, 80), Window(-28, 84), Window(21, 85)
RECENT = Window(-88, 84)
"""Over for some days: who has not left yet is asked."""


@dataclass(frozen=True)
class Market:
    """Vacancies by programme and window."""

    vacancies: Mapping[tuple[str, Window], tuple[ListedVacancy, ...]]

    def choose(self, stage: Stage, programme: str, window: Window) -> ListedVacancy:
        """One of them, by the stage's chance."""
        return stage.random.choice(self.vacancies[programme, window])


def seed_market(stage: Stage) -> Market:
    """Add the employers, and for each a vacancy in every window that its programme has."""
    rows = read_list("employers")
    titles = read_list("titles")
    found: dict[tuple[str, Window], list[ListedVacancy]] = {}
    work = stage.work(stage.now)
    for number, row in enumerate(rows):
        employer = _employer(work.new_id() if number else FARM, number, row)
        event = work.event(Act.EMPLOYER_ADDED, employer.id)
        vacancies.add_employer(stage.session, employer, stage.now, event=event)
        programme = _programme(row["department"])
        for window in (PAST, RECENT, CURRENT, COMING):
            title = stage.random.choice([t for t in titles if t["programme"] == programme])
            vacancy = _vacancy(stage, work.new_id(), employer, title, window)
            if employer.id == FARM and window is not PAST:
                offer = replace(vacancy.offer, hiring=Hiring.NAMED)
                vacancy = replace(vacancy, offer=offer, places=40)
            event = work.event(Act.VACANCY_ADDED, vacancy.id, {"programme": programme})
            vacancies.add_vacancy(stage.session, vacancy, stage.now, event=event)
            found.setdefault((programme, window), []).append(vacancy)
    return Market({key: tuple(listed) for key, listed in found.items()})


def _programme(department: str) -> str:
    countries = {"CA": "twap-canada", "ES": "twap-spain"}
    return countries.get(department[:2], COFFEE)


def _employer(identity: UUID, number: int, row: Mapping[str, str]) -> Employer:
    return Employer(
        identity,
        row["name"],
        f"0801999900{number:04d}",
        EmployerSize(row["size"]),
        row["department"],
        row["municipality"],
        f"+5049900{number:04d}",
        f"empleador{number}@demo.vereda.example",
    )


def _vacancy(
    stage: Stage, identity: UUID, employer: Employer, title: Mapping[str, str], window: Window
) -> ListedVacancy:
    starts = legal_day(stage.now) + timedelta(days=window.starts)
    programme = title["programme"]
    offer = _terms(stage, identity, employer, title, starts, starts + timedelta(window.days - 1))
    if programme != COFFEE:
        offer = _abroad(offer, programme)
    places = stage.random.choice((6, 12, 20, 40))
    return ListedVacancy(identity, programme, "open", places, offer, employer.phone, employer.email)


def _terms(
    stage: Stage,
    identity: UUID,
    employer: Employer,
    title: Mapping[str, str],
    starts: date,
    ends: date,
) -> Offer:
    by_piece = stage.random.random() < 0.4
    return Offer(
        vacancy=str(identity),
        employer=str(employer.id),
        employer_name=employer.name,
        employer_size=employer.size,
        hiring=stage.random.choice((Hiring.OPEN, Hiring.OPEN, Hiring.ON_ACCEPTANCE)),
        department=employer.department,
        municipality=employer.municipality,
        title=title["title_es"],
        occupation=title["occupation"],
        starts_on=starts,
        ends_on=ends,
        wage=Decimal("85.00") if by_piece else Decimal(stage.random.choice(("405.00", "420.00"))),
        currency="HNL",
        unit=WageUnit.LATA if by_piece else WageUnit.DAY,
        unit_kg=Decimal("15.9") if by_piece else None,
        hours_per_day=Decimal(8),
        days_per_week=5,
        housing=stage.random.random() < 0.8,
        transport=True,
        food=stage.random.random() < 0.7,
        tops_up=by_piece,
    )


def _abroad(offer: Offer, programme: str) -> Offer:
    canada = programme == "twap-canada"
    return replace(
        offer,
        hiring=Hiring.NAMED,
        ends_on=offer.starts_on + timedelta(days=170),
        wage=Decimal("16.60") if canada else Decimal("9.26"),
        currency="CAD" if canada else "EUR",
        unit=WageUnit.HOUR,
        unit_kg=None,
        housing=True,
        tops_up=False,
    )
