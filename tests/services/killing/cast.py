"""Who takes part in the mixed lives, brought into the database before anything is killed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from app.services import second_factors
from app.services.work import Work
from app.storage import accounts
from app.storage.accounts import Account, Grant
from app.storage.api_clients import ApiClient, add_api_client
from app.wiring import House
from permits.audit import Act
from permits.deadlines import legal_day
from permits.people import SYSTEM, Actor, PersonId, Role, Scope
from tests.builders import add_vacancy

PASSWORD, CLIENT_SECRET = "una clave larga y mía", "s3cret"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Of everybody's code app."""
POST = "HN-GT-1"


@dataclass(frozen=True)
class Official:
    """A person with an account and a program that acts in the same name."""

    actor: Actor
    email: str
    client: str

    @property
    def person(self) -> str:
        return str(self.actor.person)


@dataclass(frozen=True)
class Cast:
    """The people around the cases of one life, and where its workers want to work."""

    setrass: Official
    inm: Official
    agent: Official
    vacancy: UUID


def now() -> datetime:
    """The real clock, which the site reads too."""
    return datetime.now(UTC)  # noqa: TID251


def gather(house: House) -> Cast:
    """A new cast of one life."""
    with house.sessions.begin() as session:
        work = Work(session, SYSTEM, now(), house.ports, "cast")
        day = legal_day(now())
        last = day + timedelta(days=60)
        vacancy = add_vacancy(session, house.ports, starts_on=day, ends_on=last, now=now())
        setrass, inm = _add(work, Role.SETRASS_OFFICER), _add(work, Role.INM_OFFICER)
        return Cast(setrass, inm, _add(work, Role.BORDER_AGENT), vacancy)


def _add(work: Work, role: Role) -> Official:
    person = PersonId(uuid4())
    scope = Scope(post=POST) if role is Role.BORDER_AGENT else Scope()
    email = f"{person.hex}@demo.example"
    hashed = work.ports.passwords.hash(PASSWORD)
    grants = (Grant(role, scope),)
    account = Account(person, "Oficial", email, None, hashed, disabled=False, grants=grants)
    event = work.event(Act.ACCOUNT_ADDED, person, {"role": role.value})
    accounts.add_account(work.session, account, SYSTEM.person, work.now, event=event)
    second_factors.add_totp(work, person, SECRET, "Aplicación")
    client = f"program-{person.hex}"
    secret = work.ports.passwords.hash(CLIENT_SECRET)
    added = work.event(Act.API_CLIENT_ADDED, person, {"client": client})
    program = ApiClient(client, account.actors[0], secret, disabled=False)
    add_api_client(work.session, program, work.now, event=added)
    return Official(account.actors[0], email, client)
