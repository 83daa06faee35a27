"""The document itself beside what was typed (R05): its zone, read by an official, and their word.

What the zone says otherwise blocks an approval until an official has compared the document with
the person, and says that it is theirs (`permits.eligibility`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from permits.applications import Application, Status
from permits.duplicates import Compared, Match, compare
from permits.errors import Conflict, Fault, Forbidden, Invalid
from permits.mrz import check_mrz, same_name
from permits.people import Actor, PersonId
from permits.policies import Ties, check_read, check_review
from permits.submissions import Answers, Sex

LONGEST = 300
"""Characters of a zone with its line breaks; the longest has 90."""

_SEX: Mapping[str, Sex] = {sex.value[:1].upper(): sex for sex in Sex}


@dataclass(frozen=True)
class ReadZone:
    """The zone's lines ("" where the document has none) and whether the person was compared."""

    text: str
    confirmed: bool
    read_by: PersonId
    read_at: datetime


def check_compare(actor: Actor, application: Application, ties: Ties) -> None:
    """Officials compare documents of cases under review; nobody their own."""
    check_review(actor)
    check_read(actor, application)
    if actor.person == application.worker or ties.own:
        raise Forbidden("own-case")
    if application.status is not Status.UNDER_REVIEW:
        raise Conflict("not-under-review", status=application.status.value)


def find_faults(text: str, on: date, *, confirmed: bool) -> list[Fault]:
    """What is wrong with a zone as it was typed or read; none at all must at least be confirmed."""
    if not text.strip():
        return [] if confirmed else [Fault("zone-missing", "zone")]
    if len(text) > LONGEST:
        return [Fault("too-long", "zone", {"limit": LONGEST})]
    try:
        check_mrz(text, on)
    except Invalid as invalid:
        return [Fault(fault.code, "zone", fault.facts) for fault in invalid.faults]
    return []


def compare_zone(answers: Answers, text: str, on: date) -> tuple[Compared, ...]:
    """Each field that the zone tells, beside what was typed; () where it cannot be read.

    Another document than the one that was named has another number, which is not compared. A zone
    writes names without accents and may cut them short: what fits is `alike`.
    """
    try:
        read = check_mrz(text, on)
    except Invalid:
        return ()
    said = Answers(
        document_number=read.number if read.kind == answers.document_kind else None,
        given_names=read.given_names,
        surnames=read.surnames,
        date_of_birth=read.date_of_birth,
        sex=_SEX.get(read.sex),
        nationality=read.nationality,
    )
    told = [one for one in compare(answers, said) if one.theirs not in (None, "")]
    return tuple(_as_written(one) for one in told)


def _as_written(one: Compared) -> Compared:
    """Names alone may be alike: a zone cuts them short, and writes a day or a number exactly."""
    if one.match in {Match.SAME, Match.UNKNOWN}:
        return one
    names = one.field in {"given_names", "surnames"}
    fits = names and (one.match is Match.ALIKE or same_name(str(one.mine), str(one.theirs)))
    return replace(one, match=Match.ALIKE if fits else Match.DIFFERENT)
