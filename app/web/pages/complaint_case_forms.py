"""The forms of a case on the desk, one class a form; unknown fields are refused."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BeforeValidator, StringConstraints

from app.services.complaint_notes import NoteKind
from app.web import forms
from app.web.answers import Amount, YesNo
from app.web.i18n import N_
from recruitment.complaints.handling import CoercionCheck
from recruitment.complaints.moves import Action
from recruitment.complaints.referrals import Channel, ReferralAction, Report
from recruitment.complaints.remedies import RemedyAction, Verifier
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
MaybeId = Annotated[UUID | None, BeforeValidator(_none)]
MaybeDate = Annotated[date | None, BeforeValidator(_none)]
MaybeAmount = Annotated[Amount | None, BeforeValidator(_none)]
MaybeOutcome = Annotated[Outcome | None, BeforeValidator(_none)]
MaybeReport = Annotated[Report | None, BeforeValidator(_none)]
MaybeVerifier = Annotated[Verifier | None, BeforeValidator(_none)]


class CaseDeed(StrEnum):
    """What can be sent from the page of a case, as its address says it."""

    TAKE = "tomar"
    RECUSE = "recusar"
    ASSIGN = "encargar"
    EXCLUDE = "apartar"
    CONTACT = "contacto"
    MOVE = "mover"
    ACCEPT = "aceptar"
    FIND = "concluir"
    ANSWER = "responder"
    PROTECT = "proteger"
    REJUDGE = "juzgar"
    DEPARTURE = "salida"
    POWER = "poder"
    PLACE = "finca"
    NOTE = "nota"
    HAND_OVER = "remitir"
    REFERRAL = "remision"
    PLAN = "reparar"
    REMEDY = "reparacion"
    FOLLOW_UP = "seguimiento"


class Plain(forms.Answers):
    """Nothing but what was seen."""

    version: int


class Given(Plain):
    """To whom a supervisor gives a case."""

    wording: ClassVar[Mapping[str, str]] = {
        "given_to.missing": N_("Elija a quién le encarga el caso."),
    }
    given_to: UUID


class KeptOut(Plain):
    """Who has a part in a case."""

    wording: ClassVar[Mapping[str, str]] = {
        "kept_out.missing": N_("Elija quién tiene parte en el caso."),
    }
    kept_out: UUID


class Move(Plain):
    """A move, and why."""

    wording: ClassVar[Mapping[str, str]] = {
        "action.missing": N_("Elija qué hace con el caso."),
        "move_words.missing": N_("Escriba por qué."),
        "granted.missing": N_("Elija qué se comprobó."),
        "told_words.missing": N_("Escriba lo que la persona va a leer."),
    }
    action: Action
    move_words: Words = ""
    told_words: Words = ""
    granted: MaybeOutcome = None
    checked: tuple[CoercionCheck, ...] = ()


class Placed(Plain):
    """The farm that a case is about."""

    farm: MaybeId = None


class Accept(Placed):
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


class Rejudge(Plain):
    """How a case is judged now, and why."""

    wording: ClassVar[Mapping[str, str]] = {
        **Accept.wording,
        "judged_words.missing": N_("Escriba por qué cambia."),
    }
    severity: Severity
    categories: tuple[Category, ...] = ()
    flags: tuple[Flag, ...] = ()
    tax_number: str = ""
    judged_words: Words = ""


class Leaves(Plain):
    """The day on which the worker leaves; empty where they stay."""

    departs_on: MaybeDate = None


class Power(Plain):
    """Who holds the worker's power of attorney."""

    wording: ClassVar[Mapping[str, str]] = {
        "power_words.missing": N_("Escriba quién la representa."),
    }
    power_words: Words = ""


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

    wording: ClassVar[Mapping[str, str]] = {"report.missing": N_("Elija qué se hizo.")}
    referral: UUID
    answer: ReferralAction
    number: str = ""
    report: MaybeReport = None


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
