"""Registers of seasons before, as a load brings them: a quarter of the people stand in one."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from app.demo.load_made import Made, Pile
from app.demo.officials import official
from app.services.ports import Ports
from app.storage import past_permits
from app.storage.past_permits import KeptPermit
from permits.audit import Act, Fact
from permits.deadlines import legal_day
from permits.past_permits import PastPermit, Standing
from permits.past_rows import name_of
from permits.submissions import Answers

SHARE_OF_THOUSAND = 250
ROWS = 50
"""Permits of one register."""

YEAR, SEASON = timedelta(days=365), timedelta(days=80)


@dataclass
class _Waiting:
    """The rows of a register until it is full."""

    import_: UUID
    permits: list[KeptPermit] = field(default_factory=list)


class Registers:
    """Gathers past permits of one programme until a register of them is full."""

    def __init__(self, ports: Ports, pile: Pile, now: datetime) -> None:
        self._vault, self._pile, self._now = ports.vault, pile, now
        self._open: dict[str, _Waiting] = {}
        self._chief = official("jefa.setrass")

    def add(self, made: Made) -> None:
        """Write the season before of a person down, if they had one."""
        if not self._pile.is_one_of(SHARE_OF_THOUSAND):
            return
        code = made.vacancy.programme
        waiting = self._open.setdefault(code, _Waiting(self._pile.new_id()))
        told = made.answers
        person = Answers(
            document_kind=told.document_kind,
            document_number=told.document_number,
            given_names=told.given_names,
            surnames=told.surnames,
            date_of_birth=told.date_of_birth,
        )
        starts, row = legal_day(made.at) - YEAR, len(waiting.permits) + 2
        employer = made.vacancy.employer_name
        permit = PastPermit(row, person, employer, starts, starts + SEASON)
        kept = KeptPermit(self._pile.new_id(), waiting.import_, code, permit, Standing.ALONE)
        waiting.permits.append(kept)
        if len(waiting.permits) == ROWS:
            self._import(self._open.pop(code), code)

    def _import(self, waiting: _Waiting, code: str) -> None:
        at = self._now - timedelta(hours=self._pile.random.randrange(24 * 30))
        row = {
            "id": waiting.import_,
            "programme": code,
            "source": "registro-de-ejemplo.xlsx",
            "rows": len(waiting.permits),
            "imported_by": self._chief.person,
            "imported_at": at,
        }
        self._pile.keep("register_imports", row)
        for one in waiting.permits:
            columns = past_permits.get_columns(self._vault, one, name_of(one.permit, code))
            self._pile.keep("past_permits", columns | {"standing": one.standing.value})
        facts: dict[str, Fact] = {"programme": code, "rows": ROWS}
        self._pile.tell(Act.REGISTER_IMPORTED, waiting.import_, self._chief, at, facts)
