"""All that an employer, a recruiter and a foreman can open: pages, replies, files and messages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4
from zipfile import ZipFile

from fastapi.testclient import TestClient
from sqlalchemy import text

from app.services import accounts, contracts, crews, foreman_links
from app.storage import registrations
from app.storage.accounts import Account
from app.storage.database import Session
from app.web.pages.registering import ACCESS
from permits.applications import Status
from permits.deadlines import legal_day
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.reach import File
from tests.builders import Story, work_of
from tests.crew_lists import as_csv, people
from tests.farmed import add_farm
from tests.hirers import LICENCE, licence, list_licences, name_recruiter
from tests.papers import words_of
from tests.registered import come_in
from tests.web.api.matrix.cast import Owned
from tests.web.api.matrix.rows import ROWS
from tests.web.api.matrix.rules import Answer
from tests.web.api.world import World, now
from tests.web.conftest import As
from tests.web.crawling import plain

OF_THEM = (
    *("/mis-fincas", "/mis-vacantes", "/listas/", "/registro-empleador/", "/empleador/"),
    *("/porton/", "/reclutadores/", "/consulta/cifras", "/v/"),
    *("/api/v1/farms", "/api/v1/crews", "/api/v1/vacancies", "/api/v1/recruiters"),
    *("/api/v1/employer-profiles", "/api/v1/complaint-figures"),
)
"""What is about employers and recruiters: asked whomever the law lets in."""

NOTHING_THERE = (
    *(
        "{candidacy",
        "/candidatos",
        "/candidates",
        "/selection",
        "{paper",
        "{point",
        "/cases",
        "/porton/sw.js",
        "/mi-acceso",
    ),
    *("/registro-empleador/codigo", "/registro-empleador/telefono", "/registro-empleador/paso"),
)
"""What this employer has none of, and what is a program or a step of signing in."""

NOT_THEIRS = (
    *("/casos/", "/bandeja", f"/reclutadores/{LICENCE.registry}/{LICENCE.number}/iris"),
    *("/registro-empleador/fincas/", "/registro-empleador/licencias/"),
)
"""Rooms of officials, questions that whoever is verified is led on from, and a licence's own."""

OWNERS_MAIL, RECRUITERS_MAIL = "duena@example.org", "agencia@example.org"
FARM_REACHED_BY = ("+50499990000", "cedral@demo.example")
"""As `tests.builders.add_vacancy` has it."""

AT_RECRUITERS = ("/mi-cuenta", "/mis-vacantes", "/mis-fincas", "/mis-fincas/salarios")
"""A recruiter has an account and no room; all else is what everybody reads."""


@dataclass(frozen=True)
class EmployerSide:
    """An owner and a recruiter, signed in, with the addresses of all that is about them."""

    world: World
    browser: TestClient
    caller: TestClient
    recruiter: TestClient
    addresses: Sequence[str]
    recipients: Sequence[str]

    def read(self) -> dict[tuple[str, str], str]:
        """Each answer by who reads and by address, with its code; files as their words."""
        found = {}
        for address in self.addresses:
            client = self.caller if address.startswith("/api/") else self.browser
            reply = client.get(address)
            found["employer", address] = f"{reply.status_code} {plain(_words(reply.content))}"
        for address in AT_RECRUITERS:
            reply = self.recruiter.get(address)
            found["recruiter", address] = f"{reply.status_code} {plain(reply.text)}"
        return {**found, ("sent", "messages"): self._messages()}

    def _messages(self) -> str:
        """What was sent to the farm, its owner and the recruiter, as SMS or e-mail."""
        query = text("SELECT kind, body FROM messages WHERE recipient = ANY(:theirs) ORDER BY key")
        with self.world.database.sessions() as session:
            rows = session.execute(query, {"theirs": list(self.recipients)})
            return " ".join(f"{row.kind} {row.body}" for row in rows)


