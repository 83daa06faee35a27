"""Where everybody of the office has a part in a case: an institution outside is told, and takes it.

It is told that something waits, and where to say that it knows; no case, no kind, no person. Of the
telling nothing is kept, for its hour would be the complaint's: the address carries a sealed day.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.services import notices
from app.services.complaint_hands import find_office
from app.services.complaint_parts import list_out
from app.services.work import Work
from app.storage import complaint_outside as kept
from app.storage import complaints
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Fault, NotFound, refuse_if
from permits.notices import Notice, NoticeKind
from permits.people import PersonId
from recruitment.complaints.filed import ComplaintId
from recruitment.complaints.handling import Ties, reference_of
from recruitment.complaints.moves import UNDER_WAY
from recruitment.complaints.telling import is_heard_by_nobody
from recruitment.complaints.words import Severity

HOLDS = timedelta(days=30)
"""So long an address opens; each telling has a fresh one."""

BATCH, NUMBER_LIMIT = 500, 60


@dataclass(frozen=True)
class Alone:
    """A case that nobody of the office may look at, as an institution outside reads of it.

    `taken_on`: since when it knows; `number` is its own of the case.
    """

    complaint: ComplaintId
    reference: str
    gravity: Severity
    taken_on: date | None = None
    number: str = ""


def list_alone(work: Work) -> list[Alone]:
    """The cases under way in which everybody of the office has a part, what is due first."""
    cases = complaints.list_complaints(work.session, sorted(UNDER_WAY), BATCH)
    office = find_office(work)
    out = list_out(work, cases, office.accounts)
    hands = office.reachable
    found = [
        one
        for one in cases
        if is_heard_by_nobody(
            hands, Ties(PersonId(one.handler) if one.handler else None, recused=out[one.id])
        )
    ]
    taken = kept.list_taken(work.session, [one.id for one in found])
    return [
        Alone(one.id, reference_of(one.id), one.gravity, *taken.get(one.id, (None, "")))
        for one in found
    ]


def ring(work: Work, cases: Collection[ComplaintId]) -> bool:
    """Tell the institution on duty that something waits, unless it took all of these; one message.

    Of many cases at once it gets one: its page lists them. False where nobody was named for it, as
    a demonstration may have it.
    """
    duty = work.ports.outside_duty
    taken = kept.list_taken(work.session, list(cases))
    if not duty or not set(cases) - taken.keys():
        return False
    email = next((one for one in duty if "@" in one), None)
    phone = next((one for one in duty if "@" not in one), None)
    facts = {"link": f"{work.ports.public_url}/remisiones/aviso/{make_address(work)}"}
    kind = NoticeKind.COMPLAINT_OUTSIDE
    key = f"{kind.value}:{work.new_id()}"
    notices.leave(work, Notice(kind, "es", key, phone, email, facts))
    return True


def make_address(work: Work) -> str:
    """What an address carries: its day, sealed."""
    day = legal_day(work.now).toordinal().to_bytes(4)
    return urlsafe_b64encode(work.ports.seals.seal(_key(work), "outside", day)).decode().rstrip("=")


def read_outside(work: Work, address: str) -> Sequence[Alone]:
    """What waits, for who holds an address; NotFound for one that is none, or too old."""
    try:
        sealed = urlsafe_b64decode(address.encode() + b"=" * (-len(address) % 4))
    except ValueError:
        raise NotFound("no-such-referral") from None
    told = work.ports.seals.open(_key(work), "outside", sealed)
    if told is None or legal_day(work.now) - date.fromordinal(int.from_bytes(told)) > HOLDS:
        raise NotFound("no-such-referral")
    return list_alone(work)


def take(work: Work, address: str, cases: Collection[UUID], number: str) -> None:
    """The institution says that it knows of these, and is told of them no more; twice is once.

    Invalid for a number that is too long. What is not theirs to take is passed over.
    """
    waiting = {one.complaint: one for one in read_outside(work, address)}
    long = len(number.strip()) > NUMBER_LIMIT
    refuse_if([Fault("too-long", "number", {"limit": NUMBER_LIMIT})] if long else [])
    for one in sorted(set(cases) & waiting.keys()):
        event = work.event(Act.COMPLAINT_OUTSIDE_TAKEN, one)
        kept.add_taken(
            work.session, ComplaintId(one), legal_day(work.now), number.strip(), event=event
        )


def _key(work: Work) -> bytes:
    return work.ports.vault.index("complaints.outside", "key 1")
