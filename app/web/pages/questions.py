"""What each step of the wizard takes: its fields, their own words, and how they are saved."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator

from app.web import forms
from app.web.answers import Phone, WrittenDate, YesNo, show_phone
from app.web.forms import Form, broken
from app.web.i18n import N_
from permits.answer_checks import CONSENT_VERSION
from permits.submissions import Answers, Sex

NO_READING = "none"
"""The option of somebody who does not read; stands alone."""


class Question(forms.Answers):
    """Base of a step's model: how its answers are saved, and how saved ones are shown again."""

    def changes(self, before: Answers) -> Mapping[str, object]:
        """What is saved, by the law's names of the answers."""
        return {name: getattr(self, name) for name in type(self).model_fields}

    @classmethod
    def shown(cls, given: Answers) -> Form:
        """The form with what was answered before, an empty one where nothing was."""
        values = {name: getattr(given, name) for name in cls.model_fields}
        return forms.filled(cls.model_construct(**values))


class IdentityNumber(Question):
    """Which document, and its number."""

    wording: ClassVar[Mapping[str, str]] = {
        "document_number.missing": N_("Escriba el número de su documento."),
    }
    document_kind: str
    document_number: str


class Names(Question):
    """As they stand on the document."""

    wording: ClassVar[Mapping[str, str]] = {
        "given_names.missing": N_("Escriba sus nombres."),
        "surnames.missing": N_("Escriba sus apellidos."),
    }
    given_names: str
    surnames: str


class Birth(Question):
    """The day of birth."""

    wording: ClassVar[Mapping[str, str]] = {
        "date_of_birth.missing": N_("Escriba el día, el mes y el año en que nació."),
        "date_of_birth.underage": N_("Para este trabajo hay que tener %(minimum)s años o más."),
    }
    date_of_birth: WrittenDate


class SexStep(Question):
    """As on the document."""

    wording: ClassVar[Mapping[str, str]] = {"sex.missing": N_("Elija una opción.")}
    sex: Sex


class Place(Question):
    """A municipality, typed as text or chosen among what was found by its code."""

    wording: ClassVar[Mapping[str, str]] = {
        "municipality.missing": N_("Escriba el nombre de su municipio."),
        "municipality.unknown-value": N_("No encontramos ese municipio. Revise cómo se escribe."),
        "municipality.too-many": N_("Elija su municipio, o escríbalo otra vez."),
    }
    municipality: str


class PhoneStep(Question):
    """The number that messages go to."""

    wording: ClassVar[Mapping[str, str]] = {
        "phone.missing": N_("Escriba su número de teléfono."),
    }
    phone: Phone

    @classmethod
    def shown(cls, given: Answers) -> Form:
        """The number as people write it."""
        return Form({"phone": (show_phone(given.phone),)}) if given.phone else Form()


class FirstPhone(PhoneStep):
    """The same at the beginning, and whether notices may come to it by WhatsApp."""

    whatsapp: Literal["yes"] | None = None


class Spoken(Question):
    """Every language that the person speaks."""

    wording: ClassVar[Mapping[str, str]] = {
        "languages_spoken.missing": N_("Marque al menos un idioma."),
    }
    languages_spoken: tuple[str, ...]


def _alone(chosen: tuple[str, ...]) -> tuple[str, ...]:
    if NO_READING in chosen and len(chosen) > 1:
        raise broken("too-many", limit=1)
    return chosen


class Reading(Question):
    """Every language that the person reads, or none."""

    wording: ClassVar[Mapping[str, str]] = {
        "languages_read.missing": N_("Marque los idiomas que lee, o «No leo»."),
        "languages_read.too-many": N_("Marque los idiomas que lee, o «No leo». No los dos."),
    }
    languages_read: Annotated[tuple[str, ...], AfterValidator(_alone)]

    def changes(self, before: Answers) -> Mapping[str, object]:
        """An empty list is an answer: the person does not read."""
        read = tuple(code for code in self.languages_read if code != NO_READING)
        return {"languages_read": read}

    @classmethod
    def shown(cls, given: Answers) -> Form:
        """`No leo` stands for the empty list."""
        if given.languages_read is None:
            return Form()
        return Form({"languages_read": given.languages_read or (NO_READING,)})


class Work(Question):
    """The vacancy, by its id."""

    wording: ClassVar[Mapping[str, str]] = {
        "vacancy.missing": N_("Elija un trabajo."),
        "vacancy.unknown-value": N_("Elija un trabajo de la lista."),
    }
    vacancy: str


class Papers(Question):
    """Files are saved one by one; here stands only that they will be shown at an office."""

    brings_documents: YesNo = False

    @classmethod
    def shown(cls, given: Answers) -> Form:
        """Ticked where it was."""
        return Form({"brings_documents": ("yes",)} if given.brings_documents else {})


class Photo(Question):
    """The same for the photo."""

    brings_photo: YesNo = False

    @classmethod
    def shown(cls, given: Answers) -> Form:
        """Ticked where it was."""
        return Form({"brings_photo": ("yes",)} if given.brings_photo else {})


class Consent(Question):
    """One tick; what is saved is the version of the text that was agreed to."""

    wording: ClassVar[Mapping[str, str]] = {
        "consent.missing": N_("Sin su permiso no podemos recibir la solicitud."),
    }
    consent: YesNo

    def changes(self, before: Answers) -> Mapping[str, object]:
        """The text that stands now."""
        return {"consent": CONSENT_VERSION if self.consent else None}

    @classmethod
    def shown(cls, given: Answers) -> Form:
        """Ticked where the present text was agreed to."""
        return Form({"consent": ("yes",)} if given.consent == CONSENT_VERSION else {})
