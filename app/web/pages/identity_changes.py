"""Other identity data: asked from the permit with a photo that proves it, decided by both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from app.services import identity_changes
from app.services.documents import UnfitFile
from app.services.identity_changes import ListedIdentityChange
from app.services.outages import Outage
from app.services.refusals import record_refusal
from app.services.request_terms import Asked, Term, answer_by, term_of
from app.services.work import Work
from app.web import forms, i18n
from app.web.answers import WrittenDate
from app.web.dependencies import Posted, ProvenWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.cases import PATH as CASE
from app.web.pages.cases import attempt, show
from app.web.pages.compared import Line, changed_lines
from app.web.pages.employer_changes import ChangeVerdict
from app.web.pages.permits import own_permit
from app.web.pages.searches import Typed, searched
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Fault, Invalid
from permits.identity_changes import FIELDS, IdentityChange, IdentityOutcome, IdentityReason
from permits.identity_documents import IdentityKind
from permits.submissions import Answers, Sex

router = APIRouter(include_in_schema=False)

PATH = "/mi-permiso/{credential:uuid}/datos"


class NewData(forms.Answers):
    """The data as they should be, why, and the photo that was kept already, if one was."""

    wording: ClassVar[Mapping[str, str]] = {
        "document_number.missing": N_("Escriba el número de su documento."),
        "given_names.missing": N_("Escriba sus nombres."),
        "surnames.missing": N_("Escriba sus apellidos."),
        "date_of_birth.missing": N_("Escriba el día, el mes y el año en que nació."),
        "sex.missing": N_("Elija una opción."),
        "reason.missing": N_("Elija por qué cambian sus datos."),
    }
    document_kind: IdentityKind
    document_number: str
    given_names: str
    surnames: str
    date_of_birth: WrittenDate
    sex: Sex
    reason: IdentityReason
    kept: UUID | None = None

    @property
    def told(self) -> Answers:
        """The identity data that are asked for."""
        values = {name: getattr(self, name) for name in FIELDS}
        return Answers(**{**values, "document_kind": self.document_kind.value})


class DataVerdict(forms.Answers):
    """What the official's agency says, and words to the worker, which a refusal needs.

    `digest` is of the data that the page showed: who asked for others meanwhile has no yes.
    """

    wording: ClassVar[Mapping[str, str]] = {
        "data_verdict.missing": N_("Elija qué decide su institución."),
    }
    data_verdict: ChangeVerdict
    data_note: str = ""
    digest: str = ""


@dataclass(frozen=True)
class DataPage:
    """The wish that waits with its differences, or the form; `refusal` tells why nothing came.

    `answer_by` is the last day to answer a wish.
    """

    path: str
    back: str
    waiting: IdentityChange | None
    lines: Sequence[Line]
    kinds: Sequence[IdentityKind]
    form: Form = field(default_factory=Form)
    reasons: Sequence[IdentityReason] = tuple(IdentityReason)
    refusal: Conflict | None = None
    answer_by: date | None = None


@dataclass(frozen=True)
class ListedData:
    """A wish of the list, with each difference in words, and its term while it waits."""

    listed: ListedIdentityChange
    lines: Sequence[Line]
    term: Term | None


@dataclass(frozen=True)
class DataChangesPage:
    """The wishes that wait, and those that were granted within a year."""

    waiting: Sequence[ListedData]
    granted: Sequence[ListedData]
    form: Form


@router.get(PATH)
def show_data(request: Request, work: SignedInWork, credential: UUID) -> Response:
    """What a change is, and the data as they stand, to be written anew."""
    return _show(request, work, credential)


@router.post(PATH)
def ask_change(request: Request, work: SignedInWork, credential: UUID, form: Posted) -> Response:
    """Ask for it; a good photo is kept even where something else is refused."""
    permit, _ = own_permit(work, credential, "page")
    right = permit.authorisation.id
    typed, unfit = Form(forms.typed(form)), tuple[Fault, ...]()
    if i18n.pressed(request):
        return _show(request, work, credential, form=typed)
    try:
        typed, unfit = _with_photo(work, right, typed, form.get("evidence"))
        answers = forms.check(NewData, typed.values)
        if isinstance(answers, Form):
            faults = (*answers.faults, *unfit)
            return _show(request, work, credential, 422, form=replace(answers, faults=faults))
        with work.attempt():
            told, reason = answers.told, answers.reason
            identity_changes.ask_change(work, right, told, reason, answers.kept)
    except Invalid as invalid:
        refused = forms.refused(NewData, typed.values, invalid)
        law = [one for one in refused.faults if one.field != "evidence" or not unfit]
        shown_again = replace(refused, faults=(*law, *unfit))
        return _show(request, work, credential, 422, form=shown_again)
    except Conflict as refusal:
        return _show(request, work, credential, status_of(refusal), form=typed, refusal=refusal)
    return RedirectResponse(f"/mi-permiso/{credential}/datos", 303)


@router.post(PATH + "/retirar")
def withdraw_change(request: Request, work: SignedInWork, credential: UUID) -> Response:
    """Keep the data of now."""
    permit, _ = own_permit(work, credential, "page")
    try:
        identity_changes.withdraw_change(work, permit.authorisation.id)
    except Conflict as refusal:
        return _show(request, work, credential, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"/mi-permiso/{credential}/datos", 303)


@router.post(CASE + "/datos/decidir")
def decide_change(request: Request, work: ProvenWork, application: UUID, form: Posted) -> Response:
    """One agency's word on the wish that waits; what was typed stays where it is refused."""
    answers = forms.check(DataVerdict, form)
    if isinstance(answers, Form):
        return show(request, work, application, 422, form=answers)
    granted = answers.data_verdict is ChangeVerdict.GRANT
    note = answers.data_note.replace("\r\n", "\n")

    def decide() -> None:
        identity_changes.decide_change(
            work, application, note, granted=granted, seen=answers.digest
        )

    done = "data-granted" if granted else "data-refused"
    fields = {"note": "data_note"}
    return attempt(request, work, application, decide, done, Form(forms.typed(form)), fields)


