"""People of every role and the stories they live in, as callers of the API meet them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from threading import Lock
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.services import access_tokens, credentials, effects, published, status_lists
from app.services.case import Case, load_case
from app.services.credentials import Permit
from app.services.ports import Ports
from app.services.sealing import seal_events
from app.services.work import Work
from app.storage.api_clients import ApiClient, add_api_client, find_api_client
from app.storage.checkpoints import find_head
from app.storage.database import Session
from app.storage.log_tree import list_unsealed
from app.web import documentation, routes
from permits import status_list
from permits.applications import ApplicationId
from permits.audit import Act
from permits.people import SYSTEM, Actor, PersonId, Role
from tests.builders import Story, work_of
from tests.databases import Database
from tests.vectors import forge
from tests.web.clients import browser

PARTNER_LIST = forge.make_list(uri=f"{forge.PARTNER}/st/1")
PARTNER_TOKEN = status_list.sign(PARTNER_LIST, forge.PARTNERS_STATUS)
"""The list of an issuer of another country, as the worker has taken it."""

_REGISTERING = Lock()
"""Of callers that come at once one registers their client, the others find it."""

Steps = Callable[[Story], Story]

AGENT = Actor(PersonId(uuid4()), Role.BORDER_AGENT, "Agente", "HN-GT-1")
ADMINISTRATOR = Actor(PersonId(uuid4()), Role.ADMINISTRATOR, "Administración")
AUDITOR = Actor(PersonId(uuid4()), Role.AUDITOR, "Auditoría")
BRIGADE = Actor(PersonId(uuid4()), Role.FACILITATOR, "Brigada")
FARMER = Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña", employer=uuid4())
MISSION = Actor(PersonId(uuid4()), Role.PARTNER_AUTHORITY, "Cónsul", country="CAN")
STRANGER = Actor(PersonId(uuid4()), Role.WORKER)


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  the site that is asked reads its own clock


@cache
def the_document() -> dict[str, Any]:
    """The OpenAPI document, made once for all tests of a process."""
    app = FastAPI(title="Vereda", version="0.1.0", **documentation.ABOUT)
    routes.install(app, demo=True)
    return app.openapi()


@dataclass
class World:
    """The site, its database and the tokens of its callers."""

    app: FastAPI
    database: Database
    ports: Ports

    @property
    def document(self) -> dict[str, Any]:
        """What the API says of itself."""
        return the_document()

    def live(self, steps: Steps) -> Story:
        """Live a story up to now and commit it."""
        with self.database.sessions.begin() as session:
            return steps(Story(session, self.ports, now()))

    def again(self, session: Session, lived: Story) -> Story:
        """A story that was lived, in another session."""
        story = Story(session, self.ports, lived.now)
        story.id, story.worker = lived.id, lived.worker
        return story

    def permit_of(self, story: Story) -> Permit:
        """The newest credential of a story."""
        with self.database.sessions.begin() as session:
            found = credentials.find_permit_of(self.work(session, story.worker), story.id)
        assert found is not None
        return found

    def version_of(self, application: UUID) -> int:
        """The version of an application as it stands."""
        with self.database.sessions.begin() as session:
            story = Story(session, self.ports)
            story.id = application  # type: ignore[assignment]
            return story.application.version

    def work(self, session: Session, actor: Actor) -> Work:
        """Work of somebody, now."""
        return work_of(session, actor, self.ports, now())

    def case(self, work: Work, application: UUID) -> Case:
        """A case as the services read it."""
        return load_case(work, ApplicationId(application))

    def publish(self) -> None:
        """Do what waits for the worker process, and publish the status lists, a partner's too."""
        with self.database.sessions.begin() as session:
            work = self.work(session, SYSTEM)
            while effects.run_next_effect(work) or status_lists.republish_due(work):
                pass
        self.ports.public.put(published.partner_name(PARTNER_LIST.uri), PARTNER_TOKEN)

    def seal(self) -> int:
        """Seal the log as the worker does; returns how many leaves it has then.

        Another test's open transaction may hold it back for a moment.
        """
        while True:
            with self.database.sessions.begin() as session:
                seal_events(self.work(session, SYSTEM))
                head = find_head(session)
                if head and not list_unsealed(session, 0, 2**60, 1):
                    return head.size
            time.sleep(0.02)

    def caller(self, actor: Actor | None, language: str = "es") -> TestClient:
        """A program that holds this person's token, or none."""
        client = browser(self.app)
        client.headers["Accept-Language"] = language
        if actor is not None:
            with _REGISTERING, self.database.sessions.begin() as session:
                token = access_tokens.sign_token(
                    self.work(session, actor), actor, self._client_of(session, actor)
                )
            client.headers["Authorization"] = f"Bearer {token}"
        return client

    def add_client(self, actor: Actor, client: str = "demo-client", secret: str = "s3cret") -> None:
        """Register a client of the API."""
        with self.database.sessions.begin() as session:
            self._register(session, actor, client, secret)

    def _client_of(self, session: Session, actor: Actor) -> str:
        """A client that acts for somebody, registered with the first token."""
        name = f"test-{actor.role.value}-{actor.person}"
        if find_api_client(session, name) is None:
            self._register(session, actor, name, "")
        return name

    def _register(self, session: Session, actor: Actor, client: str, secret: str) -> None:
        hashed = self.ports.passwords.hash(secret)
        event = self.work(session, SYSTEM).event(
            Act.API_CLIENT_ADDED, actor.person, {"client": client}
        )
        added = ApiClient(client, actor, hashed, disabled=False)
        add_api_client(session, added, now(), event=event)


def keyed(version: int | None = None, key: str | None = None) -> dict[str, str]:
    """The headers of a change: what was seen, and a key of its own."""
    headers = {"Idempotency-Key": key or uuid4().hex}
    return headers | ({"If-Match": f'"{version}"'} if version is not None else {})
