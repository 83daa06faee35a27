"""Handing a complaint over: a sealed package, a code told apart, open until the target confirms.

No message carries any content. What is handed over is signed and sealed under a code of 16 digits
that the handler tells the target by another way; who has both reads it and says what becomes of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.services import complaint_evidence, complaint_keys, notices, throttling
from app.services.complaint_cases import load
from app.services.complaint_packages import Opened, open_sealed, seal_package
from app.services.referral_papers import check_address
from app.services.throttling import PER_ACCOUNT
from app.services.work import Work
from app.storage import complaint_referrals as rows
from app.storage import outbox
from app.storage.outbox import Effect
from permits.audit import Act
from permits.deadlines import legal_day, start_of
from permits.errors import Conflict, Fault, Forbidden, NotFound, refuse_if
from permits.notices import Notice, NoticeKind
from permits.people import Permission
from permits.policies import check_permission
from recruitment.complaints.filed import DIGITS, WORDS_LIMIT, read_number, show_number
from recruitment.complaints.handling import check_handle, reference_of
from recruitment.complaints.moves import UNDER_WAY
from recruitment.complaints.referrals import (
    Channel,
    Referral,
    ReferralAction,
    ReferralState,
    Report,
    check_confirm,
    find_report_faults,
    follow_up,
    is_answered,
    move_referral,
    targets_of,
)
from recruitment.complaints.words import ReferralTarget, Status

LISTED = 200
WEBHOOK = "complaint-webhook"
NUMBER_LIMIT, EMAIL_LIMIT = 60, 200


@dataclass(frozen=True)
class HandOver:
    """What a handler hands over: to whom, how, and the words that the target needs, no more."""

    target: ReferralTarget
    channel: Channel
    summary: str
    email: str = ""


@dataclass(frozen=True)
class Answer:
    """What a target says; `number` is its file's, "" for none, `report` what it did."""

    action: ReferralAction
    number: str = ""
    report: Report | None = None


def hand_over(work: Work, token: str, complaint: UUID, said: HandOver, *, seen: int) -> str:
    """Hand a case over and return the code of its package, which is shown once and kept nowhere.

    The chain of its evidence goes along, so that the case must be open: Conflict as `open_case`.
    1. the case, held, and may this person; 2. what was written; 3. a fresh code, and the package
    sealed under it; 4. recorded, and the target is told that something waits.
    """
    handled = load(work, complaint, seen=seen)
    check_handle(work.actor, handled.ties)
    status = handled.filed.status
    if status not in UNDER_WAY or status is Status.RECEIVED:
        raise Conflict("no-such-complaint-move", status=status.value, action="refer-out")
    if handled.filed.handler != work.actor.person:
        raise Conflict("held-by-other" if handled.filed.handler else "not-your-case")  # 1
    refuse_if(_faults(work, said))  # 2
    seal = complaint_keys.open_case(work, token, handled.filed.id)
    code = f"{work.ports.chance.below(10**DIGITS):0{DIGITS}d}"
    today = legal_day(work.now)
    referral = Referral(
        work.new_id(),
        handled.filed.id,
        said.target,
        said.channel,
        ReferralState.SENT,
        today,
        follow_up(today, work.ports.reference.calendar),
    )
    content = said.summary, complaint_evidence.list_held(work, seal)
    package = seal_package(work, handled, referral, code, content)  # 3
    facts = {"target": said.target.value, "channel": said.channel.value}
    event = work.event(Act.COMPLAINT_REFERRED, complaint, facts)
    rows.add_referral(work.session, referral, package, event=event)
    if said.channel is Channel.EMAIL:
        _tell(work, referral, said.email)
    elif said.channel is Channel.WEBHOOK:
        outbox.put(work.session, _call(referral), work.now)
    return show_number(code)  # 4


def open_package(work: Work, identity: UUID, typed: str) -> Opened:
    """What was handed over, for who has the code; NotFound for any other, and after many tries.

    A wrong code takes as long as a right one, and ten of them shut it for a quarter of an hour.
    """
    tries = throttling.count(work, (PER_ACCOUNT, f"referral:{identity}"))
    found = rows.find_referral(work.session, identity)
    code = read_number(typed)
    if tries.wait or found is None or code is None:
        raise NotFound("no-such-referral")
    opened = open_sealed(work, *found, code)
    if opened is None:
        raise NotFound("no-such-referral")
    throttling.were_right(work, tries)
    return opened


def answer_by_code(work: Work, identity: UUID, typed: str, said: Answer) -> Referral:
    """The target says that it has it, that it is not its own, or what it did."""
    open_package(work, identity, typed)
    return _answer(work, identity, said)


