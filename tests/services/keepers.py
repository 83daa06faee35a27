"""Administrators, supervisors and what they were told, for the tests of looking after accounts."""

import re

from sqlalchemy import select

from app.services import notices
from app.services.accounts import Newcomer
from app.services.ports import Ports
from app.services.work import Work
from app.storage import outbox
from app.storage.audit import audit_events
from app.storage.database import Session
from permits.notices import Notice, NoticeKind
from permits.people import SYSTEM, Actor, Role, Scope
from tests.builders import NOW, add_official, work_of

PASSWORD = "café y pan dulce"


def newcomer(role: Role = Role.SETRASS_ANALYST, email: str = "Nueva@demo.example") -> Newcomer:
    """Somebody who is to get an account."""
    return Newcomer("Nueva Persona", role, email, scope=Scope(post=None))


class Office:
    """Two administrators and the service's own shell, at one instant."""

    def __init__(self, session: Session, ports: Ports) -> None:
        self.session, self.ports, self.now = session, ports, NOW
        self.first = add_official(session, ports, Role.ADMINISTRATOR, "Ana Primera")
        self.second = add_official(session, ports, Role.ADMINISTRATOR, "Beto Segundo")

    def work(self, actor: Actor | None = None) -> Work:
        """Work of somebody; of the first administrator unless named."""
        return work_of(self.session, actor or self.first, self.ports, self.now)

    @property
    def shell(self) -> Work:
        """Work of the command line."""
        return self.work(SYSTEM)

    def told(self, kind: NoticeKind) -> list[Notice]:
        """What waits to be sent of a kind, the oldest first."""
        rows = self.session.scalars(
            select(outbox.outbox.c.payload)
            .where(outbox.outbox.c.kind == "notice")
            .order_by(outbox.outbox.c.id)
        )
        return [one for one in map(notices.read, rows) if one.kind is kind]

    def token(self, kind: NoticeKind = NoticeKind.ACCOUNT_INVITED) -> str:
        """The token of the newest link."""
        found = re.fullmatch(r".*/invitacion/([\w-]{43})", self.told(kind)[-1].facts["link"])
        assert found is not None
        return found.group(1)

    def acts(self) -> list[str]:
        """The acts of the log, the oldest first."""
        return list(self.session.scalars(select(audit_events.c.act).order_by(audit_events.c.id)))