def stand(world: World, as_: As, story: Story, owner: Actor) -> EmployerSide:
    """A farm, a foreman's link, a list of workers, a licence and a registration of this owner's.

    `story` is somebody who works there. The recruiter has an account and a mandate.
    """
    recruiter = Actor(PersonId(uuid4()), Role.RECRUITER, "Agencia")
    with world.database.sessions.begin() as session:
        lived = world.again(session, story)
        ids = _prepare(world, session, lived, owner)
        system = work_of(session, SYSTEM, world.ports, now())
        accounts.add(system, Account.of(recruiter, RECRUITERS_MAIL, None))
    own = as_(owner)
    own.cookies.set(ACCESS, str(ids["access"]))
    addresses = (*_addresses(owner, ids), f"/casos/{story.id}", "/bandeja?espera=todas")
    theirs = (*FARM_REACHED_BY, str(ids["phone"]), OWNERS_MAIL, RECRUITERS_MAIL)
    caller, other = world.caller(owner), as_(recruiter)
    return EmployerSide(world, own, caller, other, addresses, theirs)


def _prepare(world: World, session: Session, story: Story, owner: Actor) -> dict[str, object]:
    work, at = work_of(session, owner, world.ports, now()), now()
    assert owner.employer is not None
    farm = add_farm(story.work(SYSTEM), owner.employer)
    last = legal_day(at) + timedelta(days=30)
    registration = registrations.find_by_employer(session, owner.employer)
    assert registration is not None
    list_licences(work, licence(LICENCE.number))
    name_recruiter(work, owner.employer)
    seen = contracts.read_own_contract(story.work(story.worker), story.id)
    vacancy, crew = UUID(seen.offer.vacancy), uuid4()
    rows = world.ports.sheets.read(as_csv(people(1)))
    crews.register_crew(work, crew, vacancy, rows, lambda one: one or None)
    return {
        "farm": farm,
        "crew": crew,
        "employer": owner.employer,
        "vacancy": vacancy,
        "application": story.id,
        "contract": story.id,
        "token": foreman_links.make_link(work, farm, last),
        "registry": LICENCE.registry.value,
        "number": LICENCE.number,
        "licence": LICENCE.number,
        "phone": registration.phone,
        "access": come_in(session, world.ports, registration.phone, at).token,
    }


def _addresses(owner: Actor, ids: Mapping[str, object]) -> Iterator[str]:
    """Every route that lets an employer in with a file of its own, and each that is about them."""
    application, vacancy = ids["application"], ids["vacancy"]
    file = File(
        application,  # type: ignore[arg-type]
        PersonId(uuid4()),
        Status.APPROVED,
        True,
        "HN-CP",
        owner.employer,
        "GTM",
    )
    owned = Owned(file, uuid4(), vacancy, uuid4(), uuid4())  # type: ignore[arg-type]
    for route, row in sorted(ROWS.items()):
        method, _, path = route.partition(" ")
        if method != "GET" or any(one in path for one in NOTHING_THERE):
            continue
        let_in = not row.is_public and row.rule(owner, owned) is Answer.ALLOWED
        if let_in or path.startswith(OF_THEM):
            yield path.replace(":uuid", "").format(**{**row.ids, **owned.ids, **ids})


def _words(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return words_of(content)
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as packed:
            return " ".join(
                packed.read(one).decode("utf-8", "replace") for one in packed.namelist()
            )
    return content.decode("utf-8", "replace")


def hears_nothing(
    side: EmployerSide, before: Mapping[tuple[str, str], str], secrets: Sequence[str]
) -> None:
    """Whoever hires, recruits or keeps a gate reads and is sent the same as before all of it."""
    after = side.read()
    for who, path in sorted(before):
        assert after[who, path] == before[who, path], (who, path)
        assert not [one for one in secrets if one in after[who, path]], (who, path)
    opened = {path.partition("?")[0] for (who, path), told in after.items() if told[:3] == "200"}
    shut = {one for one in side.addresses if one.partition("?")[0] not in opened}
    assert [one for one in sorted(shut) if not one.startswith(NOT_THEIRS)] == []