def answer_by_account(work: Work, identity: UUID, said: Answer) -> Referral:
    """The same by an authority that signed in, for the targets of its own country."""
    check_permission(work.actor, Permission.COMPLAINT_CONFIRM)
    found = rows.find_referral(work.session, identity)
    if found is None:
        raise NotFound("no-such-referral")
    check_confirm(work.actor, found[0].target)
    return _answer(work, identity, said)


def answer_by_phone(work: Work, identity: UUID, said: Answer) -> Referral:
    """The handler rang the target, and writes down what it said."""
    found = rows.find_referral(work.session, identity)
    if found is None:
        raise NotFound("no-such-referral")
    handled = load(work, found[0].complaint)
    check_handle(work.actor, handled.ties)
    if handled.filed.handler != work.actor.person:
        raise Forbidden("not-your-case")
    return _answer(work, identity, said)


def list_webhooks(work: Work) -> tuple[ReferralTarget, ...]:
    """The institutions whose systems take a call."""
    calls = work.ports.webhooks
    return tuple(one for one in ReferralTarget if calls and calls.takes(one))


def call_target(work: Work, payload: Mapping[str, str]) -> None:
    """Tell an institution's system that a hand-over waits, and where; OSError where it took none.

    The hand-over's id and address are all: neither the case's number, nor the code, nor a person.
    """
    if work.ports.webhooks is None:
        raise OSError("no institution has an address")
    identity = payload["referral"]
    data = {"id": identity, "link": f"{work.ports.public_url}/remisiones/{identity}"}
    content = {"type": "complaint.referred", "timestamp": payload["at"], "data": data}
    target = ReferralTarget(payload["target"])
    work.ports.webhooks.call(target, f"referral_{identity}", work.now, content)


def list_own(work: Work) -> Sequence[tuple[Referral, str]]:
    """What was handed over to the targets that this authority speaks for, with its reference."""
    check_permission(work.actor, Permission.COMPLAINT_CONFIRM)
    found = rows.list_of_targets(work.session, targets_of(work.actor), LISTED)
    return [(one, reference_of(one.complaint)) for one in found]


def _answer(work: Work, identity: UUID, said: Answer) -> Referral:
    found = rows.find_referral(work.session, identity, hold=True)
    if found is None:
        raise NotFound("no-such-referral")
    before, number = found[0], said.number.strip()
    if is_answered(before, said.action, number, said.report):
        return before
    state = move_referral(before.state, said.action)
    long = [Fault("too-long", "number", {"limit": NUMBER_LIMIT})]
    refuse_if(
        [
            *(long if len(number) > NUMBER_LIMIT else []),
            *find_report_faults(said.action, said.report),
        ]
    )
    after = replace(
        before,
        state=state,
        confirmed_on=before.confirmed_on or legal_day(work.now),
        number=number or before.number,
        report=said.report,
        version=before.version + 1,
    )
    event = work.event(Act.COMPLAINT_REFERRAL_ANSWERED, before.complaint, {"state": state.value})
    rows.save_referral(work.session, after, event=event)
    return after


def _faults(work: Work, said: HandOver) -> list[Fault]:
    faults = []
    if not said.summary.strip():
        faults.append(Fault("missing", "summary"))
    elif len(said.summary) > WORDS_LIMIT:
        faults.append(Fault("too-long", "summary", {"limit": WORDS_LIMIT}))
    if said.channel is Channel.WEBHOOK and said.target not in list_webhooks(work):
        faults.append(Fault("not-an-option", "channel"))
    email = said.email.strip()
    if said.channel is Channel.EMAIL and ("@" not in email or len(email) > EMAIL_LIMIT):
        faults.append(Fault("email-malformed", "email"))
    return faults


def _call(referral: Referral) -> Effect:
    """By the day alone: the call tells no hour at which somebody was at work on a case."""
    day = start_of(referral.sent_on).isoformat()
    said = {"target": referral.target.value, "referral": str(referral.id), "at": day}
    return Effect(WEBHOOK, f"{WEBHOOK}:{referral.id}", said)


def _tell(work: Work, referral: Referral, email: str) -> None:
    """That something waits, where, and a signature; neither the code nor what it is about."""
    facts = {
        "reference": reference_of(referral.complaint),
        "link": f"{work.ports.public_url}/remisiones/{referral.id}",
        "check": check_address(work, referral),
    }
    key = f"{NoticeKind.COMPLAINT_REFERRED.value}:{referral.id}"
    notices.leave(
        work, Notice(NoticeKind.COMPLAINT_REFERRED, "es", key, None, email.strip(), facts)
    )
