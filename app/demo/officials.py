"""The officials of the demonstration, their sign-ins, and the clients of its API."""

from dataclasses import dataclass
from uuid import UUID

from app.demo.stage import Stage
from app.storage import people, sessions
from app.web.contexts import DemoAccount
from permits.audit import Act
from permits.people import Actor, PersonId, Role

PASSWORD = "cosecha-2026-demo"  # noqa: S105  printed on the first page of the demonstration
DOMAIN = "demo.vereda.example"


@dataclass(frozen=True)
class Cast:
    """Who plays the officials."""

    setrass: tuple[Actor, ...]
    inm: tuple[Actor, ...]
    agents: tuple[Actor, ...]
    administrator: Actor


NAMES = {
    "setrass": ("Lucía Mejía Demostración", "Óscar Zelaya Demostración", "Iris Núñez Ficticia"),
    "inm": ("Héctor Paz Demostración", "Norma Fúnez Ficticia", "Raúl Ordóñez Ficticio"),
    "frontera": (
        "Delia Rosa Ficticia",
        "Marvin Peña Ficticio",
        "Suyapa Güity Ficticia",
        "Wendy Lagos Ficticia",
    ),
}
POSTS = ("HN-GT-1", "HN-GT-2", "HN-GT-3", "HN-SV-1")
ROLES = {
    "setrass": Role.SETRASS_OFFICER,
    "inm": Role.INM_OFFICER,
    "frontera": Role.BORDER_AGENT,
    "admin": Role.ADMINISTRATOR,
}


def seed_officials(stage: Stage) -> Cast:
    """Add the accounts and, for each role, a client of the API with the same password."""
    cast = Cast(
        tuple(_actors("setrass")),
        tuple(_actors("inm")),
        tuple(_actors("frontera")),
        Actor(_person("admin", 1), Role.ADMINISTRATOR, "Administración Ficticia"),
    )
    hashed = stage.ports.passwords.hash(PASSWORD)
    everyone = [*cast.setrass, *cast.inm, *cast.agents, cast.administrator]
    work = stage.work(stage.now)
    for actor, email in zip(everyone, _emails(), strict=True):
        event = work.event(Act.ACCOUNT_ADDED, actor.person, {"role": actor.role.value})
        account = people.Account(actor, email, hashed, disabled=False)
        people.add_account(stage.session, account, stage.now, event=event)
    for actor in (cast.setrass[0], cast.inm[0], cast.agents[0], cast.administrator):
        add_client(stage, actor, hashed)
    return cast


def add_client(stage: Stage, actor: Actor, hashed: str) -> None:
    """A client of the API that acts as this person; its id is `demo-` and the role."""
    work = stage.work(stage.now)
    event = work.event(Act.ACCOUNT_ADDED, actor.person, {"role": actor.role.value})
    client = sessions.ApiClient(f"demo-{actor.role.value}", actor, hashed, disabled=False)
    sessions.add_api_client(stage.session, client, stage.now, event=event)


def demo_accounts() -> tuple[DemoAccount, ...]:
    """The sign-ins that the demonstration shows to everybody: one of each role."""
    return tuple(DemoAccount(_email(key, 1), PASSWORD, role.value) for key, role in ROLES.items())


def _emails() -> list[str]:
    officials = [_email(key, at) for key, names in NAMES.items() for at in range(1, len(names) + 1)]
    return [*officials, _email("admin", 1)]


def _email(key: str, number: int) -> str:
    return f"{key}@{DOMAIN}" if number == 1 else f"{key}{number}@{DOMAIN}"


def _actors(key: str) -> list[Actor]:
    return [
        Actor(
            _person(key, number),
            ROLES[key],
            name,
            POSTS[number - 1] if key == "frontera" else None,
        )
        for number, name in enumerate(NAMES[key], start=1)
    ]


def _person(key: str, number: int) -> PersonId:
    # Fixed, so that tokens of the demonstration survive its being set up again.
    return PersonId(UUID(int=(0xDE30 << 112) + (list(ROLES).index(key) << 8) + number))
