"""The messages of a case, with the words that an operator reads out to who asks by telephone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.services import notices, texts
from app.services.whatsapp import SMS
from app.services.work import Work
from app.storage import case_messages
from app.storage.case_messages import LeftMessage
from permits.applications import ApplicationId
from permits.case_messages import READ_BESIDE, MessageState, state_of
from permits.deadlines import legal_day
from permits.people import OF_HONDURAS
from permits.texts import Said

KINDS = sorted(kind.value for kind in READ_BESIDE)

__all__ = ["MessageState", "SeenMessage", "list_of_case", "list_seen"]


@dataclass(frozen=True)
class SeenMessage:
    """A message, how far it is and since when, or when it goes out.

    `channel` is "" before it went out; `text` as it was sent, or as it would be now, "" where it is
    forgotten (thirty days after); `language` is that of the text.
    """

    kind: str
    state: MessageState
    at: datetime
    channel: str = ""
    text: str = ""
    language: str = ""

    @property
    def is_lost(self) -> bool:
        """Whether a person has to tell it now."""
        if self.state is MessageState.UNDELIVERED:
            return self.channel == SMS  # an SMS follows what did not come by WhatsApp
        return self.state is MessageState.GIVEN_UP


def list_seen(work: Work, application: ApplicationId) -> Sequence[SeenMessage]:
    """The messages of a case, the newest first, for the two agencies; the caller opened the case.

    A foreign office decides on the file, and answers no telephone here.
    """
    if work.actor.agency not in OF_HONDURAS:
        return ()
    return list_of_case(work, application)


def list_of_case(work: Work, application: ApplicationId) -> Sequence[SeenMessage]:
    """The same for whoever the caller has let in; never a code, a way in, or a complaint."""
    left = case_messages.list_left(work.session, application, KINDS)
    said = texts.said_on(work, legal_day(work.now)) if any(one.payload for one in left) else None
    return tuple(_seen(work, one, said) for one in left)


def _seen(work: Work, left: LeftMessage, said: Said | None) -> SeenMessage:
    sent = left.sent
    state = state_of(
        attempts=left.attempts,
        done_at=left.done_at,
        failed_at=left.failed_at,
        delivered_at=sent.delivered_at if sent else None,
        undelivered_at=sent.undelivered_at if sent else None,
    )
    if sent is not None:
        at = sent.delivered_at or sent.undelivered_at or sent.sent_at
        return SeenMessage(left.kind, state, at, sent.channel, sent.body, sent.language)
    at = left.done_at or left.failed_at or left.due_at
    if not left.payload:
        return SeenMessage(left.kind, state, at)
    notice = notices.read(dict(left.payload))
    text = work.ports.wording.say(notice, said)
    return SeenMessage(left.kind, state, at, text=text, language=notice.language)
