"""A recommendation on a case: the form is part of the case's page, as the decision's is."""

from collections.abc import Mapping
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services.approvals import Ruling
from app.services.recommendations import recommend_application
from app.web import forms
from app.web.dependencies import Posted, ProvenWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.cases import PATH, attempt, show, version_of
from permits.applications import ApplicationId
from permits.approvals import Ground, Opinion
from permits.next_actions import NextAction

router = APIRouter(include_in_schema=False)

FIELDS: Mapping[str, str] = {
    "opinion": "advice",
    "grounds": "advice_grounds",
    "note": "advice_note",
}
"""The form's own fields by those of the law: the decision's form may stand on the same page."""


class Advised(forms.Answers):
    """What an official recommends; `version` is of the page that they saw."""

    wording: ClassVar[Mapping[str, str]] = {"advice.missing": N_("Elija qué recomienda.")}
    advice: Opinion
    advice_grounds: tuple[Ground, ...] = ()
    advice_note: str = ""
    version: str = ""
    seen_at: str = ""


@router.post(PATH + "/recomendar")
def recommend_case(request: Request, work: ProvenWork, application: UUID, form: Posted) -> Response:
    """Record it; where it is refused, the page says why and keeps what was typed."""
    typed = Form(forms.typed(form))
    given = forms.check(Advised, form)
    if isinstance(given, Form):
        return show(request, work, application, 422, form=given)
    note = given.advice_note.replace("\r\n", "\n")
    ruling, version = Ruling(given.advice, given.advice_grounds, note), version_of(given.version)
    return attempt(
        request,
        work,
        application,
        lambda: recommend_application(
            work, ApplicationId(application), ruling, seen_version=version
        ),
        NextAction.RECOMMEND.value,
        typed,
        FIELDS,
    )
