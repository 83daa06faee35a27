"""Two families of the demonstration: one child has a school to go to, two have nowhere to be."""

from datetime import date, timedelta

from app.demo.market import COFFEE, FARM
from app.demo.officials import Cast
from app.demo.stage import Stage
from app.services import child_care, companions, vacancy_judging
from app.services.companions import Told
from app.storage import farm_hands, working_rights
from app.storage.working_rights import WorkingRight
from permits.companions import Relation
from permits.deadlines import legal_day
from permits.people import Actor, PersonId, Role
from recruitment.child_care import Arrangement, CareKind

ONE = ("Ixchel Inventada",)
TWO = ("Kenny Inventado", "Wendy Inventada")
SCHOOL, PLACES = "Escuela Ficticia de la aldea", 4
RECEIVED_BY = "Licenciada Ficticia, SENAF"


def seed_children(stage: Stage, cast: Cast) -> None:
    """At one farm the child has a place; the other's vacancy is held, and SENAF was told (R38)."""
    today = legal_day(stage.now)
    working = working_rights.list_working(stage.session, today, 500)
    some = {one.employer: one for one in working if one.programme == COFFEE}
    families = [one for farm, one in some.items() if farm not in {None, FARM}][:2]
    for family, names in zip(families, (ONE, TWO), strict=False):
        _tell(stage, family, names)
    if families:
        _arrange(stage, families[0], today)
    for family in families[1:]:
        _refer(stage, family, cast.setrass[0])
    for family in families:
        [hand] = farm_hands.list_hands(stage.session, application=family.application)
        vacancy_judging.judge_vacancies(stage.work(stage.now), [hand.vacancy], "day")


def _tell(stage: Stage, family: WorkingRight, names: tuple[str, ...]) -> None:
    """The worker says who came along, some days ago."""
    work = stage.work(stage.now - timedelta(days=4), Actor(family.worker, Role.WORKER))
    for number, name in enumerate(names):
        born = legal_day(work.now) - timedelta(days=365 * (6 + 3 * number))
        companions.add_companion(work, family.application, Told(Relation.CHILD, name, born))


def _arrange(stage: Stage, family: WorkingRight, today: date) -> None:
    """The farm tells of a school with room."""
    employer = family.employer
    if employer is None:
        return
    owner = Actor(PersonId(employer), Role.EMPLOYER, "Finca de la demostración", employer=employer)
    work = stage.work(stage.now, owner)
    for farm in farm_hands.list_farms_of(stage.session, employer)[:1]:
        until = max(family.valid_until, today) + timedelta(days=30)
        first = legal_day(work.now) - timedelta(days=40)
        room = Arrangement(work.new_id(), farm.id, CareKind.SCHOOL, PLACES, SCHOOL, first, until)
        child_care.arrange(work, farm.id, room)


def _refer(stage: Stage, family: WorkingRight, officer: Actor) -> None:
    """SETRASS tells SENAF of the children by hand, and writes down who took the paper."""
    work = stage.work(stage.now - timedelta(days=2), officer)
    made = child_care.hand_over(work, family.application)
    after = stage.work(stage.now - timedelta(days=1), officer)
    child_care.note_received(after, family.application, made.id, RECEIVED_BY, legal_day(after.now))
