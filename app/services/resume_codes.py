"""The code on paper that brings a worker back: made by chance, found by one look, checked once.

Two hashes of it are kept: a keyed one to find its row by (`Vault.index`, whose key is in no table),
and a slow one to check it with. So a try costs the same whoever has the phone: one look by phone
and code together, and one slow hash, for nobody's phone and for one that a whole brigade shares.
"""

from dataclasses import dataclass

from app.services.ports import Ports
from app.services.work import Work
from app.storage import people
from app.storage.people import ResumeCode, Worker

PLACE = "workers.resume_index"


@dataclass(frozen=True)
class MadeCode:
    """The digits, to be told once, and what is kept of them."""

    digits: str
    kept: ResumeCode


def make_code(work: Work) -> MadeCode:
    """Eight digits by chance."""
    digits = f"{work.ports.chance.below(10**8):08d}"
    return MadeCode(digits, keep(work.ports, digits))


def nobodys(work: Work) -> ResumeCode:
    """A code that nobody holds: no eight digits fit it."""
    return keep(work.ports, work.ports.chance.token(32).hex())


def keep(ports: Ports, digits: str) -> ResumeCode:
    """What is kept of a code."""
    return ResumeCode(ports.passwords.hash(digits), ports.vault.index(PLACE, digits))


def find_holder(work: Work, phone: str, typed: str) -> Worker | None:
    """The worker of this phone (E.164) whose code was typed, with or without blanks."""
    digits = _digits(typed)
    found = people.find_by_code(work.session, phone, work.ports.vault.index(PLACE, digits))
    fits = work.ports.passwords.verify(digits, found.resume.slow_hash if found else None)
    return found if fits else None


def is_own(work: Work, worker: Worker | None, typed: str) -> bool:
    """Whether this worker's code was typed; nobody's costs the same."""
    hashed = worker.resume.slow_hash if worker is not None else None
    return work.ports.passwords.verify(_digits(typed), hashed)


def _digits(typed: str) -> str:
    return "".join(c for c in typed if c.isdigit())
