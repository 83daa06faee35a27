"""What happened to a case, from the log: who, what and when, the newest first."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.services.work import Work
from app.storage import accounts, audit
from permits.applications import Status
from permits.audit import Act, AuditEvent, Fact
from permits.people import Agency, Role
from permits.visibility import opens_to

LOOKS = frozenset(
    {Act.APPLICATION_READ, Act.APPLICATION_EXPORTED, Act.DOCUMENT_READ, Act.CREDENTIAL_READ}
)
"""Acts that change nothing."""

_OF_THE_FILE = LOOKS - {Act.APPLICATION_EXPORTED}
"""Looks that are told as one; that a row left the house is told by itself."""

SAID = frozenset({Act.APPLICATION_DECIDED, Act.APPLICATION_RECOMMENDED})
"""Acts by which an agency says something of a round."""

DECIDING = SAID | {
    Act.APPEAL_JUDGED,
    Act.APPLICATION_LAPSED,
    Act.APPLICATION_REINSTATED,
    Act.APPLICATION_SETTLED,
    Act.APPLICATION_WITHDRAWN,
    Act.AUTHORISATION_LAPSED,
    Act.AUTHORISATION_REINSTATED,
    Act.AUTHORISATION_REVOKED,
    Act.AUTHORISATION_SUSPENDED,
    Act.CREDENTIAL_REPLACED,
    Act.CREDENTIAL_REVOKED,
    Act.EMPLOYER_CHANGE_SETTLED,
    Act.IDENTITY_CHANGE_DECIDED,
    Act.REVOCATION_DROPPED,
    Act.REVOCATION_PROPOSED,
}
"""What was decided on the case and on what came of it, and how it ended."""

_GATHERED = LOOKS | {Act.APPLICATION_ANSWERED}


@dataclass(frozen=True)
class Entry:
    """One line of the timeline; `times` counts the same act of the same person in a row.

    `name` is that of an official, "" for everybody else; `facts` are codes, and the name of the
    colleague where a case was `taken_from` one.
    """

    act: Act
    at: datetime
    role: Role
    name: str
    facts: Mapping[str, Fact]
    times: int = 1

    @property
    def changes(self) -> bool:
        """Whether the case is another one since."""
        return self.act not in LOOKS

    @property
    def decides(self) -> bool:
        """Whether something was decided by it."""
        return self.act in DECIDING


def list_timeline(work: Work, subjects: Collection[UUID], sealed: int | None) -> list[Entry]:
    """The entries about an application and what came of it; the caller has checked the reading.

    Looks, and answers saved one by one, are gathered where nothing lies between them. Events that
    say nothing new are left out: one written twice, and a round that goes on. So is what the other
    agency said in the `sealed` round.
    """
    events = audit.list_about(work.session, subjects)
    events = _worth_telling([one for one in events if _opens(work, one, sealed)])
    names = accounts.list_names(work.session, _persons(events))
    entries: list[Entry] = []
    last: AuditEvent | None = None
    for event in events:
        if last is not None and _key(event) == _key(last):
            continue
        if last is not None and _same_kind(event, last):
            entries[-1] = replace(
                entries[-1], times=entries[-1].times + _counts(event, entries[-1])
            )
        else:
            entries.append(_entry(event, names))
        last = event
    return entries


def _opens(work: Work, event: AuditEvent, sealed: int | None) -> bool:
    """Whether the reader may know of an event, as far as a seal is concerned."""
    if event.act not in SAID:
        return True
    agency, round_ = Agency(str(event.facts["agency"])), int(str(event.facts["round"]))
    return opens_to(work.actor, agency, round_, sealed)


def _key(event: AuditEvent) -> tuple[Act, datetime, UUID, str]:
    return event.act, event.at, event.subject, event.request


def _worth_telling(events: list[AuditEvent]) -> list[AuditEvent]:
    """Without the round that goes on, the number that comes with handing in, and the answer that
    is a file told of by itself."""
    files = [
        (event.at, [event.facts["kind"]]) for event in events if event.act is Act.DOCUMENT_ATTACHED
    ]
    under_review = Status.UNDER_REVIEW.value
    return [
        event
        for event in events
        if (event.at, event.facts.get("fields")) not in files
        and event.act is not Act.WORKER_NUMBER_GIVEN
        and not (event.act is Act.APPLICATION_SETTLED and event.facts["status"] == under_review)
    ]


def _same_kind(event: AuditEvent, last: AuditEvent) -> bool:
    if event.person != last.person or not {event.act, last.act} <= _GATHERED:
        return False
    return event.act is last.act or {event.act, last.act} <= _OF_THE_FILE


def _counts(event: AuditEvent, entry: Entry) -> int:
    """A look at a file belongs to the look at the case."""
    return 0 if event.act is Act.DOCUMENT_READ or event.act is not entry.act else 1


def _entry(event: AuditEvent, names: Mapping[UUID, str]) -> Entry:
    facts = dict(event.facts)
    if facts.get("taken_from"):
        facts["taken_from"] = names.get(UUID(str(facts["taken_from"])), "")
    act = Act.APPLICATION_READ if event.act is Act.DOCUMENT_READ else event.act
    return Entry(act, event.at, event.role, names.get(event.person, ""), facts)


def _persons(events: Iterable[AuditEvent]) -> set[UUID]:
    taken = {UUID(str(e.facts["taken_from"])) for e in events if e.facts.get("taken_from")}
    return {event.person for event in events} | taken
