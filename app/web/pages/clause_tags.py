"""A mission's reader marks which clause of a contract says what it must, and which one binds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import create_model

from app.services import clause_tags, refusals
from app.services.clause_tags import Tags, TextToRead
from app.services.work import Work
from app.web import forms
from app.web.dependencies import Posted, ProvenWork, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_
from app.web.pages.attestations import ONE
from app.web.problems import status_of
from app.web.templating import render
from permits.errors import Conflict, Invalid
from permits.people import Permission
from permits.policies import check_permission
from recruitment.clause_tags import NOWHERE, Marks, Reading, field_of
from recruitment.ethics.words import Clause, ContractTerm

router = APIRouter(include_in_schema=False)

PATH = ONE + "/clausulas"
MARKED: Mapping[str, ContractTerm | Clause] = {
    field_of(what): what for what in (*ContractTerm, *Clause)
}
"""What is marked, by the field of the form."""


class SentForm(forms.Answers):
    """The text that was read, and the form's own id."""

    wording: ClassVar[Mapping[str, str]] = {
        "id.missing": N_("Abra otra vez esta página."),
        "seen.missing": N_("Abra otra vez esta página."),
        **{f"{field}.missing": N_("Elija una cláusula, o que ninguna.") for field in MARKED},
    }
    id: UUID
    seen: str


FIELDS: dict[str, Any] = dict.fromkeys(MARKED, (int | None, None))
TagsForm = create_model("TagsForm", __base__=SentForm, **FIELDS)
"""With the number of a clause for each mark, 0 for none."""


@dataclass(frozen=True)
class TagsPage:
    """The clauses, and a mark for each term and each kind of clause."""

    text: TextToRead
    form: Form
    fields: Mapping[str, str]
    kinds: Sequence[Clause] = tuple(Clause)
    done: bool = False
    refusal: Conflict | None = None


@router.get(PATH)
def show_clauses(request: Request, work: SignedInWork, vacancy: UUID, hecho: str = "") -> Response:
    """The text with what was marked last; that it was opened is logged."""
    text = clause_tags.read_text(work, vacancy)
    return _show(request, text, _begun(work, text), done=hecho == "si")


@router.post(PATH)
def tag_clauses(request: Request, work: ProvenWork, vacancy: UUID, posted: Posted) -> Response:
    """Keep the marks, after a fresh proof of who this is."""
    check_permission(work.actor, Permission.VACANCY_ATTEST)
    said = forms.check(TagsForm, posted)
    if isinstance(said, Form):
        return _show(request, clause_tags.read_text(work, vacancy), said, 422)
    marks: Marks = {what: getattr(said, field) for field, what in MARKED.items()}
    try:
        with work.attempt():
            clause_tags.tag(work, vacancy, Tags(said.id, marks, said.seen))
    except Invalid as invalid:
        wrong = forms.refused(TagsForm, posted, invalid)
        return _show(request, clause_tags.read_text(work, vacancy), wrong, 422)
    except Conflict as refusal:
        refusals.record_refusal(work, refusal.code, "tag_clauses")
        text = clause_tags.read_text(work, vacancy)
        # Marks of another text would name other clauses: it is read anew.
        form, status = _begun(work, text), status_of(refusal)
        return _show(request, text, form, status, refusal=refusal)
    return RedirectResponse(f"/atestaciones/{vacancy}/clausulas?hecho=si", 303)


def _begun(work: Work, text: TextToRead) -> Form:
    """What was marked last, else the fixed clause of each term; nothing of what binds."""
    fixed = {line.term: line.number for line in text.lines if line.term}
    read = text.reading
    marks = _marks(read, text.mandatory) if read else fixed
    values = {field_of(what): (str(number),) for what, number in marks.items()}
    return Form({**values, "id": (str(work.new_id()),), "seen": (text.text.hex(),)})


def _marks(read: Reading, mandatory: Sequence[ContractTerm]) -> dict[ContractTerm | Clause, int]:
    said: dict[ContractTerm | Clause, int] = {
        term: read.says.get(term, NOWHERE) for term in mandatory
    }
    return said | {kind: read.binds.get(kind, NOWHERE) for kind in Clause}


def _show(
    request: Request,
    text: TextToRead,
    form: Form,
    status: int = 200,
    *,
    done: bool = False,
    refusal: Conflict | None = None,
) -> Response:
    fields = {what.value: field_of(what) for what in (*ContractTerm, *Clause)}
    page = TagsPage(text, form, fields, done=done, refusal=refusal)
    return render(request, "attestations/clauses.html", page, status)
