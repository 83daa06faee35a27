"""What officials do with a right and its card, from the page of the case."""

from collections.abc import Callable, Mapping
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from app.services import authorisations, credentials, replacements, revocations
from app.services.authorisations import Pause
from app.services.credentials import Permit
from app.services.revocations import Proposal
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, ProvenWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.cases import PATH, attempt, show, version_of
from permits.errors import NotFound
from permits.issuing import RevocationReason
from permits.retaliation import Origin
from permits.revocations import Hearing, RevocationGround
from permits.suspensions import SuspensionReason

router = APIRouter(include_in_schema=False)

RIGHT, CARD = PATH + "/autorizacion", PATH + "/credencial"


class CardRevocation(forms.Answers):
    """Why a permit is taken back; `credential_version` is of the page that was seen."""

    wording: ClassVar[Mapping[str, str]] = {"reason.missing": N_("Elija por qué lo revoca.")}
    reason: RevocationReason
    credential_version: str = ""


class CardReplacement(forms.Answers):
    """What happened to the card."""

    wording: ClassVar[Mapping[str, str]] = {"card_reason.missing": N_("Elija qué le pasó.")}
    card_reason: RevocationReason
    credential_version: str = ""


class SuspensionForm(forms.Answers):
    """For how long, why, and at whose asking; the law judges the days."""

    wording: ClassVar[Mapping[str, str]] = {
        "pause_reason.missing": N_("Elija por qué la suspende."),
        "days.missing": N_("Escriba cuántos días."),
        "pause_origin.missing": N_("Elija quién lo pide."),
    }
    pause_reason: SuspensionReason
    days: int
    pause_origin: Origin
    pause_note: str = ""
    right_version: str = ""

    @property
    def pause(self) -> Pause:
        """What was typed, as the service takes it."""
        return Pause(self.pause_reason, self.days, _plain(self.pause_note), self.pause_origin)


class RevocationForm(forms.Answers):
    """Coded grounds, how the worker was heard, and what they are told."""

    wording: ClassVar[Mapping[str, str]] = {
        "heard.missing": N_("Elija cómo se escuchó a la persona."),
        "end_origin.missing": N_("Elija quién lo pide."),
    }
    end_grounds: tuple[RevocationGround, ...] = ()
    heard: Hearing
    hearing: str = ""
    end_note: str = ""
    end_origin: Origin
    right_version: str = ""

    @property
    def proposal(self) -> Proposal:
        """What was typed, as the service takes it."""
        hearing, note = _plain(self.hearing), _plain(self.end_note)
        return Proposal(self.end_grounds, self.heard, hearing, note, self.end_origin)


@router.post(CARD + "/revocar")
def revoke_card(request: Request, work: ProvenWork, application: UUID, form: Posted) -> Response:
    """Take the permit's carrier back, with its reason; it never comes back."""
    answers = forms.check(CardRevocation, form)
    if isinstance(answers, Form):
        return show(request, work, application, 422, form=answers)
    reason, version = answers.reason, version_of(answers.credential_version)

    def revoke() -> None:
        card = _permit(work, application).credential
        credentials.revoke_credential(work, card.id, reason, seen_version=version)

    return attempt(request, work, application, revoke, "revoke", Form(forms.typed(form)))


@router.post(CARD + "/reemplazar")
def replace_card(request: Request, work: ProvenWork, application: UUID, form: Posted) -> Response:
    """End a lost card and have the next one prepared; the right stands."""
    answers = forms.check(CardReplacement, form)
    if isinstance(answers, Form):
        return show(request, work, application, 422, form=answers)
    reason, version = answers.card_reason, version_of(answers.credential_version)

    def change() -> None:
        card = _permit(work, application).credential
        replacements.replace_credential(work, card.id, reason, seen_version=version)

    typed, fields = Form(forms.typed(form)), {"reason": "card_reason"}
    return attempt(request, work, application, change, "replace", typed, fields)


@router.post(RIGHT + "/suspender")
def suspend_right(request: Request, work: ProvenWork, application: UUID, form: Posted) -> Response:
    """Hold the right back for some days."""
    answers = forms.check(SuspensionForm, form)
    if isinstance(answers, Form):
        return show(request, work, application, 422, form=answers)
    pause, version = answers.pause, version_of(answers.right_version)

    def suspend() -> None:
        found = _permit(work, application).authorisation
        authorisations.suspend_authorisation(work, found.id, pause, seen_version=version)

    typed, fields = Form(forms.typed(form)), {"note": "pause_note"}
    return attempt(request, work, application, suspend, "suspend", typed, fields)


@router.post(RIGHT + "/restablecer")
def reinstate_right(
    request: Request, work: ProvenWork, application: UUID, form: Posted
) -> Response:
    """Give a suspended right back."""
    act = authorisations.reinstate_authorisation
    return _act_on_right(request, work, application, form, act, "reinstate")


@router.post(RIGHT + "/proponer")
def propose_revocation(
    request: Request, work: ProvenWork, application: UUID, form: Posted
) -> Response:
    """The first of two officials; nothing ends until the second confirms."""
    answers = forms.check(RevocationForm, form)
    if isinstance(answers, Form):
        return show(request, work, application, 422, form=answers)
    said, version = answers.proposal, version_of(answers.right_version)

    def propose() -> None:
        found = _permit(work, application).authorisation
        revocations.propose_revocation(work, found.id, said, seen_version=version)

    typed, fields = Form(forms.typed(form)), {"grounds": "end_grounds", "note": "end_note"}
    return attempt(request, work, application, propose, "propose", typed, fields)


@router.post(RIGHT + "/confirmar")
def confirm_revocation(
    request: Request, work: ProvenWork, application: UUID, form: Posted
) -> Response:
    """The second official: the right ends, and every card of it."""
    act = revocations.confirm_revocation
    return _act_on_right(request, work, application, form, act, "confirm")


@router.post(RIGHT + "/descartar")
def drop_revocation(
    request: Request, work: ProvenWork, application: UUID, form: Posted
) -> Response:
    """Withdraw an own proposal or reject a colleague's."""
    act = revocations.drop_revocation
    return _act_on_right(request, work, application, form, act, "drop")


def _act_on_right(
    request: Request,
    work: Work,
    application: UUID,
    form: FormData,
    act: Callable[..., object],
    done: str,
) -> Response:
    version = version_of(form.get("right_version"))

    def run() -> None:
        act(work, _permit(work, application).authorisation.id, seen_version=version)

    return attempt(request, work, application, run, done, Form(forms.typed(form)))


def _permit(work: Work, application: UUID) -> Permit:
    permit = credentials.find_permit_of(work, application)
    if permit is None:
        raise NotFound("no-such-credential")
    return permit


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")
