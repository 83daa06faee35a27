"""A programme's own questions: one administrator writes or ends one, a second approves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import StringConstraints

from app.services import written_questions as questions
from app.services.work import Work
from app.services.written_questions import SeenQuestions
from app.web import forms
from app.web.answers import WrittenDate
from app.web.dependencies import Posted, ProvenWork, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.answered import programme_name
from app.web.pages.steps import WIZARD
from app.web.pages.texts import VERDICTS
from app.web.problems import status_of
from app.web.templating import render
from permits.dated_changes import SOURCE_LIMIT
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.people import PersonId
from permits.programme_questions import After, ProgrammeQuestion, QuestionKind, QuestionPictogram
from permits.question_writing import FIELDS, Written

router = APIRouter(include_in_schema=False)

PATH = "/administracion/preguntas"
ONE = PATH + "/{programme}"
END = ONE + "/terminar"
WORDS_LIMIT = N_("Use 120 letras o menos, y 15 palabras por frase.")
LINE = Annotated[str, StringConstraints(max_length=200)]

AFTER = [
    (name, label)
    for step in WIZARD.steps
    for name, label in step.labels.items()
    if name in set(After)
]
"""The answers after which a question can be asked, in the order of the wizard."""


class NewQuestion(forms.Answers):
    """Everything that a file says of a question; which of it is needed, its kind tells."""

    wording: ClassVar[Mapping[str, str]] = {
        "id.unknown-value": N_("Use letras minúsculas, números y guiones. Sin acentos."),
        "id.too-long": N_("Use 40 letras o menos."),
        "id.twice": N_("El programa ya tiene o tuvo una pregunta con esta clave."),
        "label_es.too-long": WORDS_LIMIT,
        "label_en.too-long": WORDS_LIMIT,
        "hint_es.too-long": WORDS_LIMIT,
        "hint_en.too-long": WORDS_LIMIT,
        "options.too-long": WORDS_LIMIT,
        "options.missing": N_("Escriba en cada línea la clave, el español y el inglés."),
        "options.unknown-value": N_("La clave lleva letras minúsculas, números y guiones."),
        "options.unknown-key": N_("Escriba en cada línea la clave, el español y el inglés."),
        "options.out-of-range": N_("Escriba de dos a ocho opciones."),
        "options.twice": N_("Una clave está dos veces."),
        "seen_by.not-asked": N_("Esa oficina no decide en este programa."),
        "valid_from.missing": N_("Escriba desde qué día vale."),
        "source.missing": N_("Escriba de dónde viene el cambio."),
    }
    id: LINE = ""
    kind: LINE = ""
    label_es: LINE = ""
    label_en: LINE = ""
    hint_es: LINE = ""
    hint_en: LINE = ""
    required: LINE = ""
    pictogram: LINE = ""
    after: LINE = ""
    seen_by: tuple[LINE, ...] = ()
    employer: LINE = ""
    options: Annotated[str, StringConstraints(max_length=3000)] = ""
    least: LINE = ""
    most: LINE = ""
    longest: LINE = ""
    only_if: LINE = ""
    only_if_values: LINE = ""
    valid_from: WrittenDate
    source: Annotated[str, StringConstraints(max_length=SOURCE_LIMIT)]
    mirar: bool = False

    def written(self, programme: str) -> Written:
        """As the service takes it; what was left blank is left out."""
        told = {name: getattr(self, name) for name in FIELDS}
        told["seen_by"] = " ".join(self.seen_by)
        content = {name: text for name, text in told.items() if text}
        return Written(programme, content, self.source, self.valid_from)


class EndOfQuestion(forms.Answers):
    """Which question, from when on, and where that comes from."""

    wording: ClassVar[Mapping[str, str]] = {
        "id.missing": N_("Elija una pregunta."),
        "valid_from.missing": N_("Escriba desde qué día no se pregunta."),
        "source.missing": N_("Escriba de dónde viene el cambio."),
    }
    id: LINE
    valid_from: WrittenDate
    source: Annotated[str, StringConstraints(max_length=SOURCE_LIMIT)]


WORDING = {**EndOfQuestion.wording, **NewQuestion.wording}
"""Of faults that are found when somebody approves, with no form at hand."""


@dataclass(frozen=True)
class ProgrammesPage:
    """Each programme by code and name, with how many of its questions wait."""

    programmes: Sequence[tuple[str, str, int]]


@dataclass(frozen=True)
class QuestionsPage:
    """A programme's own questions; `reader` may be who proposed, `shown` is what was written."""

    form: Form
    name: str
    seen: SeenQuestions
    reader: PersonId
    shown: ProgrammeQuestion | None = None
    done: str = ""
    refusal: Conflict | Forbidden | Invalid | None = None
    kinds: Sequence[QuestionKind] = tuple(QuestionKind)
    pictograms: Sequence[QuestionPictogram] = tuple(QuestionPictogram)
    after: Sequence[tuple[str, str]] = tuple(AFTER)
    empty: Form = field(default_factory=Form)
    wording: Mapping[str, str] = field(default_factory=lambda: WORDING)


