"""Filing a complaint: everything at once, once for each ticket, and nothing of who sends it.

1. What is wrong is told all at once, before anything is kept.
2. The files are sealed and stored; an object whose complaint never came is swept by night.
3. In one transaction: the row in clear, the key sealed twice, the first message, the files' rows.
4. Only after that is the number shown. A form sent again shows it again.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from app.services.complaint_evidence import Received, check_files, digests_at, digests_of, keep_file
from app.services.complaint_groups import find_group
from app.services.complaint_keys import CaseSeal, key_place
from app.services.complaint_numbers import NumberKeys, Ticket, keys_of
from app.services.complaint_places import find_place
from app.services.work import Work
from app.storage import complaint_keys, complaint_messages, complaints
from app.storage.complaint_keys import CaseKey
from app.storage.complaint_messages import SealedMessage
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, refuse_if
from recruitment.complaints.filed import Filed, Side, Told, find_faults
from recruitment.complaints.places import Place
from recruitment.complaints.severities import propose
from recruitment.complaints.words import Category, DangerSign, Filing, Severity

HOUR_KEPT = frozenset({Severity.S1, Severity.S2})
"""Their clocks run by the hour; of the others the day is all that is kept."""

LEAST_WORDS_BYTES = 2048
"""No message is shorter where it lies: a yes and a page look alike."""


@dataclass(frozen=True)
class Sent:
    """What somebody sends: who tells it, what it is about, where, and in what words and files.

    `farm` is a registered one that they found and chose.
    """

    filing: Filing
    categories: tuple[Category, ...]
    told: Told
    department: str | None = None
    files: Sequence[Received] = ()
    farm: UUID | None = None


def file_complaint(work: Work, ticket: Ticket, sent: Sent) -> None:
    """Keep a complaint under the number of its ticket; the same ticket keeps one, once.

    Invalid with every fault; Conflict("form-used") where something else was told with that ticket
    before: it would be lost behind a number that stands for the other. A farm of a few people
    stands under the seal alone. Nothing tells who sent it: no actor, no address, no hour unless a
    clock of hours runs, no event of its own (see `complaint_batches`).
    """
    faults = find_faults(sent.filing, sent.categories, sent.told)
    if not sent.told.words and not sent.files:
        faults.append(Fault("complaint-words-missing", "words"))
    if sent.department is not None and sent.department not in work.ports.reference.departments:
        faults.append(Fault("not-an-option", "department"))  # it stands in clear
    place = find_place(work, sent.farm) if sent.farm else None
    if sent.farm and place is None:
        faults.append(Fault("not-an-option", "farm"))
    refuse_if([*faults, *check_files(work, sent.files, already=0)])
    find_group(work)  # before anything slow: where there are no keys nothing is taken
    if place:
        sent = replace(sent, told=replace(sent.told, farm=place.text))
    filed = _filed(work, ticket, sent, place)
    if not complaints.add_complaint(work.session, filed):
        if not _is_same(work, ticket, filed, sent):
            raise Conflict("form-used")
        return
    seal = seal_case(work, filed, sent.told, keys_of(work, ticket.digits))
    for received in sent.files:
        keep_file(work, seal, 1, received)


def seal_case(work: Work, filed: Filed, told: Told, numbers: NumberKeys) -> CaseSeal:
    """Give a new case its key, sealed twice, and its first message: what was told."""
    group, seal = find_group(work), CaseSeal(filed.id, work.ports.seals.make_key())
    place = key_place(filed.id)
    key = CaseKey(
        filed.id,
        group.id,
        work.ports.seals.seal_to(group.public, place, seal.key),
        numbers.index,
        work.ports.seals.seal(numbers.key, place, seal.key),
        numbers.cost,
    )
    complaint_keys.add_key(work.session, key)
    complaint_messages.add_told(work.session, _first(work, seal, filed, told))
    return seal


def read_told(work: Work, seal: CaseSeal, message: SealedMessage) -> Told:
    """What was told when the complaint was filed: the first message of the conversation."""
    content = json.loads(seal.open(work, "message", message.id, message.sealed))
    content["signs"] = frozenset(DangerSign(one) for one in content["signs"])
    return Told(**content)


def _is_same(work: Work, ticket: Ticket, filed: Filed, sent: Sent) -> bool:
    """Whether a ticket's complaint is what is sent now, in whatever language its page was.

    What stands in clear is looked at until a handler has changed it.
    """
    numbers = keys_of(work, ticket.digits)
    kept = complaint_keys.find_by_index(work.session, numbers.index)
    key = kept and work.ports.seals.open(numbers.key, key_place(filed.id), kept.number_sealed)
    if not key:
        raise Conflict("complaint-damaged")
    seal, standing = CaseSeal(filed.id, key), complaints.get_complaint(work.session, filed.id)
    first, *_ = complaint_messages.list_messages(work.session, filed.id)
    told = replace(read_told(work, seal, first), language=sent.told.language)
    clear = (filed.filing, filed.categories, filed.department)
    was = (standing.filing, standing.categories, standing.department)
    return (
        told == sent.told
        and digests_at(work, seal, first.place) == digests_of(sent.files)
        and (standing.version > 1 or was == clear)
    )


def _filed(work: Work, ticket: Ticket, sent: Sent, place: Place | None) -> Filed:
    proposal = propose(sent.categories, sent.told.signs)
    return Filed(
        ticket.complaint,
        sent.filing,
        sent.categories,
        proposal.severity,
        sent.department,
        legal_day(work.now),
        flags=proposal.flags,
        farm=place.farm if place and place.may_stand_in_clear else None,
        hour=full_hour(work.now) if proposal.severity in HOUR_KEPT else None,
    )


def _first(work: Work, seal: CaseSeal, filed: Filed, told: Told) -> SealedMessage:
    identity = work.new_id()
    content = {**asdict(told), "signs": sorted(one.value for one in told.signs)}
    data = json.dumps(content, ensure_ascii=False).encode()
    sealed = seal.seal(work, "message", identity, data, LEAST_WORDS_BYTES)
    return SealedMessage(identity, filed.id, 1, Side.COMPLAINANT, filed.received_on, sealed)


def full_hour(now: datetime) -> datetime:
    """The hour that is kept of an instant, and no minute of it."""
    return now.replace(minute=0, second=0, microsecond=0)