@router.get("/cambios-de-datos")
def list_changes(request: Request, work: SignedInReading, q: Typed = "") -> Response:
    """What waits for either agency, old beside new, and what was granted within a year."""
    locale = locale_of(request)
    waiting, granted = (
        [
            ListedData(one, changed_lines(locale, one.change), _term(work, one))
            for one in identity_changes.list_changes(work, outcome, q)
        ]
        for outcome in (IdentityOutcome.ASKED, IdentityOutcome.GRANTED)
    )
    return render(request, "identity_changes.html", DataChangesPage(waiting, granted, searched(q)))


def _term(work: Work, one: ListedIdentityChange) -> Term | None:
    asked = Asked.IDENTITY_CHANGE
    waits = one.change.outcome is IdentityOutcome.ASKED
    return term_of(work, one.programme, asked, one.change.asked_at) if waits else None


def _with_photo(
    work: Work, right: UUID, typed: Form, sent: object
) -> tuple[Form, tuple[Fault, ...]]:
    """The form with the photo that came with it kept, and what is wrong with that photo."""
    if not isinstance(sent, UploadFile) or not sent.filename:
        return typed, ()
    try:
        with work.attempt():
            kept = identity_changes.keep_evidence(work, right, sent.file.read())
    except UnfitFile as unfit:
        record_refusal(work, unfit.faults[0].code, "ask_change")
        return typed, tuple(replace(one, field="evidence") for one in unfit.faults)
    except Outage as outage:
        return typed, (Fault(outage.code, "evidence"),)
    return Form({**typed.values, "kept": (str(kept.id),)}), ()


def _show(
    request: Request,
    work: Work,
    credential: UUID,
    status: int = 200,
    *,
    form: Form | None = None,
    refusal: Conflict | None = None,
) -> Response:
    permit, case = own_permit(work, credential, "page")
    waiting = identity_changes.find_waiting(work, permit.authorisation.id)
    spoken = locale_of(request)
    page = DataPage(
        f"/mi-permiso/{credential}/datos",
        f"/mi-permiso/{credential}",
        waiting,
        changed_lines(spoken, waiting) if waiting else (),
        case.programme.identity_kinds,
        form or _filled(case.answers),
        refusal=refusal,
        answer_by=_answer_by(work, permit.authorisation.programme, waiting) if waiting else None,
    )
    return render(request, "permits/data.html", page, status)


def _answer_by(work: Work, programme: str, waiting: IdentityChange) -> date | None:
    return answer_by(work, programme, Asked.IDENTITY_CHANGE, waiting.asked_at)


def _filled(answers: Answers) -> Form:
    values = {name: getattr(answers, name) for name in FIELDS}
    values["document_kind"] = IdentityKind(answers.document_kind or "")
    return forms.filled(NewData.model_construct(**values))
