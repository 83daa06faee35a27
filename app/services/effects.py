"""What the worker does after a commit: one effect at a time, at least once, harmless twice."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from app.services import (
    account_reviews,
    card_batches,
    case_rejudging,
    complaint_referrals,
    employer_bars,
    erasing,
    issuing,
    judging_runs,
    kept_findings,
    notices,
    phone_codes,
    published,
    register_imports,
    registries,
    registry_checks,
    status_lists,
    texts,
    wage_runs,
    watch,
    whatsapp,
)
from app.services.work import Work
from app.storage import outbox
from app.storage.database import Session
from app.storage.outbox import DueEffect, Message
from permits.deadlines import legal_day
from permits.notices import CARRIES_A_CODE, SHORT_LIVED, Notice, NoticeKind
from permits.retention_terms import MESSAGE_KEPT

PUBLISH = "publish-status-list"
OF_LISTS = frozenset({PUBLISH, published.EFFECT})
"""What may not wait behind letters: a revocation counts once its list is out."""

LASTING = OF_LISTS | {watch.EFFECT, employer_bars.TELL, register_imports.EFFECT}
"""What nobody else would do, and is tried for ever: a case waits while the watch list is away."""


TRIES = 8
"""After so many failures, within nine minutes, an effect waits for a person."""

TRIES_OF_NOTICE = 60
"""Those of a message: its channel may be away for two days, and it is still worth reading."""

LONGEST_PAUSE = timedelta(hours=1)
LONGEST_PAUSE_OF_LASTING = timedelta(seconds=16)


class EffectFailed(Exception):
    """An effect did not take place; the transaction is to be rolled back.

    `reason` is the kind of error only, for its text may name a person.
    """

    def __init__(self, due: DueEffect, error: Exception) -> None:
        super().__init__(due.effect.kind)
        self.due = due
        self.reason = type(error).__name__


def run_next_effect(work: Work, kinds: Collection[str] | None = None) -> DueEffect | None:
    """Do the oldest due effect, of these kinds, in this transaction; None where nothing waits.

    EffectFailed where it did not work; the caller rolls back and calls `postpone_effect`.
    """
    waiting = outbox.lock_due(work.session, work.now, 1, kinds)
    if not waiting:
        return None
    due = waiting[0]
    _do(work, due)
    outbox.finish(work.session, due, work.now)
    return due


def run_past_effects(work: Work, limit: int = 100) -> int:
    """Do what is due in this one transaction, each as of the instant at which it fell due.

    For a past that is told afterwards (the demonstration); returns how many were done.
    """
    waiting = outbox.lock_due(work.session, work.now, limit)
    for due in waiting:
        _do(replace(work, now=due.due_at), due)
    if waiting:
        outbox.finish_all(work.session, waiting, work.now)
    return len(waiting)


def _do(work: Work, due: DueEffect) -> None:
    try:
        EFFECTS[due.effect.kind](work, due)
    except Exception as error:  # the worker must live whatever an effect does
        raise EffectFailed(due, error) from error


def postpone_effect(work: Work, due: DueEffect, reason: str) -> None:
    """Try again later, or leave it to a person after too many tries; some are tried for ever."""
    outbox.postpone(work.session, due, reason, work.now, _again_at(work, due))


def _again_at(work: Work, due: DueEffect) -> datetime | None:
    """After 2, 4, 8 … seconds, for a message up to an hour and never at night; None to give up."""
    tries = due.attempts + 1
    pause = min(timedelta(seconds=2 ** min(tries, 12)), LONGEST_PAUSE)
    if due.effect.kind in LASTING:
        return work.now + min(pause, LONGEST_PAUSE_OF_LASTING)
    if due.effect.kind == whatsapp.EFFECT:
        kind = NoticeKind(due.effect.payload["kind"])
        return notices.wake_at(work, kind, work.now + pause) if tries < TRIES_OF_NOTICE else None
    if due.effect.kind == complaint_referrals.WEBHOOK:
        return work.now + pause if tries < TRIES_OF_NOTICE else None
    if due.effect.kind != notices.EFFECT:
        return work.now + pause if tries < TRIES else None
    notice = notices.read(dict(due.effect.payload))
    lives_long = notice.kind not in SHORT_LIVED | CARRIES_A_CODE
    if tries >= (TRIES_OF_NOTICE if lives_long else TRIES):
        return None
    return notices.send_at(work, notice, work.now + pause)


def read_given_up(session: Session, now: datetime) -> tuple[int, datetime | None]:
    """How many effects of the last thirty days wait for a person, and since when the first does.

    Of what was given up before, nothing can be told to anybody any more (`permits.retention`).
    """
    return outbox.count_given_up(session, MESSAGE_KEPT.before(now))


def _send_notice(work: Work, due: DueEffect) -> None:
    _deliver(work, notices.read(dict(due.effect.payload)))


def _send_phone_code(work: Work, due: DueEffect) -> None:
    notice = phone_codes.write_code(work, due.effect.payload)
    if notice is not None:
        _deliver(work, notice)


def _deliver(work: Work, notice: Notice) -> None:
    said = texts.said_on(work, legal_day(work.now))
    if whatsapp.send(work, notice, said):
        return
    for letter in work.ports.wording.render(notice, said):
        key = f"{notice.key}:{letter.channel}"
        name = work.ports.messenger.send(letter, key)
        message = Message(
            key,
            notice.kind.value,
            notice.language,
            letter.channel,
            letter.recipient,
            letter.subject,
            letter.body,
            work.now,
            provider_id=name or None,
        )
        outbox.add_message(work.session, message)


def _send_unheard(work: Work, due: DueEffect) -> None:
    whatsapp.send_unheard(work, due.effect.payload)


def _call_target(work: Work, due: DueEffect) -> None:
    complaint_referrals.call_target(work, due.effect.payload)


def _sign(work: Work, due: DueEffect) -> None:
    issuing.sign_credential(work, UUID(due.effect.payload["id"]))


def _publish(work: Work, due: DueEffect) -> None:
    status_lists.publish_status_list(work, int(due.effect.payload["list"]))


def _judge_wages(work: Work, due: DueEffect) -> None:
    wage_runs.run_batch(work, due.effect.payload)


def _put_out(work: Work, due: DueEffect) -> None:
    published.put_out(work, int(due.effect.payload["list"]))


def _review_accounts(work: Work, due: DueEffect) -> None:
    account_reviews.review_accounts(work)


def _erase_file(work: Work, due: DueEffect) -> None:
    erasing.erase_asked(work, UUID(due.effect.payload["id"]))


def _draw_cards(work: Work, due: DueEffect) -> None:
    card_batches.draw_cards(work, due.effect.payload)


def _delete_object(work: Work, due: DueEffect) -> None:
    work.ports.objects.delete(str(due.effect.payload["key"]))


def _ask_watch_list(work: Work, due: DueEffect) -> None:
    watch.ask_list(work, due.effect.payload)


def _return_barred(work: Work, due: DueEffect) -> None:
    employer_bars.return_barred(work, due.effect.payload)


def _tell_barred(work: Work, due: DueEffect) -> None:
    employer_bars.tell_standing(work, due.effect.payload)


def _judge_vacancies(work: Work, due: DueEffect) -> None:
    judging_runs.run_batch(work, due.effect.payload)


def _ask_registries(work: Work, due: DueEffect) -> None:
    registry_checks.ask_registries(work, due.effect.payload)


def _follow_list(work: Work, due: DueEffect) -> None:
    registry_checks.follow_list(work, due.effect.payload)


def _match_register(work: Work, due: DueEffect) -> None:
    register_imports.match_waiting(work, due.effect.payload)


def _judge_case(work: Work, due: DueEffect) -> None:
    case_rejudging.judge_case(work, due.effect.payload)


def _judge_cases(work: Work, due: DueEffect) -> None:
    case_rejudging.run_batch(work, due.effect.payload)


EFFECTS: Mapping[str, Callable[[Work, DueEffect], None]] = {
    card_batches.EFFECT: _draw_cards,
    erasing.EFFECT: _delete_object,
    erasing.ERASE: _erase_file,
    notices.EFFECT: _send_notice,
    phone_codes.EFFECT: _send_phone_code,
    PUBLISH: _publish,
    employer_bars.RETURN: _return_barred,
    employer_bars.TELL: _tell_barred,
    judging_runs.EFFECT: _judge_vacancies,
    kept_findings.EFFECT: _judge_case,
    kept_findings.ALL: _judge_cases,
    published.EFFECT: _put_out,
    registries.EFFECT: _follow_list,
    registry_checks.EFFECT: _ask_registries,
    account_reviews.EFFECT: _review_accounts,
    register_imports.EFFECT: _match_register,
    "sign-credential": _sign,
    complaint_referrals.WEBHOOK: _call_target,
    watch.EFFECT: _ask_watch_list,
    wage_runs.EFFECT: _judge_wages,
    whatsapp.EFFECT: _send_unheard,
}
