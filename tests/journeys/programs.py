"""Programs of the story: each holds a bearer token and speaks JSON with the running site."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx2

from app.services.work import Work
from app.storage import api_clients
from permits.audit import Act
from permits.people import SYSTEM, Actor
from tests.journeys.site import Site
from tests.web.api.world import keyed

API = "/api/v1"


@dataclass(frozen=True)
class Program:
    """Acts for one person with a token of its own."""

    site: Site
    token: str

    @classmethod
    def of(cls, site: Site, actor: Actor) -> "Program":
        """Registered as the demonstration registers its programs; the token is asked for."""
        name, secret = f"programa-{uuid4().hex[:8]}", uuid4().hex
        ports, now = site.house.ports, site.now()
        with site.house.sessions.begin() as session:
            work = Work(session, SYSTEM, now, ports, "test")
            event = work.event(Act.API_CLIENT_ADDED, actor.person, {"client": name})
            hashed = ports.passwords.hash(secret)
            added = api_clients.ApiClient(name, actor, hashed, disabled=False)
            api_clients.add_api_client(session, added, now, event=event)
        form = {"grant_type": "client_credentials", "client_id": name, "client_secret": secret}
        told = httpx2.post(f"{site.url}{API}/token", data=form).json()
        return cls(site, told["access_token"])

    def fetch(self, path: str) -> httpx2.Response:
        """Read something that is there: a path of the API, or a link of a reply."""
        url = self.site.url + (path if path.startswith("/") else f"{API}/{path}")
        reply = httpx2.get(url, headers=self._bearer)
        assert reply.status_code == 200, reply.text
        return reply

    def get(self, path: str) -> Any:  # noqa: ANN401  JSON
        """The same where it is JSON."""
        return self.fetch(path).json()

    def send(
        self,
        method: str,
        path: str,
        version: int | None = None,
        *,
        status: int = 200,
        **body: object,
    ) -> Any:  # noqa: ANN401  JSON
        """Change something as it was seen, with a key of its own."""
        url = f"{self.site.url}{API}/{path}"
        headers = self._bearer | keyed(version)
        reply = httpx2.request(method, url, headers=headers, json=body or None)
        assert reply.status_code == status, reply.text
        return reply.json()

    @property
    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}
