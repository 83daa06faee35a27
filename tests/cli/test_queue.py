"""`vereda queue`: the page's filter at the console, within an official's bounds, and logged."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from app.cli.surroundings import show
from app.services import saved_views
from app.services.work import Work
from app.storage import accounts
from app.storage.accounts import Account, Grant
from app.storage.audit import audit_events
from app.storage.database import Session
from app.web.queue_words import read_filter, read_words, words_to_save
from app.wiring import House
from permits.approvals import Opinion
from permits.audit import Act
from permits.people import SYSTEM, PersonId, Role, Scope
from tests.builders import NOW, Story, add_official, work_of
from tests.cli.here import Done, Place, Run, run
from tests.databases import Server

__all__ = ["run"]

OLGA, BORIS, VIEW = "olga@demo.example", "boris@demo.example", "De vuelta"


@dataclass(frozen=True)
class Desk:
    """Two cases of Copán, one of them returned; an officer, and one of another department."""

    place: Place
    waiting: str | None
    returned: str | None
    officer: PersonId


@pytest.fixture(scope="module")
def desk(database_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with database_server.clone() as database:
        place = Place(database, tmp_path_factory.mktemp("queue"))
        house = place.open()
        with database.sessions.begin() as session:
            settled = _settle(place, house, session)
        house.engine.dispose()
        yield settled


def _settle(place: Place, house: House, session: Session) -> Desk:
    waiting = Story(session, house.ports).start(given_names="Ceferina").submit()
    returned = Story(session, house.ports).start(given_names="Bartola").submit()
    returned.decide(returned.setrass, Opinion.RETURN)
    work = work_of(session, SYSTEM, house.ports)
    _add(work, OLGA, Grant(Role.SETRASS_OFFICER, Scope(department="HN-IB")))
    _add(work, BORIS, Grant(Role.BORDER_AGENT, Scope(post="HN-GT-1")))
    officer = add_official(session, house.ports, Role.SETRASS_OFFICER, "Lucía")
    own = work_of(session, officer, house.ports)
    words = words_to_save(read_words(own, read_filter("estado=returned")))
    saved_views.save_view(own, VIEW, words, shared=False)
    return Desk(place, waiting.application.receipt, returned.application.receipt, officer.person)


def _add(work: Work, email: str, grant: Grant) -> None:
    person = PersonId(work.new_id())
    account = Account(person, email[:5], email, None, None, disabled=False, grants=(grant,))
    event = work.event(Act.ACCOUNT_ADDED, person, {"role": grant.role.value})
    accounts.add_account(work.session, account, SYSTEM.person, NOW, event=event)


Ask = Callable[..., Done]


@pytest.fixture
def ask(run: Run, desk: Desk) -> Ask:
    def ask_as(*words: str, who: str = f"{desk.officer.hex}@demo.example") -> Done:
        return run("queue", *words, "--as", who, **desk.place.variables)

    return ask_as


@pytest.mark.feature("O3")
def test_the_filter_of_the_page_lists_at_the_console(ask: Ask, desk: Desk) -> None:
    def receipts(*words: str) -> set[object]:
        return {row["receipt"] for row in ask(*words, "--json").rows}

    assert receipts() == {desk.waiting}
    assert receipts("estado=returned") == receipts("--view", VIEW) == {desk.returned}
    assert receipts("espera=todas") == {desk.waiting, desk.returned}
    assert receipts("/bandeja?espera=todas&q=bartola") == {desk.returned}
    assert receipts("q=ceferina", "--view", VIEW) == set()
    table = ask("espera=todas&q=bartola")
    assert {str(desk.returned), "returned", "Bartola"} <= set(table.stdout.split())
    assert table.stderr == "1 of 1.\n"


@pytest.mark.feature("O3")
def test_a_page_names_the_next(ask: Ask, desk: Desk) -> None:
    first = ask("espera=todas", "--limit", "1", "--json")
    told = first.stderr.splitlines()
    assert told[0] == "1 of 2."
    second = ask(told[1].removeprefix("More: ").strip("'"), "--limit", "1", "--json")
    both = first.rows + second.rows
    assert {row["receipt"] for row in both} == {desk.waiting, desk.returned}
    assert second.stderr == "1 of 2.\n"


@pytest.mark.feature("O3")
@pytest.mark.parametrize(
    ("words", "who", "code"),
    [
        (("estado=unheard-of",), None, "estado: not-an-option"),
        (("status=returned",), None, "status: not-an-option"),
        (("desde=ayer",), None, "desde: not-an-option"),
        (("--view", "Nada"), None, "no-such-view"),
        ((), "nobody@demo.example", "no-such-account"),
        ((), BORIS, "not-permitted"),
    ],
)
def test_what_is_not_understood_lists_nothing(
    ask: Ask, words: tuple[str, ...], who: str | None, code: str
) -> None:
    done = ask(*words) if who is None else ask(*words, who=who)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Not done: {code}.\n"


@pytest.mark.feature("O3", "D1")
def test_the_bounds_of_the_official_hold_and_the_log_tells_of_the_reading(
    ask: Ask, desk: Desk
) -> None:
    assert ask("espera=todas", "--json", who=OLGA).rows == []
    assert len(ask("espera=todas", "--json").rows) == 2
    query = select(audit_events).where(audit_events.c.act == Act.QUEUE_READ_OUT.value)
    with desk.place.database.sessions() as session:
        *_, first, second = session.execute(query.order_by(audit_events.c.id)).all()
    assert (first.facts, second.facts) == (
        {"role": "setrass-officer", "cases": 0},
        {"role": "setrass-officer", "cases": 2},
    )
    # Nobody at a console has shown who they are: it is told of the service, about the official.
    assert (second.person, second.request) == (SYSTEM.person, "cli")
    assert first.subject != second.subject == desk.officer


def test_what_somebody_wrote_is_no_markup_of_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show([{"worker": "[red]Ana[/red] [link=https://x.example]aquí[/link]"}], as_json=False)
    assert "[red]Ana[/red] [link=https://x.example]aquí[/link]" in capsys.readouterr().out
