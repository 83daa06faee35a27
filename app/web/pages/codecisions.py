"""What an employer wishes against a permit: passed on from the case's page."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import codecisions, credentials
from app.web import forms
from app.web.dependencies import Posted, ProvenWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.cases import PATH, attempt, show, version_of
from permits.errors import NotFound
from permits.retaliation import Wish

router = APIRouter(include_in_schema=False)


class WishForm(forms.Answers):
    """What the employer wishes, in their words."""

    wording: ClassVar[Mapping[str, str]] = {"wish.missing": N_("Elija qué pide el empleador.")}
    wish: Wish
    wish_words: str = ""
    right_version: str = ""


@router.post(PATH + "/autorizacion/consultar")
def ask_codecision(request: Request, work: ProvenWork, application: UUID, form: Posted) -> Response:
    """Ask the complaints office; nothing changes until it has answered."""
    answers = forms.check(WishForm, form)
    if isinstance(answers, Form):
        return show(request, work, application, 422, form=answers)
    words, version = answers.wish_words.replace("\r\n", "\n"), version_of(answers.right_version)

    def ask() -> None:
        permit = credentials.find_permit_of(work, application)
        if permit is None:
            raise NotFound("no-such-credential")
        right = permit.authorisation.id
        codecisions.ask_codecision(work, right, answers.wish, words, seen_version=version)

    return attempt(request, work, application, ask, "wish", Form(forms.typed(form)))
