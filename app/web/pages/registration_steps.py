"""What an employer is asked, one question a page: fields, order, and where each is changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, StringConstraints

from app.web import forms
from app.web.forms import Form, Step, Wizard
from app.web.i18n import N_
from permits.wages import EmployerSize
from recruitment.registrations import EmployerKind, Told
from recruitment.tax_numbers import read_tax_number

Line = Annotated[str, StringConstraints(max_length=120)]


class Question(forms.Answers):
    """Base of a step's model."""

    def changes(self) -> Mapping[str, Any]:
        """What is saved, by the law's names."""
        return {name: getattr(self, name) for name in type(self).model_fields}

    @classmethod
    def shown(cls, told: Told) -> Form:
        """The form with what was answered before."""
        values = {name: getattr(told, name) for name in cls.model_fields}
        return forms.filled(cls.model_construct(**values))


class Kind(Question):
    """Who stands as employer."""

    wording: ClassVar[Mapping[str, str]] = {"kind.missing": N_("Elija quién contrata.")}
    kind: EmployerKind


class Name(Question):
    """The name as it stands on the tax paper."""

    wording: ClassVar[Mapping[str, str]] = {
        "name.missing": N_("Escriba el nombre como está en su RTN."),
    }
    name: Line


class TaxNumber(Question):
    """The RTN."""

    wording: ClassVar[Mapping[str, str]] = {"tax_number.missing": N_("Escriba el número de RTN.")}
    tax_number: Annotated[
        str, StringConstraints(max_length=40), AfterValidator(forms.by_law(read_tax_number))
    ]


class Size(Question):
    """How many work there all year."""

    wording: ClassVar[Mapping[str, str]] = {
        "size.missing": N_("Elija cuántas personas trabajan todo el año."),
    }
    size: EmployerSize


class Contact(Question):
    """Who answers when SETRASS calls."""

    wording: ClassVar[Mapping[str, str]] = {
        "contact.missing": N_("Escriba el nombre de la persona que responde."),
    }
    contact: Line


class CoffeeKey(Question):
    """The key of IHCAFE; nothing for who has none."""

    coffee_key: Annotated[str, StringConstraints(max_length=40)] = ""


WIZARD = Wizard(
    (
        Step(
            "tipo",
            Kind,
            N_("¿Quién contrata?"),
            {"kind": N_("Quién contrata")},
            "farm",
        ),
        Step(
            "nombre",
            Name,
            N_("¿Cómo se llama la finca o la empresa?"),
            {"name": N_("Nombre")},
            "sign",
        ),
        Step(
            "rtn",
            TaxNumber,
            N_("¿Cuál es su RTN?"),
            {"tax_number": N_("RTN")},
            "id-card",
        ),
        Step(
            "tamano",
            Size,
            N_("¿Cuántas personas trabajan todo el año?"),
            {"size": N_("Personas todo el año")},
            "people",
        ),
        Step(
            "contacto",
            Contact,
            N_("¿Quién responde cuando llamamos?"),
            {"contact": N_("Persona que responde")},
            "person",
        ),
        Step(
            "ihcafe",
            CoffeeKey,
            N_("¿Tiene clave de productor del IHCAFE?"),
            {"coffee_key": N_("Clave del IHCAFE")},
            "coffee",
        ),
    )
)


@dataclass(frozen=True)
class Task:
    """A question in the list of what is told; `done` once it needs nothing more."""

    question: str
    path: str
    done: bool


def first_open(told: Told) -> Step[Any] | None:
    """The first question without an answer; None once the farms are next."""
    return next((step for step in WIZARD.steps if not is_answered(step, told)), None)


def is_answered(step: Step[Any], told: Told) -> bool:
    """Whether the question was answered; no key is an answer too."""
    return all(getattr(told, name) is not None for name in step.labels)
