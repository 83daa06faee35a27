"""Texts of messages and letters: proposed by one administrator, approved by another, from a day.

What is sent or printed says the version of that day (legal time). A version keeps every place of
the house's text, fits one SMS where it is sent as one, and can be read by whoever gets it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.services import letter_samples
from app.services.ports import Letter
from app.services.print_ports import Prints
from app.services.work import Work
from app.storage import dated_changes as rows
from permits import dated_changes, texts
from permits.audit import Act
from permits.dated_changes import ChangeKind, ChangeState, DatedChange, in_force
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, NotFound, refuse_if
from permits.people import Permission
from permits.plain_words import PLACE
from permits.policies import check_permission
from permits.texts import LANGUAGES, Said, TextSlot

__all__ = ["ONE_SMS", "SeenText", "Version"]

ONE_SMS = 160
"""Places of the GSM alphabet in a message that is paid for once (3GPP TS 23.038)."""


@dataclass(frozen=True)
class Version:
    """What a text is to say in both languages, from when, and where that comes from."""

    texts: Mapping[str, str]
    source: str
    valid_from: date


@dataclass(frozen=True)
class SeenText:
    """A text with what it says today; `waiting` is the proposal, `history` every change of it."""

    slot: TextSlot
    now: Mapping[str, str]
    waiting: DatedChange | None
    history: tuple[DatedChange, ...] = ()


def list_texts(work: Work) -> Sequence[SeenText]:
    """Every text that may be changed, as it counts today."""
    check_permission(work.actor, Permission.REFERENCE_CHANGE)
    changes = rows.list_changes(work.session, ChangeKind.TEXT)
    counting = in_force(changes, legal_day(work.now))
    waits = {one.subject: one for one in changes if one.state is ChangeState.PROPOSED}
    return [
        SeenText(slot, _now(slot, counting.get(slot.id)), waits.get(slot.id))
        for slot in work.ports.texts.slots.values()
    ]


def read_text(work: Work, identity: str) -> SeenText:
    """One text with its history, the newest first; NotFound where there is none of this id."""
    check_permission(work.actor, Permission.REFERENCE_CHANGE)
    slot = _slot(work, identity)
    history = tuple(rows.list_changes(work.session, ChangeKind.TEXT, slot.id))
    counting = in_force(history, legal_day(work.now)).get(slot.id)
    waiting = next((one for one in history if one.state is ChangeState.PROPOSED), None)
    return SeenText(slot, _now(slot, counting), waiting, history)


def check_version(work: Work, identity: str, version: Version) -> TextSlot:
    """Invalid with everything that is wrong with a version: frame, texts, and each of its SMS."""
    check_permission(work.actor, Permission.REFERENCE_CHANGE)
    slot, today = _slot(work, identity), legal_day(work.now)
    faults = dated_changes.find_faults(version.source, version.valid_from, today)
    faults += texts.find_faults(slot, version.texts)
    refuse_if(faults or _too_long(work, slot, version))
    return slot


def propose_text(work: Work, identity: str, version: Version) -> DatedChange:
    """Leave a version for a second administrator; Conflict where another one waits already."""
    rows.lock_kind(work.session, ChangeKind.TEXT)
    seen = read_text(work, identity)
    slot = check_version(work, identity, version)
    if seen.waiting is not None:
        raise Conflict("proposal-waits")
    if dict(seen.now) == dict(version.texts):
        refuse_if([Fault("nothing-changed", "es")])
    change = DatedChange(
        work.new_id(),
        ChangeKind.TEXT,
        slot.id,
        {code: version.texts[code].strip() for code in LANGUAGES},
        version.source.strip(),
        version.valid_from,
        work.actor.person,
        work.now,
    )
    facts = {"kind": change.kind.value, "subject": slot.id, "since": change.valid_from.isoformat()}
    rows.add_change(
        work.session, change, event=work.event(Act.REFERENCE_PROPOSED, change.id, facts)
    )
    return change


def decide_text(work: Work, change: UUID, state: ChangeState) -> DatedChange:
    """Approve, reject or take back a proposal; who proposed it may only take it back.

    What is approved is looked at again, one after the other: another text in the same SMS may
    have grown meanwhile.
    """
    check_permission(work.actor, Permission.REFERENCE_CHANGE)
    rows.lock_kind(work.session, ChangeKind.TEXT)
    found = rows.lock_change(work.session, ChangeKind.TEXT, change)
    after = dated_changes.decided(found, work.actor, state, work.now, legal_day(work.now))
    if state is ChangeState.APPROVED:
        check_version(work, found.subject, Version(found.content, found.source, found.valid_from))
    facts = {"kind": found.kind.value, "subject": found.subject, "outcome": state.value}
    event = work.event(Act.REFERENCE_DECIDED, found.id, facts)
    rows.save_decision(work.session, after, event=event)
    return after


def said_on(work: Work, day: date) -> Said:
    """What counts on a day in the place of texts of the house, by language."""
    found = in_force(rows.list_approved(work.session, ChangeKind.TEXT), day)
    return _said(work, {subject: one.content for subject, one in found.items()}) if found else {}


def printer(work: Work, *, draft: bool = False) -> Prints:
    """Who sets letters, in the words that count today; with DRAFT across every page of a draft."""
    said = said_on(work, legal_day(work.now))
    return work.ports.prints.saying(said, draft=draft) if said or draft else work.ports.prints


def preview_messages(
    work: Work, identity: str, version: Version, language: str
) -> Sequence[tuple[str, Letter, int]]:
    """Each message that a version stands in, as it would be sent: kind, letter, places of its SMS.

    Beside it counts what counts on the version's first day.
    """
    check_permission(work.actor, Permission.REFERENCE_CHANGE)
    slot = _slot(work, identity)
    said, shown = _with(work, slot, version.texts, version.valid_from), work.ports.texts
    return [
        (kind, letter, shown.sms_places(kind, language, said) if letter.channel == "sms" else 0)
        for kind in kinds_of(slot)
        for letter in shown.show(kind, language, said)
        if _stands_in(slot, kind, letter.channel)
    ]


def preview_letter(work: Work, identity: str, version: Version, paper: str, language: str) -> bytes:
    """A letter that a version stands in, as it would be printed, with DRAFT across it."""
    check_permission(work.actor, Permission.REFERENCE_CHANGE)
    slot = _slot(work, identity)
    if paper not in slot.stands_in or not paper.startswith("letters/"):
        raise NotFound("no-such-text")
    said = _with(work, slot, version.texts, version.valid_from)
    prints = work.ports.prints.saying(said, draft=True)
    return letter_samples.set_sample(work, prints, paper, language)


def kinds_of(slot: TextSlot) -> list[str]:
    """The kinds of notice that a text stands in; `closing.txt` is no notice of its own."""
    parts = (place.split("/") for place in slot.stands_in)
    return list(dict.fromkeys(one[1] for one in parts if one[0] == "notices" and len(one) == 3))


def _stands_in(slot: TextSlot, kind: str, channel: str) -> bool:
    parts = ("sms.txt",) if channel == "sms" else ("subject.txt", "body.txt")
    return any(f"notices/{kind}/{part}" in slot.stands_in for part in parts)


def _slot(work: Work, identity: str) -> TextSlot:
    found = work.ports.texts.slots.get(identity)
    if found is None:
        raise NotFound("no-such-text")
    return found


def _now(slot: TextSlot, counting: DatedChange | None) -> Mapping[str, str]:
    return counting.content if counting else {"es": slot.spanish, "en": slot.english}


def _said(work: Work, contents: Mapping[str, Mapping[str, str]]) -> Said:
    """By language; a text that the house says no more, or says with other places, is left out."""
    slots = work.ports.texts.slots
    known = {slots[one]: told for one, told in contents.items() if one in slots}
    return {
        code: {
            slot.spanish: told[code]
            for slot, told in known.items()
            if code in told and frozenset(PLACE.findall(told[code])) == slot.places
        }
        for code in LANGUAGES
    }


def _with(work: Work, slot: TextSlot, told: Mapping[str, str], day: date) -> Said:
    said = said_on(work, day)
    return {code: {**said.get(code, {}), slot.spanish: told[code]} for code in LANGUAGES}


def _too_long(work: Work, slot: TextSlot, version: Version) -> list[Fault]:
    sent = [kind for kind in kinds_of(slot) if f"notices/{kind}/sms.txt" in slot.stands_in]
    if not sent:
        return []
    shown, days = work.ports.texts, _days_of(work, slot, version.valid_from)
    together = [_with(work, slot, version.texts, day) for day in days]
    most = {
        code: max(shown.sms_places(kind, code, said) for said in together for kind in sent)
        for code in LANGUAGES
    }
    return [
        Fault("sms-too-long", code, {"limit": ONE_SMS, "places": places})
        for code, places in most.items()
        if places > ONE_SMS
    ]


def _days_of(work: Work, slot: TextSlot, first: date) -> list[date]:
    """Days on which a version stands beside other words than before: its own first day, and those
    of other texts after it, until the text itself has a newer version.
    """
    approved = rows.list_approved(work.session, ChangeKind.TEXT)
    ends = [one.valid_from for one in approved if one.subject == slot.id]
    until = min((day for day in ends if day > first), default=date.max)
    return [first, *sorted({one.valid_from for one in approved if first < one.valid_from < until})]
