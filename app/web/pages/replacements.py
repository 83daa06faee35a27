"""A worker whose card was lost, stolen or damaged asks for another: free, the first time alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import replacements
from app.services.authorisations import right_of
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, ProvenWork, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.cases import version_of
from app.web.pages.permits import may_ask, own_permit
from app.web.problems import status_of
from app.web.templating import render
from permits import permit_numbers
from permits.errors import Conflict
from permits.issuing import RevocationReason
from permits.replacements import REASONS, is_ended_by_office, may_alone

router = APIRouter(include_in_schema=False)

PATH = "/mi-permiso/{credential:uuid}/reponer"


class Loss(forms.Answers):
    """What happened; `version` is that of the card as the page showed it."""

    wording: ClassVar[Mapping[str, str]] = {"reason.missing": N_("Elija qué le pasó.")}
    reason: RevocationReason
    version: str = ""


@dataclass(frozen=True)
class ReplacePage:
    """The question, or whom to ask: `alone` while the worker may do it without an office.

    `ended` is why an office revoked the card, "" where none did: then nothing is asked.
    """

    number: str
    version: int
    path: str
    alone: bool
    form: Form = field(default_factory=Form)
    reasons: Sequence[RevocationReason] = REASONS
    refusal: str = ""
    ended: str = ""


@router.get(PATH)
def ask_replacement(request: Request, work: SignedInWork, credential: UUID) -> Response:
    """What happens to the old card, that it is free, and what to choose."""
    return _show(request, work, credential)


@router.post(PATH)
def replace_own(request: Request, work: ProvenWork, credential: UUID, form: Posted) -> Response:
    """End the card and lead on to the next one; sent twice, it leads to the same."""
    own_permit(work, credential, "page")  # it is not there for anybody else
    answers = forms.check(Loss, form)
    if isinstance(answers, Form):
        return _show(request, work, credential, 422, form=answers)
    version = version_of(answers.version)
    try:
        with work.attempt():
            permit = replacements.replace_credential(
                work, credential, answers.reason, seen_version=version
            )
    except Conflict as refusal:
        if refusal.code == "already-replaced":
            return RedirectResponse("/mi-permiso", 303)
        status = status_of(refusal)
        return _show(request, work, credential, status, refusal=refusal.code)
    return RedirectResponse(f"/mi-permiso/{permit.credential.id}", 303)


def _show(
    request: Request,
    work: Work,
    credential: UUID,
    status: int = 200,
    *,
    form: Form | None = None,
    refusal: str = "",
) -> Response:
    permit, _ = own_permit(work, credential, "page")
    right = right_of(work, permit.authorisation)
    newest = right.credentials[0]
    if newest.id != credential or not (may_ask(work, right) or refusal):
        return RedirectResponse(f"/mi-permiso/{newest.id}", 303)
    page = ReplacePage(
        permit_numbers.show(newest.number),
        newest.version,
        f"/mi-permiso/{credential}",
        may_alone(newest),
        form or Form(),
        refusal=refusal,
        ended=newest.revocation_reason or "" if is_ended_by_office(newest) else "",
    )
    return render(request, "permits/replace.html", page, status)
