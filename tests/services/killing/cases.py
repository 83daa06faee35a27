"""A case of the mixed lives: what those around it know, and names that no other has."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from permits.audit import Act
from permits.identity_documents import cui_remainder
from tests.services.killing.ledger import Effect, session_opened
from tests.services.killing.lines import Line, Reply

API = "/api/v1/applications"


@dataclass
class Case:
    """A case as those around it know it; `version` is empty where nobody knows."""

    line: Line
    id: str
    phone: str
    code: str
    version: str = ""
    round: int = 0
    name: str = ""

    @property
    def path(self) -> str:
        return f"{API}/{self.id}"


def agreed(case: Case, party: str) -> Effect:
    """A party agreed to its contract."""
    return Effect(Act.CONTRACT_ACCEPTED, case.id, (case.id, party))


def case_of(reply: Reply) -> str:
    """From /solicitud/ID/codigo."""
    return reply.headers["location"].split("/")[2]


def started(reply: Reply) -> list[Effect]:
    """It was begun, and its worker signed in."""
    case = case_of(reply)
    return [
        Effect(Act.APPLICATION_STARTED, case, (case,)),
        session_opened(None, reply.cookies["vereda"]),
    ]


def cuis(number: int) -> Iterator[str]:
    """Document numbers that no other life has."""
    for serial in (f"{n:08d}" for n in count(10_000_000 + number * 1_000_000)):
        if cui_remainder(serial) != 10:
            yield f"{serial}{cui_remainder(serial)}2004"


def letters(*numbers: int) -> str:
    """Numbers as a name may bear them."""
    return "".join(chr(ord("a") + int(digit)) for number in numbers for digit in f"{number:05d}")
