"""Telling workers by WhatsApp where they wish it, and by SMS where it does not come through."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.services import notices
from app.services.ports import Letter
from app.services.work import Work
from app.storage import outbox, people
from app.storage.outbox import Message
from permits.audit import Act
from permits.errors import Conflict, Forbidden
from permits.notices import Notice, NoticeKind
from permits.people import PersonId
from permits.texts import Said

CHANNEL, SMS = "whatsapp", "sms"

EFFECT = "whatsapp-unheard"
"""Looks whether a message came to the phone, and sends the SMS where it did not."""

PATIENCE = timedelta(hours=4)
"""A phone out of reach of data has the line for an SMS; so long a message may be on its way."""


@dataclass(frozen=True)
class Sms:
    """What the SMS says in the place of a message that did not come through."""

    recipient: str
    body: str
    channel: str = SMS
    subject: str = ""


def is_offered(work: Work) -> bool:
    """Whether workers may choose WhatsApp here."""
    return work.ports.whatsapp is not None


def choose_channel(work: Work, *, whatsapp: bool) -> None:
    """The worker's own choice of the way of notices; codes come by SMS all the same.

    Chosen twice it is written once. Conflict("no-whatsapp") where it is not offered; whoever chose
    it before may always go back to SMS.
    """
    worker = people.find_worker(work.session, work.actor.person)
    if worker is None:
        raise Forbidden("not-permitted")
    if whatsapp and not is_offered(work):
        raise Conflict("no-whatsapp")
    if worker.whatsapp != whatsapp:
        facts = {"channel": CHANNEL if whatsapp else SMS}
        event = work.event(Act.CHANNEL_CHOSEN, worker.person, facts)
        people.set_whatsapp(work.session, worker.person, wanted=whatsapp, event=event)


def send(work: Work, notice: Notice, said: Said) -> bool:
    """Send it by WhatsApp where its worker wishes that now; False where an SMS is to carry it.

    A line that is away, or takes no such number, is no reason to wait: the SMS goes at once.
    """
    line = work.ports.whatsapp
    if line is None or notice.phone is None or not _wished(work, notice):
        return False
    text = work.ports.wording.say(notice, said)
    try:
        name = line.send(notice.phone, text, notice.language)
    except OSError:
        return False
    key = f"{notice.key}:{CHANNEL}"
    told = (key, notice.kind.value, notice.language, CHANNEL, notice.phone, "", text, work.now)
    outbox.add_message(work.session, Message(*told, provider_id=name or None))
    if name:
        _look_later(work, notice.kind, key)
    return True


def _wished(work: Work, notice: Notice) -> bool:
    if not notice.may_leave_the_network:
        return False
    worker = people.find_worker(work.session, PersonId(UUID(notice.worker)))
    # A number that changed since did not ask for it.
    return worker is not None and worker.whatsapp and worker.phone == notice.phone


def _look_later(work: Work, kind: NoticeKind, key: str) -> None:
    due = notices.wake_at(work, kind, work.now + PATIENCE)
    payload = {"key": key, "kind": kind.value}
    outbox.put(work.session, outbox.Effect(EFFECT, f"{EFFECT}:{key}", payload), due)


def is_verified(work: Work, token: str) -> bool:
    """Whether this is the word by which WhatsApp is told that the door of reports is ours."""
    own = work.ports.whatsapp.verify_token if work.ports.whatsapp else ""
    return bool(own) and hmac.compare_digest(own.encode(), token.encode())


def take_reports(work: Work, body: bytes, signature: str) -> bool:
    """Note what became of messages; False where WhatsApp did not sign it.

    A failed one is sent as an SMS by the worker process, by day. The same report twice, and one
    of a message that is forgotten, change nothing.
    """
    line = work.ports.whatsapp
    reports = line.read_reports(body, signature) if line else None
    if reports is None:
        return False
    for report in reports:
        outbox.note_report(work.session, report.provider_id, work.now, delivered=report.delivered)
        if report.delivered:
            continue
        if message := outbox.find_by_provider(work.session, report.provider_id):
            payload = {"key": message.key, "kind": message.kind}
            effect = outbox.Effect(EFFECT, f"{EFFECT}:failed:{message.key}", payload)
            due = notices.wake_at(work, NoticeKind(message.kind), work.now)
            outbox.put(work.session, effect, due)
    return True


def send_unheard(work: Work, payload: Mapping[str, Any]) -> None:
    """The SMS in the place of a message that did not come to the phone, once; OSError.

    Nothing where it came meanwhile, or the file was erased and the message with it.
    """
    message = outbox.find_message(work.session, str(payload["key"]))
    if message is None or message.delivered_at is not None:
        return
    key = f"{message.key.removesuffix(CHANNEL)}{SMS}"
    if outbox.find_message(work.session, key) is not None:
        return
    letter: Letter = Sms(message.recipient, work.ports.wording.plain(message.body))
    name = work.ports.messenger.send(letter, key)
    told = (key, message.kind, message.language, SMS, message.recipient, "", letter.body, work.now)
    outbox.add_message(work.session, Message(*told, provider_id=name or None))
