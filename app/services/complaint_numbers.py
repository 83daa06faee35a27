"""The complainant's number: drawn before anything is sent, looked up slowly, kept nowhere.

The number is drawn when the form is shown and rides in it, sealed (the ticket). So a form that is
sent twice, or whose answer was lost on the way, gives the same number again, and one complaint.
Of the number only what Argon2id makes of it is kept, salted with a secret that is in no table: one
part of that finds the case, another opens its key. How slow that was is kept beside it, so that a
number of an older cost opens as long as its complaint is there.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from app.services.complaint_keys import CaseSeal, key_place
from app.services.work import Work
from app.storage import complaint_keys
from recruitment.complaints.filed import DIGITS, ComplaintId

TICKET_HOLDS = timedelta(days=2)
"""A form that was opened before must be opened anew; what was typed is kept in it."""

PASS_HOLDS = timedelta(minutes=30)
"""For so long a page under the number goes on without typing the number again."""


COST = 2
"""Of new numbers. They are drawn by chance, so a guess may cost less than one at a phrase."""

OLDER_COSTS = (1,)
"""Tried after it, while there are complaints of them."""


@dataclass(frozen=True)
class Ticket:
    """A complaint that is not sent yet: its id, its number, and when the form was opened."""

    complaint: ComplaintId
    digits: str = field(repr=False)
    opened_at: datetime


@dataclass(frozen=True)
class NumberKeys:
    """What a number leads to: the index that finds the case, and the key that opens its key."""

    index: bytes
    key: bytes = field(repr=False)
    cost: int = COST


@dataclass(frozen=True)
class Found:
    """A case that a number opened; `again`: the number was typed for the first time."""

    seal: CaseSeal
    first_return: bool


def make_ticket(work: Work) -> str:
    """A fresh number in a sealed ticket for the form; nothing is written anywhere."""
    digits = f"{work.ports.chance.below(10**DIGITS):0{DIGITS}d}"
    content = {"id": str(work.new_id()), "number": digits, "at": work.now.isoformat()}
    return _sealed(work, "ticket", content)


def read_ticket(work: Work, text: str) -> Ticket | None:
    """The ticket of a form; None where it is none of ours, or older than two days."""
    content = _opened(work, "ticket", text)
    if content is None:
        return None
    ticket = Ticket(
        ComplaintId(UUID(content["id"])), content["number"], datetime.fromisoformat(content["at"])
    )
    return ticket if work.now - ticket.opened_at <= TICKET_HOLDS else None


def keys_of(work: Work, digits: str, cost: int = COST) -> NumberKeys:
    """What a number leads to: slow (0.08 s of a core, 64 MiB), so bounded before it is asked."""
    seals = work.ports.seals
    slow = seals.stretch(digits, work.ports.vault.index("complaints.number", "salt 1"), cost)
    return NumberKeys(seals.part(slow, "number index"), seals.part(slow, "number key"), cost)


def open_by_number(work: Work, digits: str) -> Found | None:
    """The case of a number; None where there is none, whatever the number was."""
    keys = keys_of(work, digits)
    kept = complaint_keys.find_by_index(work.session, keys.index)
    for cost in OLDER_COSTS:
        if kept is None and complaint_keys.has_cost(work.session, cost):
            keys = keys_of(work, digits, cost)
            kept = complaint_keys.find_by_index(work.session, keys.index)
    if kept is None:
        return None
    key = work.ports.seals.open(keys.key, key_place(kept.complaint), kept.number_sealed)
    if key is None:
        return None
    if not kept.returned:
        complaint_keys.note_return(work.session, kept.complaint)
    return Found(CaseSeal(kept.complaint, key), not kept.returned)


def make_pass(work: Work, seal: CaseSeal) -> str:
    """What the page of a case carries in its forms, so that the number need not stand in them."""
    until = (work.now + PASS_HOLDS).isoformat()
    return _sealed(work, "pass", {"id": str(seal.complaint), "key": seal.key.hex(), "until": until})


def read_pass(work: Work, text: str) -> CaseSeal | None:
    """The case of a page's pass; None where its half hour is over, or it is none of ours."""
    content = _opened(work, "pass", text)
    if content is None or work.now >= datetime.fromisoformat(content["until"]):
        return None
    return CaseSeal(ComplaintId(UUID(content["id"])), bytes.fromhex(content["key"]))


def _sealed(work: Work, purpose: str, content: dict[str, str]) -> str:
    data = json.dumps(content).encode()
    return urlsafe_b64encode(work.ports.seals.seal(_form_key(work), purpose, data)).decode()


def _opened(work: Work, purpose: str, text: str) -> dict[str, str] | None:
    try:
        sealed = urlsafe_b64decode(text.encode())
    except ValueError:
        return None
    data = work.ports.seals.open(_form_key(work), purpose, sealed)
    return json.loads(data) if data is not None else None


def _form_key(work: Work) -> bytes:
    """What seals tickets and passes: of all processes the same, and in no table."""
    return work.ports.vault.index("complaints.forms", "key 1")
