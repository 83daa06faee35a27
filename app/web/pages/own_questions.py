"""A programme's own questions in the wizard: a step each, its form, its answer in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field, create_model

from app.web import forms
from app.web.answers import read_date, read_yes
from app.web.forms import Form, Step
from app.web.i18n import N_, Locale
from app.web.pages.questions import Question
from permits.errors import Fault
from permits.programme_questions import FIELD, Given, ProgrammeQuestion, QuestionKind
from permits.submissions import Answers

PREFIX, TEMPLATE = "pregunta-", "pregunta"
"""How the address of each begins, and the template of all."""


class Asked(Question):
    """One field for each of `asked`; which, tells the programme's file."""

    asked: ClassVar[tuple[ProgrammeQuestion, ...]] = ()

    def changes(self, before: Answers) -> Mapping[str, object]:
        """Under the name that the law gives to all of them."""
        return {FIELD: self.own()}

    def own(self) -> dict[str, object]:
        """What was answered by the id of the question; None where one was left open."""
        told = {one.id: getattr(self, field_of(one)) for one in self.asked}
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in told.items()
        }

    @classmethod
    def shown(cls, given: Answers) -> Form:
        """What was answered before."""
        values: dict[str, Any] = {
            field_of(one): _typed(one, given.extra[one.id])
            for one in cls.asked
            if given.extra.get(one.id) is not None
        }
        return forms.filled(cls.model_construct(**values))


def field_of(question: ProgrammeQuestion) -> str:
    """The name of its field in a form."""
    return f"{FIELD}_{question.id.replace('-', '_')}"


def in_form(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Faults of the law by the names of the form's fields."""
    start = f"{FIELD}."
    return tuple(
        Fault(one.code, one.field.replace(".", "_").replace("-", "_"), one.facts)
        if one.field.startswith(start)
        else one
        for one in faults
    )


def form_model(asked: Sequence[ProgrammeQuestion], *, any_open: bool = False) -> type[Asked]:
    """The form of some questions; with `any_open` none must be answered yet."""
    fields: dict[str, Any] = {
        field_of(one): _shape(one, needed=_needs(one, asked) and not any_open) for one in asked
    }
    made = create_model("Asked", __base__=Asked, **fields)
    made.asked = tuple(asked)
    return made


def _needs(question: ProgrammeQuestion, asked: Sequence[ProgrammeQuestion]) -> bool:
    """Beside the question that it depends on, an answer is left open where it is not asked."""
    beside = question.only_if is not None and len(asked) > 1
    return question.required and not beside


def _shape(question: ProgrammeQuestion, *, needed: bool) -> tuple[Any, Any]:
    shapes: Mapping[QuestionKind, Any] = {
        QuestionKind.YES_NO: Annotated[bool | None, BeforeValidator(read_yes)],
        QuestionKind.NUMBER: Annotated[int | None, Field(ge=question.least, le=question.most)],
        QuestionKind.DATE: Annotated[date | None, BeforeValidator(read_date)],
        QuestionKind.CHOICE: str | None,
        QuestionKind.TEXT: str | None,
    }
    return shapes[question.kind], ... if needed else None


def _typed(question: ProgrammeQuestion, value: Given) -> object:
    return date.fromisoformat(str(value)) if question.kind is QuestionKind.DATE else value


@lru_cache(maxsize=256)
def step_of_question(question: ProgrammeQuestion) -> Step[Any]:
    """Its page in the wizard. The words stand in the file, and no catalogue translates them."""
    return Step(
        f"{PREFIX}{question.id}",
        form_model((question,)),
        question.label_es,
        {field_of(question): question.label_es},
        question.pictogram.value,
        question.hint_es,
        template=TEMPLATE,
    )


def question_of(step: Step[Any]) -> ProgrammeQuestion | None:
    """The programme's own question of a step; None where the house itself asks."""
    if not issubclass(step.model, Asked):
        return None
    return step.model.asked[0]


def title_of(step: Step[Any], locale: Locale) -> str:
    """What a step asks, in the language of the page."""
    own = question_of(step)
    return own.label(locale.language.code) if own else locale.text(step.question)


def say_answer(question: ProgrammeQuestion, value: Given, locale: Locale) -> str:
    """An answer in words; "" where there is none."""
    if value is None:
        return ""
    match question.kind:
        case QuestionKind.YES_NO:
            return locale.text(N_("Sí")) if value else locale.text(N_("No"))
        case QuestionKind.CHOICE:
            return question.choices(locale.language.code).get(str(value), str(value))
        case QuestionKind.DATE:
            return locale.day(date.fromisoformat(str(value)))
    return str(value)
