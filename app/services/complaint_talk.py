"""The conversation of a complaint: under the number on one side, under the phrase on the other."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.services.complaint_evidence import (
    Piece,
    Received,
    check_files,
    digests_at,
    digests_of,
    keep_file,
    list_pieces,
)
from app.services.complaint_filing import LEAST_WORDS_BYTES, read_told
from app.services.complaint_keys import CaseSeal
from app.services.work import Work
from app.storage import complaint_messages, complaints
from app.storage.complaint_messages import SealedMessage
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, refuse_if
from permits.people import Permission
from permits.policies import check_permission
from recruitment.complaints.filed import WORDS_LIMIT, Filed, Message, Side, Told
from recruitment.complaints.moves import DECIDED, UNDER_WAY, last_day_to_appeal
from recruitment.complaints.remedies import RemedyAction
from recruitment.complaints.words import Outcome, Request, Status

MOST_MESSAGES = 400
"""Of one case, both sides together."""


@dataclass(frozen=True)
class Conversation:
    """A case as who opened it sees it: what stands in clear, what was told, and what came after."""

    filed: Filed
    told: Told
    messages: tuple[Message, ...]
    pieces: tuple[Piece, ...]

    @property
    def outcome(self) -> Outcome | None:
        """What was found, once a second person has approved it."""
        return self.filed.outcome if self.filed.status in DECIDED else None

    @property
    def appeal_until(self) -> date | None:
        """The last day on which the complainant may say that they do not agree."""
        return last_day_to_appeal(self.filed.status, self.filed.closed_on)


def read_conversation(work: Work, seal: CaseSeal) -> Conversation:
    """Everything of a case that is open; the first message says what was told.

    Conflict("complaint-shredded") where its time is over.
    """
    filed = complaints.get_complaint(work.session, seal.complaint)
    kept = complaint_messages.list_messages(work.session, seal.complaint)
    if not kept:
        raise Conflict("complaint-shredded")
    first, *rest = kept
    told = read_told(work, seal, first)
    beginning = _message(first, told.words)
    messages = (beginning, *(_message(one, **_words(work, seal, one)) for one in rest))
    return Conversation(filed, told, messages, tuple(list_pieces(work, seal)))


def list_requests(work: Work, filed: Filed) -> tuple[Request, ...]:
    """What a complainant may ask for now, besides telling more.

    To withdraw while it is under way; to appeal within thirty days of its closing, once; to report
    retaliation always, as long as its content is kept.
    """
    if filed.status is Status.ANONYMISED:
        return ()
    asked = []
    if filed.status in UNDER_WAY:
        asked.append(Request.WITHDRAW)
    until = last_day_to_appeal(filed.status, filed.closed_on)
    if until is not None and legal_day(work.now) <= until:
        asked.append(Request.APPEAL)
    return (*asked, Request.REPORT_RETALIATION)


def tell(
    work: Work,
    seal: CaseSeal,
    words: str,
    asks: Request | None = None,
    files: Sequence[Received] = (),
    after: int = 0,
) -> None:
    """Add what a complainant writes, asks for or gives, under their number.

    `after` is the last message that their page showed: a form sent twice adds once. Invalid with
    every fault. Who handles the case sees it in their list; nobody is told by message, and the log
    by the day only.
    """
    filed = complaints.get_complaint(work.session, seal.complaint, hold=True)
    count = complaint_messages.count_messages(work.session, seal.complaint)
    if _is_there(work, seal, words, asks, files, after):
        return  # before what is full is told of: it may be this that filled it
    faults = _faults(work, filed, words, asks, files)
    refuse_if([*faults, *check_files(work, files, already=len(list_pieces(work, seal)))])
    if count >= MOST_MESSAGES:
        refuse_if([Fault("too-many-messages", "words", {"limit": MOST_MESSAGES})])
    identity, day = work.new_id(), legal_day(work.now)
    sealed = _seal(work, seal, identity, words)
    message = SealedMessage(
        identity, seal.complaint, count + 1, Side.COMPLAINANT, day, sealed, asks
    )
    complaint_messages.add_told(work.session, message)
    for received in files:
        keep_file(work, seal, count + 1, received)


def add_word(work: Work, seal: CaseSeal, words: str, said: RemedyAction) -> None:
    """Keep with the conversation what they say of a remedy; the caller holds the case's row.

    It has room however full the conversation is: what they say decides whether the case closes.
    """
    count = complaint_messages.count_messages(work.session, seal.complaint)
    identity, day = work.new_id(), legal_day(work.now)
    sealed = _seal(work, seal, identity, words, said)
    message = SealedMessage(identity, seal.complaint, count + 1, Side.COMPLAINANT, day, sealed)
    complaint_messages.add_told(work.session, message)


def was_said(work: Work, seal: CaseSeal, words: str, said: RemedyAction) -> bool:
    """Whether this is the last that they said of a remedy, word for word."""
    every = complaint_messages.list_messages(work.session, seal.complaint)[1:]
    own = (_words(work, seal, one) for one in reversed(every) if one.side is Side.COMPLAINANT)
    last = next((one for one in own if "remedy" in one), None)
    return last == {"words": words, "remedy": said.value}


def answer(work: Work, seal: CaseSeal, words: str, *, decides: bool = False) -> None:
    """Add what a handler writes to the complainant; the caller has checked that they may.

    It waits under the number: to an anonymous complainant nothing is ever sent. What `decides`
    has room however full the conversation is.
    """
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    complaints.get_complaint(work.session, seal.complaint, hold=True)
    if not words.strip():
        refuse_if([Fault("missing", "words")])
    if len(words) > WORDS_LIMIT:
        refuse_if([Fault("too-long", "words", {"limit": WORDS_LIMIT})])
    count = complaint_messages.count_messages(work.session, seal.complaint)
    if count >= MOST_MESSAGES and not decides:
        raise Conflict("too-many-messages", limit=MOST_MESSAGES)
    identity = work.new_id()
    message = SealedMessage(
        identity,
        seal.complaint,
        count + 1,
        Side.HANDLERS,
        legal_day(work.now),
        _seal(work, seal, identity, words),
        author=work.actor.person,
    )
    event = work.event(Act.COMPLAINT_ANSWERED, seal.complaint)
    complaint_messages.add_answer(work.session, message, event=event)


def _faults(
    work: Work, filed: Filed, words: str, asks: Request | None, files: Sequence[Received]
) -> list[Fault]:
    if filed.status is Status.ANONYMISED:
        return [Fault("complaint-over")]
    faults = []
    if not words.strip() and not files and asks is not Request.WITHDRAW:
        faults.append(Fault("complaint-words-missing", "words"))
    if len(words) > WORDS_LIMIT:
        faults.append(Fault("too-long", "words", {"limit": WORDS_LIMIT}))
    if asks is not None and asks not in list_requests(work, filed):
        faults.append(Fault("complaint-not-now", "asks"))
    return faults


def _is_there(
    work: Work,
    seal: CaseSeal,
    words: str,
    asks: Request | None,
    files: Sequence[Received],
    after: int,
) -> bool:
    """Whether the same was told already, after what the form's page showed.

    Other files are something else, whatever stands beside them: none may get lost.
    """
    sent = digests_of(files)
    return any(
        one.place > after
        and one.side is Side.COMPLAINANT
        and one.asks is asks
        and _words(work, seal, one)["words"] == words
        and digests_at(work, seal, one.place) == sent
        for one in complaint_messages.list_messages(work.session, seal.complaint)[1:]
    )


def _seal(
    work: Work, seal: CaseSeal, identity: object, words: str, said: RemedyAction | None = None
) -> bytes:
    content = {"words": words, **({"remedy": said.value} if said else {})}
    data = json.dumps(content, ensure_ascii=False).encode()
    return seal.seal(work, "message", identity, data, LEAST_WORDS_BYTES)


def _words(work: Work, seal: CaseSeal, message: SealedMessage) -> dict[str, str]:
    content: dict[str, str] = json.loads(seal.open(work, "message", message.id, message.sealed))
    return content


def _message(message: SealedMessage, words: str, remedy: str = "") -> Message:
    return Message(
        message.id,
        message.complaint,
        message.place,
        message.side,
        words,
        message.written_on,
        message.asks,
        RemedyAction(remedy) if remedy else None,
    )
