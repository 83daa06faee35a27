"""One-time codes by SMS: asked for, sent by the worker process, typed in, used once."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from app.services import notices
from app.services.throttling import Limit, allow_try, give_back, place_of
from app.services.work import Work, token_hash
from app.storage import employer_accounts, outbox, people, phone_codes, registrations
from permits.audit import Act
from permits.notices import Notice, NoticeKind
from permits.phone_codes import DIGITS, LIFETIME, PhoneCode, Purpose

PER_PHONE = Limit("phone-codes", 5, timedelta(hours=1))
"""Codes for one phone: enough for a household, too few to annoy a stranger or to guess."""

PER_ADDRESS = Limit("phone-codes-address", 240, timedelta(hours=1))
"""Codes asked for from one address and never typed: a village behind one line stays below this."""

ALL_TOGETHER = Limit("phone-codes-sent", 4_000, timedelta(hours=1))
"""SMS of the whole service: the bill that SMS pumping can run up in an hour.

Only what is really sent counts, so that asking for strangers' phones locks nobody out.
"""

REGISTERING = Limit("phone-codes-registering", 300, timedelta(hours=1))
"""Of these, SMS to phones that want to register an employer: anybody may name any phone there.

So no more than a part of the whole can be used up by strangers, and workers still get theirs.
"""

EFFECT = "phone-code"

NOBODYS = UUID(int=0)
"""The subject of what is about nobody that is known."""


@dataclass(frozen=True)
class Asker:
    """Who asks for a code: what binds it to them, and the language of its SMS.

    `known` is the token by which their browser is known, "" where it is not.
    """

    holder: bytes
    language: str
    address: str
    known: str = ""


def holder_of(secret: str | UUID) -> bytes:
    """What a code is bound to: the token of a cookie, or the id of a person or a case."""
    return sha256(str(secret).encode()).digest()


def ask_code(work: Work, purpose: Purpose, phone: str, asker: Asker) -> bool:
    """Have a code sent to a phone (E.164); False where too many were asked for.

    For a phone that nobody has, everything happens but the sending, so that neither the answer
    nor its time tells whether the phone is known.
    """
    known = _is_known(work, purpose, phone, asker)
    # Whoever names a stranger's phone uses up what strangers have of it, and shuts nobody out.
    may = allow_try(work, PER_PHONE, f"{phone} {token_hash(asker.known).hex()}" if known else phone)
    if not (may and (known or _place_may(work, purpose, asker))):
        return False
    code = PhoneCode(purpose, phone, asker.holder, work.now + LIFETIME)
    event = work.event(Act.CODE_ASKED, work.actor.person, {"purpose": purpose.value})
    phone_codes.put_code(work.session, code, event=event)
    payload = {
        "purpose": purpose.value,
        "holder": asker.holder.hex(),
        "language": asker.language,
        "expires_at": code.expires_at.isoformat(),
    }
    effect = outbox.Effect(EFFECT, f"{EFFECT}:{work.new_id()}", payload)
    outbox.put(work.session, effect, work.now)
    return True


def was_typed(work: Work, address: str) -> None:
    """A code that was asked for from here came back right: it counts against nobody."""
    give_back(work, PER_ADDRESS, place_of(address))


def _is_known(work: Work, purpose: Purpose, phone: str, asker: Asker) -> bool:
    """Whether somebody of this phone came in from this browser before."""
    if not asker.known:
        return False
    browser = token_hash(asker.known)
    if purpose is Purpose.SIGN_IN:
        return people.is_browser_of(work.session, browser, phone)
    own = purpose is Purpose.REGISTRATION
    return own and employer_accounts.is_browser_of(work.session, browser, phone)


def _place_may(work: Work, purpose: Purpose, asker: Asker) -> bool:
    """Whether this place may ask for another code.

    Who stands at an office's counter counts by the official. A browser of the phone's people is
    not asked: its own bound is enough.
    """
    if purpose in {Purpose.CONSENT, Purpose.RECOVERY}:
        return allow_try(work, PER_ADDRESS, str(work.actor.person))
    return allow_try(work, PER_ADDRESS, place_of(asker.address))


def write_code(work: Work, payload: Mapping[str, Any]) -> Notice | None:
    """Make the code that was asked for and the notice that carries it; the worker sends it now.

    The code is born here and stands in no table: a hash of it stays. None where the phone is
    nobody's, a newer code was asked for, or the service has sent its fill.
    """
    purpose, holder = Purpose(payload["purpose"]), bytes.fromhex(payload["holder"])
    code = phone_codes.lock_code(work.session, purpose, holder)
    newest = code is not None and code.expires_at.isoformat() == payload["expires_at"]
    if code is None or not newest or work.now >= code.expires_at:
        return None
    known = purpose is not Purpose.SIGN_IN or people.is_phone_known(work.session, code.phone)
    if not known or not _service_may(work, code):
        return None
    digits = f"{work.ports.chance.below(10**DIGITS):0{DIGITS}d}"
    phone_codes.set_sent(work.session, code, _hash(work, code, digits))
    key = f"{EFFECT}:{work.new_id()}"
    language = str(payload["language"])
    # Other codes are for nobody's ears; this one is told to who fills the form in.
    kind = NoticeKind.CONSENT_CODE if purpose is Purpose.CONSENT else NoticeKind.PHONE_CODE
    return Notice(kind, language, key, code.phone, None, {"code": digits})


def _service_may(work: Work, code: PhoneCode) -> bool:
    """Whether the service has not sent its fill, of all codes and of those for this purpose.

    Whose employer is verified comes in by this code: strangers who register do not hold them up.
    """
    if code.purpose is Purpose.REGISTRATION:
        known = registrations.find_by_phone(work.session, code.phone)
        verified = known is not None and known.employer is not None
        if not verified and not allow_try(work, REGISTERING, ""):
            return False
    return allow_try(work, ALL_TOGETHER, "")


def check_code(work: Work, purpose: Purpose, holder: bytes, typed: str) -> PhoneCode | None:
    """The code whose digits were typed, its row still held; None counts as a wrong guess.

    Wrong, late, used, and asked for by somebody else are one and the same to whoever types.
    """
    code = phone_codes.lock_code(work.session, purpose, holder)
    digits = "".join(c for c in typed if c.isdigit())
    if code is None or not code.may_be_tried(work.now):
        return None
    if hmac.compare_digest(_hash(work, code, digits), code.code_hash or b""):
        return code
    phone_codes.count_guess(work.session, code)
    return None


def tell(work: Work, kind: NoticeKind, worker: people.Worker, facts: Mapping[str, str]) -> None:
    """Leave a notice about a worker's access at the phone that `worker` names."""
    key = f"{kind.value}:{work.new_id()}"
    notices.leave(work, Notice(kind, worker.language, key, worker.phone, None, dict(facts)))


def _hash(work: Work, code: PhoneCode, digits: str) -> bytes:
    bound = b"\0".join([code.purpose.value.encode(), code.phone.encode(), code.holder])
    return hmac.digest(work.ports.throttle_key, b"phone code\0" + bound + digits.encode(), "sha256")
