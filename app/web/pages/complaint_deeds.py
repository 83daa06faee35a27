"""What a handler's forms say, and which act each of them is; one address a deed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BeforeValidator, StringConstraints

from app.services import complaint_acts, complaint_notes, complaint_referrals, complaint_remedies
from app.services.complaint_acts import Judgement
from app.services.complaint_desk import find_employer
from app.services.complaint_notes import NoteKind
from app.services.complaint_referrals import HandOver
from app.services.work import Work
from app.web import forms
from app.web.answers import Amount, YesNo
from app.web.i18n import N_
from recruitment.complaints.handling import CoercionCheck
from recruitment.complaints.moves import Action
from recruitment.complaints.referrals import Channel, ReferralAction
from recruitment.complaints.remedies import RemedyAction, RemedyPlan, Verifier
from recruitment.complaints.words import (
    Category,
    Flag,
    Outcome,
    ReferralTarget,
    RemedyKind,
    Severity,
)


def _none(text: object) -> object:
    return None if text == "" else text


Words = Annotated[str, StringConstraints(max_length=20_000)]
MaybeDate = Annotated[date | None, BeforeValidator(_none)]
MaybeAmount = Annotated[Amount | None, BeforeValidator(_none)]
MaybeVerifier = Annotated[Verifier | None, BeforeValidator(_none)]


class CaseDeed(StrEnum):
    """What can be sent from the page of a case, as its address says it."""

    TAKE = "tomar"
    RECUSE = "recusar"
    CONTACT = "contacto"
    MOVE = "mover"
    ACCEPT = "aceptar"
    FIND = "concluir"
    ANSWER = "responder"
    PROTECT = "proteger"
    NOTE = "nota"
    HAND_OVER = "remitir"
    REFERRAL = "remision"
    PLAN = "reparar"
    REMEDY = "reparacion"
    FOLLOW_UP = "seguimiento"


class Plain(forms.Answers):
    """Nothing but what was seen."""

    version: int


class Move(Plain):
    """A move, and why."""

    wording: ClassVar[Mapping[str, str]] = {
        "action.missing": N_("Elija qué hace con el caso."),
        "move_words.missing": N_("Escriba por qué."),
    }
    action: Action
    move_words: Words = ""
    checked: tuple[CoercionCheck, ...] = ()


class Accept(Plain):
    """How grave it is, what it is about, and whom it is about."""

    wording: ClassVar[Mapping[str, str]] = {
        "severity.missing": N_("Elija qué tan grave es."),
        "tax_number.unknown-tax-number": N_("No hay un empleador con ese RTN."),
    }
    severity: Severity
    categories: tuple[Category, ...] = ()
    flags: tuple[Flag, ...] = ()
    tax_number: str = ""
    departs_on: MaybeDate = None


class Find(Plain):
    """What was found."""

    wording: ClassVar[Mapping[str, str]] = {
        "outcome.missing": N_("Elija qué se concluye."),
        "found_words.missing": N_("Escriba qué se encontró."),
    }
    outcome: Outcome
    found_words: Words = ""


class Answered(Plain):
    """Words to the complainant."""

    wording: ClassVar[Mapping[str, str]] = {"message.missing": N_("Escriba el mensaje.")}
    message: Words = ""


class Protect(Plain):
    """The plan of protection, and the permit to be shielded."""

    wording: ClassVar[Mapping[str, str]] = {"safety_words.missing": N_("Escriba el plan.")}
    safety_words: Words = ""
    permit_number: str = ""


class Noted(Plain):
    """A note, for the office or for oneself."""

    wording: ClassVar[Mapping[str, str]] = {"note.missing": N_("Escriba la nota.")}
    kind: NoteKind = NoteKind.INTERNAL
    note: Words = ""


class Refer(Plain):
    """To whom, how, and what they need to know."""

    wording: ClassVar[Mapping[str, str]] = {
        "target.missing": N_("Elija a quién se remite."),
        "channel.missing": N_("Elija cómo se remite."),
        "summary.missing": N_("Escriba lo que necesita saber."),
    }
    target: ReferralTarget
    channel: Channel
    summary: Words = ""
    email: str = ""


class Told(Plain):
    """What the target said on the phone."""

    referral: UUID
    answer: ReferralAction
    number: str = ""


class Plan(Plain):
    """A remedy; `remedy` is drawn with the page, so that a second click adds none."""

    wording: ClassVar[Mapping[str, str]] = {
        "remedy_kind.missing": N_("Elija qué se repara."),
        "due_on.missing": N_("Escriba hasta qué día."),
        "remedy_words.missing": N_("Escriba quién hace qué."),
        "amount.missing": N_("Escriba cuánto es."),
    }
    remedy: UUID
    remedy_kind: RemedyKind
    due_on: date
    remedy_words: Words = ""
    amount: MaybeAmount = None
    currency: str = "HNL"


class RemedyMove(Plain):
    """How far a remedy is; `version` is the remedy's."""

    remedy: UUID
    remedy_action: RemedyAction
    verifier: MaybeVerifier = None


class FollowedUp(Plain):
    """Whether there was retaliation."""

    wording: ClassVar[Mapping[str, str]] = {"retaliation.missing": N_("Elija sí o no.")}
    asked_on: date
    retaliation: YesNo


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
    )
    return ""


def _accept(work: Work, token: str, case: UUID, said: Accept) -> str:
    employer = find_employer(work, said.tax_number)
    flags = frozenset(said.flags)
    judged = Judgement(said.severity, said.categories, flags, employer, departs_on=said.departs_on)
    complaint_acts.accept(work, token, case, judged, seen=said.version)
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
    return complaint_referrals.hand_over(work, case, over, seen=said.version)


def _told(work: Work, token: str, case: UUID, said: Told) -> str:
    complaint_referrals.answer_by_phone(work, said.referral, said.answer, said.number)
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


def _contact(work: Work, token: str, case: UUID, said: Plain) -> str:
    complaint_acts.note_contact(work, case, seen=said.version)
    return ""


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


SENDINGS: Mapping[CaseDeed, Sending] = {
    CaseDeed.TAKE: Sending(Plain, _take, {}),
    CaseDeed.RECUSE: Sending(Plain, _recuse, {}),
    CaseDeed.CONTACT: Sending(Plain, _contact, {}),
    CaseDeed.MOVE: Sending(Move, _move, {"words": "move_words"}),
    CaseDeed.ACCEPT: Sending(Accept, _accept, {}),
    CaseDeed.FIND: Sending(Find, _find, {"words": "found_words"}),
    CaseDeed.ANSWER: Sending(Answered, _answer, {"words": "message"}),
    CaseDeed.PROTECT: Sending(Protect, _protect, {"words": "safety_words"}),
    CaseDeed.NOTE: Sending(Noted, _note, {}),
    CaseDeed.HAND_OVER: Sending(Refer, _refer, {}),
    CaseDeed.REFERRAL: Sending(Told, _told, {}),
    CaseDeed.PLAN: Sending(Plan, _plan, {"words": "remedy_words"}),
    CaseDeed.REMEDY: Sending(RemedyMove, _remedy, {}),
    CaseDeed.FOLLOW_UP: Sending(FollowedUp, _follow_up, {}),
}
