"""What the worker does after a commit: one effect at a time, at least once, harmless twice."""

from collections.abc import Callable, Mapping

from app.services import issuing, notices, status_lists
from app.services.work import Work
from app.storage import outbox
from app.storage.outbox import DueEffect, Message


def run_next_effect(work: Work) -> DueEffect | None:
    """Do the oldest due effect in this transaction; None where nothing waits.

    Raises whatever the effect raised; the caller rolls back and calls `postpone_effect`.
    """
    due = outbox.lock_due(work.session, work.now, 1)
    if not due:
        return None
    try:
        EFFECTS[due[0].effect.kind](work, due[0])
    except Exception as error:
        error.add_note(f"outbox {due[0].id}")
        error.due = due[0]  # type: ignore[attr-defined]
        raise
    outbox.finish(work.session, due[0], work.now)
    return due[0]


def postpone_effect(work: Work, due: DueEffect, error: BaseException) -> None:
    """Try again later; only the kind of error is kept, for its text may name a person."""
    outbox.postpone(work.session, due, type(error).__name__, work.now)


def _send_notice(work: Work, due: DueEffect) -> None:
    notice = notices.read(dict(due.effect.payload))
    for letter in work.ports.wording.render(notice):
        key = f"{notice.key}:{letter.channel}"
        work.ports.messenger.send(letter, key)
        message = Message(
            key,
            notice.kind.value,
            notice.language,
            letter.channel,
            letter.recipient,
            letter.subject,
            letter.body,
            work.now,
        )
        outbox.add_message(work.session, message)


def _sign(work: Work, due: DueEffect) -> None:
    issuing.sign_pending(work)


def _publish(work: Work, due: DueEffect) -> None:
    status_lists.publish_status_list(work, int(due.effect.payload["list"]))


EFFECTS: Mapping[str, Callable[[Work, DueEffect], None]] = {
    "notice": _send_notice,
    "publish-status-list": _publish,
    "sign-credential": _sign,
}
