"""Crew lists of a load: a third of the people came by one, most of them on their own phones."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.demo.load_made import Made, Pile
from app.demo.officials import official
from permits.audit import Act, Fact
from permits.consents import ConsentWay

SHARE_OF_THOUSAND = 333
SMALLEST, LARGEST = 20, 200
"""People on a list."""

BY_MARK_OF_HUNDRED = 15
EMPLOYER, WITNESS = official("empleador"), official("analista.setrass")


@dataclass
class _Open:
    """A list that still takes people, and how many it has."""

    crew: UUID
    size: int
    count: int = 0


class Crews:
    """Puts people on lists of the work that they applied for."""

    def __init__(self, pile: Pile) -> None:
        self._pile = pile
        self._open: dict[UUID, _Open] = {}

    def add(self, made: Made) -> None:
        """Put a person on the list of this work that is not full, or on none."""
        if not self._pile.is_one_of(SHARE_OF_THOUSAND):
            return
        crew = self._open.get(made.vacancy.id)
        if crew is None or crew.count == crew.size:
            crew = self._open[made.vacancy.id] = self._register(made)
        crew.count += 1
        marked = self._pile.is_one_of(BY_MARK_OF_HUNDRED, 100)
        way = ConsentWay.WITNESSED if marked else ConsentWay.CODE
        row = {
            "application": made.case,
            "crew": crew.crew,
            "worker": made.worker,
            "place": crew.count,
            "way": way.value,
            "consented_at": made.at,
            "witness": WITNESS.person if marked else None,
        }
        self._pile.keep("crew_members", row)

    def _register(self, made: Made) -> _Open:
        size = self._pile.random.randrange(SMALLEST, LARGEST + 1)
        crew, at = _Open(self._pile.new_id(), size), made.at - timedelta(days=1)
        row = {
            "id": crew.crew,
            "vacancy": made.vacancy.id,
            "programme": made.vacancy.programme,
            "registered_by": EMPLOYER.person,
            "registered_at": at,
        }
        self._pile.keep("crews", row)
        facts: dict[str, Fact] = {"vacancy": str(made.vacancy.id), "rows": size}
        self._pile.tell(Act.CREW_REGISTERED, crew.crew, EMPLOYER, at, facts)
        return crew