@router.get(PATH)
def list_programmes(request: Request, work: SignedInReading) -> Response:
    """Whose questions may be written."""
    locale = locale_of(request)
    found = questions.list_programmes(work)
    told = [(one.code, programme_name(one, locale), waiting) for one, waiting in found]
    return render(request, "written_questions/all.html", ProgrammesPage(told))


@router.get(ONE)
def show_questions(
    request: Request, work: SignedInReading, programme: str, hecho: str = ""
) -> Response:
    """What the programme asks, what waits, and the form for another question."""
    return _show(request, work, programme, done=hecho)


@router.post(ONE)
def propose_question(
    request: Request, work: SignedInWork, programme: str, posted: Posted
) -> Response:
    """Show a question as the worker will read it, or leave it for the second administrator."""
    given = forms.check(NewQuestion, posted)
    if isinstance(given, Form):
        form = _with_law(work, programme, given)
        return _show(request, work, programme, 422, form=form)
    typed, written = Form(forms.typed(posted)), given.written(programme)
    try:
        with work.attempt():
            shown = questions.check_question(work, written)
            if not given.mirar:
                questions.propose_question(work, written)
    except Invalid as invalid:
        form = forms.refused(NewQuestion, posted, invalid)
        return _show(request, work, programme, 422, form=form)
    except Conflict as refusal:
        return _show(request, work, programme, status_of(refusal), form=typed, refusal=refusal)
    if given.mirar:
        return _show(request, work, programme, form=typed, shown=shown)
    return RedirectResponse(f"{PATH}/{programme}?hecho=propuesto", 303)


@router.get(END)
def show_end(request: Request, work: SignedInReading, programme: str) -> Response:
    """The form that ends a question."""
    return _show(request, work, programme, page="end")


@router.post(END)
def propose_end(request: Request, work: SignedInWork, programme: str, posted: Posted) -> Response:
    """Leave the end of a question for the second administrator."""
    given = forms.check(EndOfQuestion, posted)
    if isinstance(given, Form):
        return _show(request, work, programme, 422, form=given, page="end")
    written = questions.ending(programme, given.id, given.source, given.valid_from)
    try:
        with work.attempt():
            questions.propose_question(work, written)
    except Invalid as invalid:
        form = forms.refused(EndOfQuestion, posted, invalid)
        return _show(request, work, programme, 422, form=form, page="end")
    except Conflict as refusal:
        typed, status = Form(forms.typed(posted)), status_of(refusal)
        return _show(request, work, programme, status, form=typed, refusal=refusal, page="end")
    return RedirectResponse(f"{PATH}/{programme}?hecho=propuesto", 303)


@router.post(ONE + "/{change:uuid}/{verdict}")
def decide_question(
    request: Request, work: ProvenWork, programme: str, change: UUID, verdict: str
) -> Response:
    """Approve or reject a colleague's proposal, or take back the own one."""
    if verdict not in VERDICTS:
        raise NotFound("no-such-dated-change")
    try:
        with work.attempt():
            questions.decide_question(work, change, VERDICTS[verdict])
    except (Conflict, Forbidden, Invalid) as refusal:
        return _show(request, work, programme, status_of(refusal), refusal=refusal)
    return RedirectResponse(f"{PATH}/{programme}?hecho={verdict}", 303)


def _with_law(work: Work, programme: str, given: Form) -> Form:
    """The same form with what the law finds beside, so that nobody mends one thing at a time."""
    told = {name: " ".join(given.chosen(name)) for name in FIELDS}
    written = Written(programme, told, given.value("source"), date.max)
    _, faults = questions.judge_question(work, written)
    known = {one.field for one in given.faults}
    first = {one.field: one for one in reversed(faults) if one.field not in known}
    return replace(given, faults=(*given.faults, *reversed(first.values())))


def _show(
    request: Request,
    work: Work,
    programme: str,
    status: int = 200,
    *,
    form: Form | None = None,
    shown: ProgrammeQuestion | None = None,
    done: str = "",
    refusal: Conflict | Forbidden | Invalid | None = None,
    page: str = "one",
) -> Response:
    seen = questions.read_questions(work, programme)
    told = QuestionsPage(
        form or Form(),
        programme_name(seen.programme, locale_of(request)),
        seen,
        work.actor.person,
        shown,
        done if done in {"propuesto", *VERDICTS} else "",
        refusal,
    )
    return render(request, f"written_questions/{page}.html", told, status)
