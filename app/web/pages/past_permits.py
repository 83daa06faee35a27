"""Whose a past permit was: the register's row beside who may be meant, and an official decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import Field

from app.services import past_permits, refusals
from app.services.case import programme_of
from app.services.past_permits import Namesake, PastFile, Standing
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, Locale, locale_of
from app.web.pages.compared import Line, lines_of
from app.web.pages.register_imports import PATH
from app.web.problems import status_of
from app.web.templating import render
from permits.applications import ApplicationId
from permits.errors import Conflict
from permits.programmes import Programme
from permits.submissions import Answers

router = APIRouter(include_in_schema=False)

ONE = PATH + "/permisos/{permit:uuid}"
NOBODY = "nadie"


class Settled(forms.Answers):
    """Whose it was: the id of an application that was shown, or nobody's; and how it stood."""

    wording: ClassVar[Mapping[str, str]] = {"whose.missing": N_("Elija de quién fue.")}
    whose: Annotated[
        str, Field(pattern=rf"^({NOBODY}|[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})$")
    ]
    seen: Standing


@dataclass(frozen=True)
class Said:
    """Answers under a programme, to be put in words."""

    programme: Programme
    answers: Answers


@dataclass(frozen=True)
class Beside:
    """Somebody who may be meant, with each field beside the register's."""

    namesake: Namesake
    lines: Sequence[Line]


@dataclass(frozen=True)
class PermitPage:
    """`refusal` is why what was decided last was not kept; `done`: it was just now."""

    file: PastFile
    others: Sequence[Beside]
    form: Form
    done: bool
    refusal: Conflict | None = None


@router.get(ONE)
def show_permit(request: Request, work: SignedInWork, permit: UUID, hecho: str = "") -> Response:
    """Side by side, each difference named; each case that is shown is logged as looked at."""
    return _show(request, work, permit, Form(), done=hecho == "decidido")


@router.post(ONE)
def settle_permit(request: Request, work: SignedInWork, permit: UUID, posted: Posted) -> Response:
    """Keep whose it was; where somebody was faster the page says so and shows it anew."""
    answers = forms.check(Settled, posted)
    if isinstance(answers, Form):
        return _show(request, work, permit, answers, 422)
    whose = None if answers.whose == NOBODY else ApplicationId(UUID(answers.whose))
    try:
        with work.attempt():
            past_permits.settle_permit(work, permit, whose, seen=answers.seen)
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, "settle_permit")
        status = status_of(refusal)
        return _show(request, work, permit, Form(), status, refusal=refusal)
    return RedirectResponse(f"{PATH}/permisos/{permit}?hecho=decidido", 303)


def _show(
    request: Request,
    work: Work,
    permit: UUID,
    form: Form,
    status: int = 200,
    *,
    done: bool = False,
    refusal: Conflict | None = None,
) -> Response:
    file = past_permits.read_permit(work, permit)
    others = _beside(work, locale_of(request), file)
    page = PermitPage(file, others, form, done, refusal)
    return render(request, "registers/permit.html", page, status)


def _beside(work: Work, locale: Locale, file: PastFile) -> list[Beside]:
    programme = programme_of(work, file.kept.programme)
    mine = Said(programme, file.kept.permit.person)
    return [
        Beside(
            one.namesake,
            lines_of(work, locale, mine, Said(programme, one.namesake.answers), one.fields),
        )
        for one in file.candidates
    ]
