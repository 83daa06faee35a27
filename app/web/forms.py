"""HTML forms: typed text in, a checked model out, or the same page with every fault marked."""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError
from starlette.datastructures import FormData, UploadFile

from app.web.i18n import FIELD as LANGUAGE_FIELD
from app.web.i18n import WAITING_FIELD, asked_in
from app.web.pictures import PRESSES
from permits.errors import Fault, Invalid

PROOF_FIELDS = ("prueba", "prueba-llave", "prueba-en", "prueba-forma", WAITING_FIELD)
"""What somebody showed who they are with, and where what they typed goes on to afterwards."""

CONTROL_FIELDS = frozenset({LANGUAGE_FIELD, "token", "nonce", *PROOF_FIELDS, *PRESSES})
"""Fields that belong to the page and not to the answer."""

YES_NO = {True: "yes", False: "no"}

DATE_PARTS = ("day", "month", "year")


class Answers(BaseModel):
    """Base of every step's model: unknown fields refused, outer blanks dropped, never changed.

    `wording` may give a field its own sentence for a fault: `{"field.code": N_("…")}`; without
    it the sentence of the code in app/web/wording is shown.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)
    wording: ClassVar[Mapping[str, str]] = {}


T = TypeVar("T", bound=Answers)


@dataclass(frozen=True)
class Form:
    """What a page shows in its form: the typed texts, and the faults if it was refused."""

    values: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    wording: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def value(self, name: str) -> str:
        """The first typed text of a field, "" when nothing was typed."""
        texts = self.values.get(name, ())
        return texts[0] if texts else ""

    def chosen(self, name: str) -> Sequence[str]:
        """Every ticked value of a field."""
        return self.values.get(name, ())

    def fault(self, name: str) -> Fault | None:
        """The first fault of a field; a page shows one for each field."""
        return next((fault for fault in self.faults if fault.field == name), None)

    def renewed(self, name: str, identity: object) -> "Form":
        """The same texts under an id of their own: sent again they are something else."""
        return dataclasses.replace(self, values={**self.values, name: (str(identity),)})

    def target(self, fault: Fault) -> str:
        """The id of the control that a fault is about, "" for a fault of the whole form."""
        if part := fault.facts.get("part"):
            return f"{fault.field}-{part}"
        if f"{fault.field}-{DATE_PARTS[0]}" in self.values:
            return f"{fault.field}-{DATE_PARTS[0]}"
        return fault.field


@dataclass(frozen=True)
class Step(Generic[T]):
    """One question of a wizard: its place in the address, its model, its words.

    `question` is the Spanish heading, `labels` the Spanish name of each field as check-answers,
    audit and exports show it. `aloud` is what is said after the question to who does not read.
    `template` is the name of its page, the slug where it says none.
    """

    slug: str
    model: type[T]
    question: str
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict)
    pictogram: str = ""
    aloud: str = ""
    template: str = ""

    @property
    def page(self) -> str:
        """The file among the steps' templates."""
        return f"{self.template or self.slug}.html"


@dataclass(frozen=True)
class Wizard:
    """The steps in their order; the one registry for order, task list and check-answers."""

    steps: tuple[Step[Any], ...]

    def find(self, slug: str) -> Step[Any] | None:
        """The step at this address, or None."""
        return next((step for step in self.steps if step.slug == slug), None)

    def after(self, step: Step[Any]) -> Step[Any] | None:
        """The next step, or None after the last."""
        place = self.steps.index(step) + 1
        return self.steps[place] if place < len(self.steps) else None

    def before(self, step: Step[Any]) -> Step[Any] | None:
        """The step before, or None at the first."""
        place = self.steps.index(step)
        return self.steps[place - 1] if place else None


def typed(form: FormData) -> Mapping[str, Sequence[str]]:
    """The texts of a posted form by field; files and the page's own fields are left out.

    A new line is one sign, as whoever typed it counts it: browsers send it as two.
    """
    texts: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if name not in CONTROL_FIELDS and not isinstance(value, UploadFile):
            texts.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return texts


def check(model: type[T], form: FormData | Mapping[str, Sequence[str]]) -> T | Form:
    """The checked answers, or a `Form` with what was typed and every fault at once.

    A `Form` is answered with status 422 by showing the page again. Where a language button was
    pressed it has no fault, and nothing was sent: `templating.render` answers 200 then, in that
    language. What `typed` gave tells of no button: who checks that asks `i18n.pressed` first.
    """
    values = typed(form) if isinstance(form, FormData) else form
    if asked_in(form) is not None:
        return Form(values, (), model.wording)
    try:
        return model.model_validate(_gathered(model, values))
    except ValidationError as error:
        faults = [_fault(model, details) for details in error.errors(include_url=False)]
    return Form(values, tuple(_one_a_field(faults)), model.wording)


def refused(model: type[T], form: FormData | Mapping[str, Sequence[str]], error: Invalid) -> Form:
    """The same for faults that the law found after the shape was right."""
    values = typed(form) if isinstance(form, FormData) else form
    return Form(values, tuple(_one_a_field(error.faults)), model.wording)


