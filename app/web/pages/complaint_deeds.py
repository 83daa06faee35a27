"""What a handler's forms do: which act each of them is; one address a deed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.services import (
    complaint_acts,
    complaint_notes,
    complaint_referrals,
    complaint_rejudging,
    complaint_remedies,
    complaint_supervision,
)
from app.services.complaint_acts import Judgement
from app.services.complaint_desk import find_employer
from app.services.complaint_referrals import Answer, HandOver
from app.services.work import Work
from app.web import forms
from app.web.pages.complaint_case_forms import (
    Accept,
    Answered,
    CaseDeed,
    Find,
    FollowedUp,
    Given,
    KeptOut,
    Leaves,
    Move,
    Noted,
    Placed,
    Plain,
    Plan,
    Power,
    Protect,
    Refer,
    Rejudge,
    RemedyMove,
    Told,
)
from permits.people import PersonId
from recruitment.complaints.remedies import RemedyPlan


@dataclass(frozen=True)
class Sending:
    """The form of a deed, what it does, and its own names for the law's fields.

    `act` returns what is shown once afterwards, "" for nothing.
    """

    model: type[forms.Answers]
    act: Callable[[Work, str, UUID, Any], str]
    fields: Mapping[str, str]


def _move(work: Work, token: str, case: UUID, said: Move) -> str:
    complaint_acts.act(
        work,
        token,
        case,
        said.action,
        _plain(said.move_words),
        seen=said.version,
        checked=said.checked,
        told=_plain(said.told_words),
        outcome=said.granted,
    )
    return ""


def _accept(work: Work, token: str, case: UUID, said: Accept) -> str:
    employer = find_employer(work, said.tax_number)
    flags = frozenset(said.flags)
    judged = Judgement(
        said.severity,
        said.categories,
        flags,
        employer,
        departs_on=said.departs_on,
        farm=said.farm,
    )
    complaint_acts.accept(work, token, case, judged, seen=said.version)
    return ""


def _rejudge(work: Work, token: str, case: UUID, said: Rejudge) -> str:
    employer = find_employer(work, said.tax_number)
    judged = Judgement(said.severity, said.categories, frozenset(said.flags), employer)
    words = _plain(said.judged_words)
    complaint_rejudging.rejudge(work, token, case, judged, words, seen=said.version)
    return ""


def _leaves(work: Work, token: str, case: UUID, said: Leaves) -> str:
    complaint_rejudging.note_departure(work, case, said.departs_on, seen=said.version)
    return ""


def _power(work: Work, token: str, case: UUID, said: Power) -> str:
    words = _plain(said.power_words)
    complaint_rejudging.note_power(work, token, case, words, seen=said.version)
    return ""


def _place(work: Work, _token: str, case: UUID, said: Placed) -> str:
    complaint_acts.name_farm(work, case, said.farm, seen=said.version)
    return ""


def _find(work: Work, token: str, case: UUID, said: Find) -> str:
    words = _plain(said.found_words)
    complaint_acts.find(work, token, case, said.outcome, words, seen=said.version)
    return ""


def _answer(work: Work, token: str, case: UUID, said: Answered) -> str:
    complaint_acts.answer(work, token, case, _plain(said.message), seen=said.version)
    return ""


def _protect(work: Work, token: str, case: UUID, said: Protect) -> str:
    words = _plain(said.safety_words)
    complaint_acts.protect(work, token, case, words, said.permit_number, seen=said.version)
    return ""


def _note(work: Work, token: str, case: UUID, said: Noted) -> str:
    complaint_notes.add_note(work, token, case, said.kind, _plain(said.note))
    return ""


def _refer(work: Work, token: str, case: UUID, said: Refer) -> str:
    over = HandOver(said.target, said.channel, _plain(said.summary), said.email)
    return complaint_referrals.hand_over(work, token, case, over, seen=said.version)


def _told(work: Work, token: str, case: UUID, said: Told) -> str:
    answer = Answer(said.answer, said.number, said.report)
    complaint_referrals.answer_by_phone(work, said.referral, answer)
    return ""


def _plan(work: Work, token: str, case: UUID, said: Plan) -> str:
    currency = said.currency if said.amount is not None else None
    plan = RemedyPlan(
        said.remedy_kind, said.due_on, _plain(said.remedy_words), said.amount, currency
    )
    complaint_remedies.plan_remedy(work, token, case, said.remedy, plan, seen=said.version)
    return ""


def _remedy(work: Work, token: str, case: UUID, said: RemedyMove) -> str:
    complaint_remedies.move(
        work, token, case, said.remedy, said.remedy_action, said.verifier, seen=said.version
    )
    return ""


def _follow_up(work: Work, token: str, case: UUID, said: FollowedUp) -> str:
    complaint_remedies.follow_up(work, case, said.asked_on, retaliation=said.retaliation)
    return ""


def _take(work: Work, token: str, case: UUID, said: Plain) -> str:
    complaint_acts.take(work, case, seen=said.version)
    return ""


def _recuse(work: Work, token: str, case: UUID, said: Plain) -> str:
    complaint_acts.recuse(work, case, seen=said.version)
    return ""


def _assign(work: Work, token: str, case: UUID, said: Given) -> str:
    complaint_supervision.assign(work, case, PersonId(said.given_to), seen=said.version)
    return ""


def _exclude(work: Work, token: str, case: UUID, said: KeptOut) -> str:
    complaint_supervision.exclude(work, case, PersonId(said.kept_out), seen=said.version)
    return ""


def _contact(work: Work, token: str, case: UUID, said: Plain) -> str:
    complaint_acts.note_contact(work, case, seen=said.version)
    return ""


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


SENDINGS: Mapping[CaseDeed, Sending] = {
    CaseDeed.TAKE: Sending(Plain, _take, {}),
    CaseDeed.RECUSE: Sending(Plain, _recuse, {}),
    CaseDeed.ASSIGN: Sending(Given, _assign, {"person": "given_to"}),
    CaseDeed.EXCLUDE: Sending(KeptOut, _exclude, {"person": "kept_out"}),
    CaseDeed.CONTACT: Sending(Plain, _contact, {}),
    CaseDeed.MOVE: Sending(
        Move, _move, {"words": "move_words", "told": "told_words", "outcome": "granted"}
    ),
    CaseDeed.ACCEPT: Sending(Accept, _accept, {}),
    CaseDeed.REJUDGE: Sending(Rejudge, _rejudge, {"words": "judged_words"}),
    CaseDeed.DEPARTURE: Sending(Leaves, _leaves, {}),
    CaseDeed.POWER: Sending(Power, _power, {"words": "power_words"}),
    CaseDeed.FIND: Sending(Find, _find, {"words": "found_words"}),
    CaseDeed.ANSWER: Sending(Answered, _answer, {"words": "message"}),
    CaseDeed.PLACE: Sending(Placed, _place, {}),
    CaseDeed.PROTECT: Sending(Protect, _protect, {"words": "safety_words"}),
    CaseDeed.NOTE: Sending(Noted, _note, {}),
    CaseDeed.HAND_OVER: Sending(Refer, _refer, {}),
    CaseDeed.REFERRAL: Sending(Told, _told, {}),
    CaseDeed.PLAN: Sending(Plan, _plan, {"words": "remedy_words"}),
    CaseDeed.REMEDY: Sending(RemedyMove, _remedy, {}),
    CaseDeed.FOLLOW_UP: Sending(FollowedUp, _follow_up, {}),
}
