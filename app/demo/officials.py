"""The officials of the demonstration, their sign-ins, and the clients of its API."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from app.demo.market import FARM
from app.demo.stage import Stage
from app.services.accounts import add
from app.services.one_time_codes import SECRET_BYTES
from app.services.second_factors import add_totp
from app.storage import accounts, api_clients
from app.web.contexts import DemoAccount
from permits.audit import Act
from permits.people import Actor, PersonId, Role, Scope, actor_in

PASSWORD = "cosecha-2026-demo"  # noqa: S105  printed on the first page of the demonstration
DOMAIN = "demo.vereda.example"
APP_NAME = "Aplicación de la demostración"


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
OTHERS: Mapping[str, tuple[Role, str, Scope]] = {
    "analista.setrass": (Role.SETRASS_ANALYST, "Pablo Turcios Ficticio", Scope()),
    "analista.inm": (Role.INM_ANALYST, "Nelly Orellana Ficticia", Scope(department="HN-OC")),
    "jefa.setrass": (Role.SETRASS_SUPERVISOR, "Mirna Castellanos Ficticia", Scope()),
    "jefe.inm": (Role.INM_SUPERVISOR, "Edgardo Lanza Ficticio", Scope()),
    "revision.inm": (Role.INM_SECOND_LOOK, "Aminta Fiallos Ficticia", Scope()),
    "consulado": (Role.CONSULATE_OFFICER, "Mario Ajú Ficticio", Scope(country="GTM")),
    "jefa.consulado": (Role.CONSULATE_SUPERVISOR, "Elena Cojón Ficticia", Scope(country="GTM")),
    "jefa.puesto": (Role.POST_SUPERVISOR, "Karla Membreño Ficticia", Scope(post="HN-GT-1")),
    "facilitador": (Role.FACILITATOR, "Selvin Interiano Ficticio", Scope()),
    "quejas": (Role.COMPLAINT_HANDLER, "Dunia Rápalo Ficticia", Scope()),
    "inspector": (Role.LABOUR_INSPECTOR, "Wilmer Cáceres Ficticio", Scope()),
    "mintrab": (Role.PARTNER_AUTHORITY, "Ingrid Xitumul Ficticia", Scope(country="GTM")),
    "canada": (Role.PARTNER_AUTHORITY, "Claire Tremblay Ficticia", Scope(country="CAN")),
    "espana": (Role.PARTNER_AUTHORITY, "Nuria Salas Ficticia", Scope(country="ESP")),
    "analista": (Role.DATA_ANALYST, "Ada Matamoros Ficticia", Scope()),
    "datos": (Role.DATA_PROTECTION_OFFICER, "Belinda Sabillón Ficticia", Scope()),
    "auditor": (Role.AUDITOR, "Joaquín Sevilla Ficticio", Scope()),
    "empleador": (Role.EMPLOYER, "Concepción Bueso Ficticia", Scope(employer=FARM)),
    "reclutador": (Role.RECRUITER, "Iván Chacón Ficticio", Scope()),
    "quejas.segunda": (Role.COMPLAINT_HANDLER, "Rosibel Alemán Ficticia", Scope()),
    "jefa.quejas": (Role.COMPLAINT_SUPERVISOR, "Zoila Banegas Ficticia", Scope()),
}
"""One person for every other role: sign-in, role, name and how far it reaches."""

POSTS = ("HN-GT-1", "HN-GT-2", "HN-GT-3", "HN-SV-1")
ROLES = {
    "setrass": Role.SETRASS_OFFICER,
    "inm": Role.INM_OFFICER,
    "frontera": Role.BORDER_AGENT,
    "admin": Role.ADMINISTRATOR,
}


def seed_officials(stage: Stage) -> Cast:
    """Add the accounts and, for each role, a client of the API with the same password."""
    cast = demo_cast()
    hashed = stage.ports.passwords.hash(PASSWORD)
    everyone = [*cast.setrass, *cast.inm, *cast.agents, cast.administrator]
    for actor, email in [*zip(everyone, _emails(), strict=True), *_others()]:
        work = stage.work(stage.now)
        add(work, accounts.Account.of(actor, email, hashed))
        add_totp(work, actor.person, secret_of(email), APP_NAME)
    for actor in (cast.setrass[0], cast.inm[0], cast.agents[0], cast.administrator):
        add_client(stage, actor, hashed)
    return cast


def demo_cast() -> Cast:
    """Who plays the officials; the same people in every demonstration."""
    return Cast(
        tuple(_actors("setrass")),
        tuple(_actors("inm")),
        tuple(_actors("frontera")),
        Actor(_person("admin", 1), Role.ADMINISTRATOR, "Administración Ficticia"),
    )


def add_client(stage: Stage, actor: Actor, hashed: str) -> None:
    """A client of the API that acts as this person; its id is `demo-` and the role."""
    work = stage.work(stage.now)
    name = f"demo-{actor.role.value}"
    event = work.event(Act.API_CLIENT_ADDED, actor.person, {"client": name})
    client = api_clients.ApiClient(name, actor, hashed, disabled=False)
    api_clients.add_api_client(stage.session, client, stage.now, event=event)


def demo_accounts() -> tuple[DemoAccount, ...]:
    """The sign-ins that the demonstration shows to everybody: one of each role."""
    first = list(ROLES.items())
    others = [(key, role) for key, (role, _, _) in OTHERS.items()]
    return tuple(DemoAccount(_email(key, 1), PASSWORD, role.value) for key, role in first + others)


def secret_of(email: str) -> str:
    """The secret of an account's code app: no secret at all, like everything here."""
    digest = hashlib.sha256(f"vereda demonstration {email}".encode()).digest()
    return base64.b32encode(digest[:SECRET_BYTES]).decode()


def demo_secrets() -> Mapping[PersonId, str]:
    """The secret of each account, for the sign-in page of the demonstration to show codes."""
    people = [_person(key, at) for key in NAMES for at in range(1, len(NAMES[key]) + 1)]
    named = [*zip([*people, _person("admin", 1)], _emails(), strict=True)]
    named += [(actor.person, email) for actor, email in _others()]
    return {person: secret_of(email) for person, email in named}


def official(key: str) -> Actor:
    """The person of one of the other sign-ins."""
    email = _email(key, 1)
    return next(actor for actor, name in _others() if name == email)


def _emails() -> list[str]:
    officials = [_email(key, at) for key, names in NAMES.items() for at in range(1, len(names) + 1)]
    return [*officials, _email("admin", 1)]


def _others() -> Iterator[tuple[Actor, str]]:
    for at, (key, (role, name, scope)) in enumerate(OTHERS.items()):
        person = PersonId(UUID(int=(0xDE30 << 112) + (0x20 << 8) + at))
        yield actor_in(person, role, name, scope), _email(key, 1)


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