def filled(answers: Answers) -> Form:
    """A form that shows answers given before, for change and for coming back."""
    values: dict[str, Sequence[str]] = {}
    for name, value in answers.model_dump(mode="json", exclude_none=True).items():
        field = type(answers).model_fields[name]
        if _is_date(field.annotation):
            year, month, day = str(value).split("-")
            parts = zip(DATE_PARTS, (day.lstrip("0"), month.lstrip("0"), year), strict=True)
            values |= {f"{name}-{part}": (text,) for part, text in parts}
        elif isinstance(value, list):
            values[name] = tuple(str(item) for item in value)
        else:
            # 1 and 0 are equal to True and False, and are numbers all the same.
            values[name] = (YES_NO[value] if isinstance(value, bool) else str(value),)
    return Form(values, wording=answers.wording)


def by_law(check_text: Callable[[str], Any]) -> Callable[[str], str]:
    """A validator that lets a function of the law judge a text; its first fault is shown.

    The text itself is kept, so that what is stored is what the person wrote, blanks aside.
    """

    def judge(text: str) -> str:
        try:
            check_text(text)
        except Invalid as error:
            raise broken(error.faults[0].code, **error.faults[0].facts) from error
        return text

    return judge


def broken(code: str, **facts: str | int) -> PydanticCustomError:
    """What a validator of a model raises: a fault by its code in app/web/wording."""
    return PydanticCustomError(code, "refused", facts or None)


SHAPE_FAULTS: Mapping[str, str] = {
    "bool_parsing": "not-an-option",
    "bool_type": "not-an-option",
    "date_from_datetime_inexact": "date-impossible",
    "date_from_datetime_parsing": "date-impossible",
    "date_parsing": "date-impossible",
    "date_type": "date-impossible",
    "decimal_max_digits": "too-large",
    "decimal_max_places": "too-many-decimals",
    "decimal_parsing": "not-a-number",
    "decimal_type": "not-a-number",
    "decimal_whole_digits": "too-large",
    "enum": "not-an-option",
    "extra_forbidden": "unexpected-field",
    "finite_number": "not-a-number",
    "greater_than": "too-small",
    "greater_than_equal": "too-small",
    "int_from_float": "not-a-whole-number",
    "int_parsing": "not-a-whole-number",
    "int_parsing_size": "too-large",
    "int_type": "not-a-whole-number",
    "less_than": "too-large",
    "less_than_equal": "too-large",
    "list_type": "not-an-option",
    "literal_error": "not-an-option",
    "missing": "missing",
    "string_pattern_mismatch": "wrong-shape",
    "string_too_long": "too-long",
    "string_too_short": "too-short",
    "string_type": "not-an-option",
    "too_long": "too-many",
    "too_short": "too-few",
    "uuid_parsing": "not-an-option",
}
"""pydantic's error types that a form can meet → our codes; a type that is not here is a bug."""

_FACTS = ("min_length", "max_length", "ge", "gt", "le", "lt", "max_digits", "decimal_places")


def _fault(model: type[Answers], details: ErrorDetails) -> Fault:
    kind, context = details["type"], details.get("ctx", {})
    field = str(details["loc"][0]) if details["loc"] else ""
    own = kind not in SHAPE_FAULTS and "-" in kind
    code = kind if own else SHAPE_FAULTS[kind]
    if code == "unexpected-field":
        return Fault(code)  # the name came from outside: it is not repeated
    facts = context if own else {"limit": _limit(context)} if _limit(context) else {}
    if own and "part" in facts:
        return Fault(code, field, {**facts, "part": str(facts["part"])})
    if code == "missing" and _is_date(model.model_fields[field].annotation):
        return Fault(code, field, {"part": DATE_PARTS[0]})
    return Fault(code, field, dict(facts))


def _limit(context: Mapping[str, Any]) -> str:
    return next((str(context[name]) for name in _FACTS if name in context), "")


def _one_a_field(faults: Sequence[Fault]) -> list[Fault]:
    kept: dict[str, Fault] = {}
    for fault in faults:
        kept.setdefault(fault.field, fault)
    return list(kept.values())


def _gathered(model: type[Answers], values: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Texts as the model wants them: lists as lists, three parts as one date, blanks absent."""
    gathered: dict[str, Any] = {}
    dates = [name for name, field in model.model_fields.items() if _is_date(field.annotation)]
    parts = {f"{name}-{part}": (name, part) for name in dates for part in DATE_PARTS}
    for key, texts in values.items():
        present = [text for text in texts if text.strip()]
        if not present:
            continue
        if key in parts:
            name, part = parts[key]
            gathered.setdefault(name, {})[part] = present[0]
        elif key in model.model_fields and _is_list(model.model_fields[key].annotation):
            gathered[key] = present
        else:
            gathered[key] = present[0]
    return gathered


def _is_date(annotation: object) -> bool:
    return any(getattr(_bare(part), "__name__", "") == "date" for part in _union(annotation))


def _bare(part: object) -> object:
    """A type without what is noted beside it, as in `WrittenDate | None`."""
    return typing.get_args(part)[0] if typing.get_origin(part) is typing.Annotated else part


def _is_list(annotation: object) -> bool:
    listed = {list, tuple, set, frozenset}
    return any(typing.get_origin(part) in listed for part in _union(annotation))


def _union(annotation: object) -> tuple[object, ...]:
    if typing.get_origin(annotation) in {typing.Union, types.UnionType}:
        return typing.get_args(annotation)
    return (annotation,)
