"""Cases that were ticked in the queue, given to one official."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import assigning
from app.services.assigning import Assigned, Picked
from app.services.queues import check_desk
from app.services.work import Work
from app.web import forms, queue_words
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages import queues
from app.web.queue_words import address, wanted_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Fault, Invalid
from permits.people import Permission
from permits.policies import check_permission

router = APIRouter(include_in_schema=False)

PATH = f"{queue_words.PATH}/asignar"


class Picking(forms.Answers):
    """The ticked rows as `id_version`, who gets them, and the list that they were ticked in."""

    wording: ClassVar[Mapping[str, str]] = {"to.missing": N_("Elija quién trabaja los casos.")}
    to: UUID
    cases: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class AssignedPage:
    """What was given and what was not, and the list to go back to."""

    assigned: Assigned
    back: str


@router.post(PATH)
def assign_cases(request: Request, work: SignedInWork, form: Posted) -> Response:
    """Give the ticked cases to one official; the page tells of each that stays as it is."""
    check_permission(work.actor, Permission.APPLICATION_HOLD)  # before anything ticked is read
    answers = forms.check(Picking, form)
    if isinstance(answers, Form):
        return _again(request, work, answers)
    try:
        assigned = assigning.assign_cases(work, list(picked(answers.cases)), answers.to)
    except Invalid as invalid:
        return _again(request, work, Form(forms.typed(form), invalid.faults))
    page = AssignedPage(assigned, address(wanted_of(work, answers.words)))
    return render(request, "queues/assigned.html", page, 200 if assigned.done else 409)


@router.get(PATH)
def leave(work: SignedInReading) -> Response:
    """A page that was loaded anew, or a change of language, leads back to the queue."""
    check_desk(work)
    return RedirectResponse(queue_words.PATH, 303)


def _again(request: Request, work: Work, form: Form) -> Response:
    wanted = wanted_of(work, form.value("words"))
    return queues.show(request, work, wanted, 422, form=form)


def picked(cases: Iterable[str]) -> Iterable[Picked]:
    """The ticked rows; Invalid where one is no row of ours."""
    for text in cases:
        identity, _, version = text.partition("_")
        try:
            yield ApplicationId(UUID(identity)), int(version)
        except ValueError:
            raise Invalid([Fault("not-an-option", "cases")]) from None
