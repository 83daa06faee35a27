"""What is learnt of a case once it is open: how grave it is after all, and who leaves when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from app.services import complaint_terms, complaint_wishes, standings
from app.services.complaint_acts import Judgement
from app.services.complaint_cases import load, record_step
from app.services.complaint_filing import HOUR_KEPT
from app.services.complaint_keys import open_case
from app.services.standings import Against
from app.services.work import Work
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, refuse_if
from recruitment.complaints.clocks import ClockKind
from recruitment.complaints.filed import WORDS_LIMIT, Filed
from recruitment.complaints.handling import (
    JUDGED_ANEW,
    Deed,
    check_holds,
    flags_judged_anew,
)
from recruitment.complaints.words import Flag, Severity


def rejudge(
    work: Work, token: str, complaint: UUID, said: Judgement, words: str, *, seen: int
) -> None:
    """Judge a case that is open anew: how grave, about what, marks, employer; and why.

    Its terms follow (`clocks.judge_anew`). Of danger that was not known before the office hears at
    once: a handler's hour tells nothing of the complainant's. Conflict("finding-approved") for
    another employer once the finding weighs on one; a farm of another employer is named no more.
    A mark that spares the worker, given or taken, is followed by the judgements of vacancies.
    """
    handled = load(work, complaint, seen=seen)
    check_holds(work.actor, handled.ties, handled.state, Deed.REJUDGE, JUDGED_ANEW)
    filed = handled.filed
    moved = said.employer != filed.employer
    if moved and handled.state.approved:
        raise Conflict("finding-approved")
    faults = [] if said.categories else [Fault("complaint-about-missing", "categories")]
    refuse_if([*faults, *_word_faults(words)])
    seal = open_case(work, token, filed.id)
    after = replace(
        filed,
        severity=said.severity,
        categories=said.categories,
        flags=flags_judged_anew(filed.flags, said.flags),
        employer=said.employer,
        farm=None if moved else filed.farm,
        department=said.department or filed.department,
        hour=filed.hour if said.severity in HOUR_KEPT else None,
    )
    after = complaint_terms.judge_anew(work, after, filed.gravity)
    record_step(work, handled, after, Deed.REJUDGE, (seal, words))
    if after.severity is Severity.S1 and filed.gravity is not Severity.S1:
        complaint_wishes.tell_danger(work, {filed.id}, ClockKind.FIRST_CONTACT.value)
    if handled.state.approved and after.employer and spares(filed) is not spares(after):
        standings.judge_again(work, Against(after.employer))


def spares(filed: Filed) -> bool:
    """Whether nobody but officials is told of what is found in a case."""
    return Flag.EMPLOYER_SENSITIVE in filed.flags


def note_departure(work: Work, complaint: UUID, departs_on: date | None, *, seen: int) -> None:
    """The worker leaves on a day, and is to have a decision before; None where they stay after all.

    Invalid("day-is-over") for today and days before.
    """
    handled = load(work, complaint, seen=seen)
    check_holds(work.actor, handled.ties, handled.state, Deed.DEPARTURE)
    over = departs_on is not None and departs_on <= legal_day(work.now)
    refuse_if([Fault("day-is-over", "departs_on")] if over else [])
    flags = handled.filed.flags - {Flag.DEPARTURE_SOON}
    if departs_on is None:
        after = complaint_terms.forget_departure(work, replace(handled.filed, flags=flags))
    else:
        flags |= {Flag.DEPARTURE_SOON}
        leaving = replace(handled.filed, flags=flags)
        after = complaint_terms.set_departure(work, leaving, departs_on)
    record_step(work, handled, after, Deed.DEPARTURE)


def note_power(work: Work, token: str, complaint: UUID, words: str, *, seen: int) -> None:
    """Somebody holds the worker's power of attorney: a departure holds the case up no more.

    Who it is and what they may do stands sealed in the case (domain.md 3.3).
    """
    handled = load(work, complaint, seen=seen)
    check_holds(work.actor, handled.ties, handled.state, Deed.POWER)
    refuse_if(_word_faults(words))
    seal = open_case(work, token, handled.filed.id)
    after = complaint_terms.meet_by(work, handled.filed, Deed.POWER.value)
    record_step(work, handled, after, Deed.POWER, (seal, words))


def _word_faults(words: str) -> Sequence[Fault]:
    if not words.strip():
        return [Fault("missing", "words")]
    too_long = len(words) > WORDS_LIMIT
    return [Fault("too-long", "words", {"limit": WORDS_LIMIT})] if too_long else []
