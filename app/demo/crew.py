"""A crew of the demonstration's farm: registered on a list, and some have said yes already."""

from datetime import timedelta
from uuid import UUID

from app.demo.market import COFFEE, COMING, FARM, Market
from app.demo.officials import official
from app.demo.stage import Stage
from app.demo.workers import answers_of, phone_of
from app.services import crew_consents, crews
from app.storage.crews import list_members
from permits.crew_rows import NAMES, Column
from permits.deadlines import legal_day
from permits.people import Actor, Role
from permits.sheet_rows import Row
from permits.submissions import Sex

CREW = UUID(int=(0xDE30 << 112) + (0xC8 << 8) + 1)
PEOPLE, BY_CODE, BY_MARK = 6, 3, 1
"""On the list; who said yes on their own phone; who made their mark before a witness."""

FIRST_NUMBER = 9101
"""Of their documents and phones: beyond those of all other cases."""

_SEX = {Sex.FEMALE.value: "mujer", Sex.MALE.value: "hombre", Sex.OTHER.value: "otro"}


def seed_crew(stage: Stage, market: Market) -> None:
    """The farm registers the list three days ago, and four of six agree on the days after."""
    vacancy = next(
        one for one in market.vacancies[COFFEE, COMING] if one.offer.employer == str(FARM)
    )
    head = Row(1, tuple(NAMES[column][0] for column in Column))
    rows = [head, *(_row(stage, at) for at in range(PEOPLE))]
    employer = stage.work(stage.now - timedelta(days=3), official("empleador"))
    crews.register_crew(employer, CREW, vacancy.id, rows, lambda phone: phone)
    listed = list_members(stage.session, CREW)
    for at, one in enumerate(listed[:BY_CODE]):
        worker = Actor(one.member.worker, Role.WORKER)
        work = stage.work(stage.now - timedelta(days=2, hours=-at), worker)
        crew_consents.consent(work, one.application.id)
    for one in listed[BY_CODE : BY_CODE + BY_MARK]:
        witness = stage.work(stage.now - timedelta(days=1), official("analista.setrass"))
        crew_consents.witness_consent(witness, one.application.id)


def _row(stage: Stage, at: int) -> Row:
    """A line of the spreadsheet as a foreman fills it in."""
    number = FIRST_NUMBER + at
    said = answers_of(stage.random, COFFEE, legal_day(stage.now), number)
    cells = {
        Column.NUMBER: said["document_number"],
        Column.GIVEN_NAMES: said["given_names"],
        Column.SURNAMES: said["surnames"],
        Column.BORN: said["date_of_birth"],
        Column.SEX: _SEX[str(said["sex"])],
        Column.MUNICIPALITY: said["municipality"],
        Column.PHONE: phone_of(COFFEE, number),
        Column.LANGUAGES: "español",
        Column.READS: "español",
    }
    return Row(at + 2, tuple(str(cells[column]) for column in Column))
