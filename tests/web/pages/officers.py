"""What the tests of the case pages share: the database behind them, and their forms."""

import html
import re
from dataclasses import dataclass

from fastapi.testclient import TestClient
from httpx2 import Response

from app.services.ports import Ports
from app.storage.applications import get_application
from app.storage.approvals import list_decisions
from permits.applications import Application
from permits.approvals import Decision
from permits.people import Actor, Role
from permits.reach import EVERYTHING
from tests.builders import Story, add_official
from tests.databases import Database


@dataclass(frozen=True)
class Desk:
    """The database behind the pages, and people added to it."""

    database: Database
    ports: Ports

    def official(self, role: Role, name: str = "") -> Actor:
        """Somebody with an account."""
        with self.database.sessions.begin() as session:
            return add_official(session, self.ports, role, name)

    def application(self, story: Story) -> Application:
        """The application as it stands now."""
        with self.database.sessions() as session:
            return get_application(session, story.id, reach=EVERYTHING)

    def decisions(self, story: Story) -> list[Decision]:
        """Every decision on it."""
        with self.database.sessions() as session:
            return list_decisions(session, story.id)


def hidden(page: str, form: str) -> dict[str, str]:
    """The hidden fields of the form whose address ends so."""
    found = re.search(rf'<form[^>]*action="[^"]*/{form}".*?</form>', page, re.S)
    assert found is not None, f"no form {form}"
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', found.group())
    return {name: html.unescape(value) for name, value in fields}


def forms_of(page: str) -> set[str]:
    """What the page lets this official do: the last words of its forms' addresses."""
    return set(re.findall(r'<form[^>]*action="/casos/[^"]*/(\w+)"', page))


def opinions_of(page: str) -> list[str]:
    """The opinions that may be chosen, in their order."""
    return re.findall(r'name="opinion" type="radio" value="([\w-]+)"', page)


def send(
    client: TestClient, story: Story, act: str, fields: dict[str, str | list[str]] | None = None
) -> Response:
    """Open the case, fill in the form of an act and send it."""
    page = client.get(f"/casos/{story.id}").text
    return client.post(f"/casos/{story.id}/{act}", data={**hidden(page, act), **(fields or {})})
