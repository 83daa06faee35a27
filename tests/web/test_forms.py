"""Forms: everything wrong is told at once, in one sentence a field, and nothing typed is lost."""

from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

import pytest
from pydantic import AfterValidator, Field, create_model
from pydantic_core import PydanticCustomError
from starlette.datastructures import FormData, UploadFile

from app.web import answers, forms
from app.web.dependencies import holds_no_text
from permits.errors import Fault, Invalid
from permits.identity_documents import check_cui


class Person(forms.Answers):
    """A form with every kind of field."""

    wording: ClassVar[dict[str, str]] = {"names.missing": "Escriba sus nombres."}

    names: answers.Name
    cui: Annotated[str, AfterValidator(forms.by_law(check_cui))]
    born: answers.WrittenDate
    sex: Literal["female", "male", "other"]
    speaks: list[str] = Field(min_length=1)
    consent: answers.YesNo
    phone: answers.Phone
    wage: answers.Amount | None = None


GOOD = [
    ("names", "  María José "),
    ("cui", "2546 78249 0412"),
    ("born-day", "03"),
    ("born-month", "Marzo"),
    ("born-year", "1994"),
    ("sex", "female"),
    ("speaks", "spa"),
    ("speaks", "caa"),
    ("consent", "yes"),
    ("phone", "5555 1234"),
    ("wage", "L 1,350.50"),
]


def good_but(**changes: str | None) -> FormData:
    """The good form with some fields changed or, by None, left out."""
    items: list[tuple[str, str | UploadFile]] = [
        (name, value) for name, value in GOOD if name.replace("-", "_") not in changes
    ]
    items += [(name.replace("_", "-"), text) for name, text in changes.items() if text is not None]
    return FormData(items)


def faults_of(form: FormData) -> list[tuple[str, str]]:
    checked = forms.check(Person, form)
    assert isinstance(checked, forms.Form)
    return [(fault.field, fault.code) for fault in checked.faults]


def number_that_holds() -> str:
    for serial in range(25467824, 25467900):
        for digit in range(10):
            text = f"{serial}{digit}0412"
            try:
                check_cui(text)
            except Invalid:
                continue
            return text
    raise AssertionError("no CUI passes its check")


def test_a_good_form_becomes_a_model() -> None:
    person = forms.check(Person, good_but(cui=number_that_holds()))
    assert isinstance(person, Person)
    assert person.names == "María José"
    assert person.born == date(1994, 3, 3)
    assert person.speaks == ["spa", "caa"]
    assert person.consent is True
    assert person.phone == "+50255551234"
    assert person.wage == Decimal("1350.50")


@pytest.mark.asvs("2.2.1")
def test_every_fault_at_once_and_one_a_field() -> None:
    checked = forms.check(Person, FormData([("names", " "), ("cui", "12a"), ("born-day", "31")]))
    assert isinstance(checked, forms.Form)
    assert [(fault.field, fault.code) for fault in checked.faults] == [
        ("names", "missing"),
        ("cui", "cui-characters"),
        ("born", "date-without-month"),
        ("sex", "missing"),
        ("speaks", "missing"),
        ("consent", "missing"),
        ("phone", "missing"),
    ]


def test_what_was_typed_is_kept_as_it_was_typed() -> None:
    checked = forms.check(Person, good_but(phone="12", cui=" 25 46 "))
    assert isinstance(checked, forms.Form)
    assert checked.value("cui") == " 25 46 "
    assert checked.value("born-month") == "Marzo"
    assert checked.chosen("speaks") == ["spa", "caa"]
    assert checked.value("never-asked") == ""


@pytest.mark.parametrize(
    ("changes", "fault", "target"),
    [
        ({"born_day": "31", "born_month": "2"}, "date-impossible", "born-day"),
        ({"born_month": "13"}, "date-impossible", "born-month"),
        ({"born_month": "brumario"}, "date-impossible", "born-month"),
        ({"born_year": "94"}, "date-year-in-full", "born-year"),
        ({"born_year": None}, "date-without-year", "born-year"),
        ({"born_day": "-3"}, "date-impossible", "born-day"),
        ({"born_day": "٣"}, "date-impossible", "born-day"),
        ({"born_day": None, "born_month": None, "born_year": None}, "missing", "born-day"),
    ],
)
def test_a_date_has_one_fault_at_its_first_wrong_part(
    changes: dict[str, str | None], fault: str, target: str
) -> None:
    checked = forms.check(Person, good_but(cui=number_that_holds(), **changes))
    assert isinstance(checked, forms.Form)
    assert [(found.field, found.code) for found in checked.faults] == [("born", fault)]
    assert checked.target(checked.faults[0]) == target


class Until(forms.Answers):
    """A day that is chosen from a list."""

    day: date


@pytest.mark.asvs("2.2.1")
@pytest.mark.parametrize("sent", ["2026-12-31T05:00", "20261231", "-1", "nan", "mañana", "9" * 400])
def test_a_day_that_no_list_offers_is_a_fault_of_its_field(sent: str) -> None:
    checked = forms.check(Until, {"day": [sent]})
    assert isinstance(checked, forms.Form)
    assert [(found.field, found.code) for found in checked.faults] == [("day", "date-impossible")]


def test_a_new_line_counts_as_one_sign() -> None:
    texts = forms.typed(FormData([("words", "uno\r\ndos\r\n")]))
    assert texts == {"words": ["uno\ndos\n"]}


@pytest.mark.asvs("2.2.1")
def test_what_no_keyboard_types_is_no_text() -> None:
    half = b"+2AA-".decode("utf-7")  # a form may name this coding
    for wrong in ("a\0", half, f"x{half}"):
        assert holds_no_text(FormData([("words", wrong)]))
        assert holds_no_text(FormData([(wrong, "x")]))
    assert not holds_no_text(FormData([("words", "Ñandú 😀 \u202e")]))


@pytest.mark.parametrize(
    "month", ["3", "03", "marzo", "MARZO", "mar", "mar.", "March", " marzo ", "märzo"]
)
def test_a_month_may_be_a_number_or_a_word(month: str) -> None:
    parts = {"day": "27", "month": month, "year": "1994"}
    assert answers.read_date(parts) == date(1994, 3, 27)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("350", "350"),
        ("350.5", "350.5"),
        ("350,50", "350.50"),
        ("L 1,350.50", "1350.50"),
        ("Q1.350,50", "1350.50"),
        ("1,350", "1350"),
        ("1,234,567.89", "1234567.89"),
        ("1 350", "1350"),
    ],
)
def test_an_amount_may_be_written_in_either_custom(text: str, amount: str) -> None:
    assert answers.read_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "L", "doce", "1.2.3,4,5x", "NaN", "1e9", "Infinity"])
def test_what_is_no_amount_is_told(text: str) -> None:
    with pytest.raises(PydanticCustomError, match="refused"):
        answers.read_amount(text)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("5555 1234", "+50255551234"),
        ("+504 9999-9999", "+50499999999"),
        ("9999-9999", "+50499999999"),
        ("00504 9999 9999", "+50499999999"),
    ],
)
def test_a_phone_is_stored_in_one_form(text: str, stored: str) -> None:
    assert answers.read_phone(text) == stored


def test_a_phone_is_shown_as_people_write_it() -> None:
    assert answers.show_phone("+50499999999") == "+504 9999-9999"
    assert faults_of(good_but(cui=number_that_holds(), phone="12")) == [
        ("phone", "phone-not-valid")
    ]


@pytest.mark.promise("P16")
@pytest.mark.asvs("15.3.3")
def test_an_unknown_field_is_refused_without_repeating_its_name() -> None:
    checked = forms.check(Person, good_but(cui=number_that_holds(), role="administrator"))
    assert isinstance(checked, forms.Form)
    assert checked.faults == (Fault("unexpected-field"),)


def test_the_pages_own_fields_are_no_answers() -> None:
    form = good_but(cui=number_that_holds(), nonce="1", token="2")
    assert isinstance(forms.check(Person, form), Person)


def test_a_form_in_which_a_language_was_chosen_was_not_sent() -> None:
    typed = forms.check(Person, good_but(cui="wrong", idioma="en"))
    assert isinstance(typed, forms.Form)
    assert (typed.faults, typed.value("cui"), typed.value("idioma")) == ((), "wrong", "")
    assert isinstance(
        forms.check(Person, good_but(cui=number_that_holds(), idioma="xx")), Person
    )  # no language of ours


def test_given_answers_fill_the_form_for_change() -> None:
    person = forms.check(Person, good_but(cui=number_that_holds()))
    assert isinstance(person, Person)
    shown = forms.filled(person)
    assert shown.value("born-day") == "3"
    assert shown.value("born-year") == "1994"
    assert shown.value("consent") == "yes"
    assert shown.chosen("speaks") == ("spa", "caa")
    assert forms.check(Person, shown.values) == person


def test_faults_of_the_law_are_shown_in_the_same_form() -> None:
    shown = forms.refused(
        Person,
        good_but(),
        Invalid([Fault("underage", "born", {"minimum": 18}), Fault("missing", "names")]),
    )
    assert shown.value("names") == "  María José "
    assert [shown.target(fault) for fault in shown.faults] == ["born-day", "names"]


def test_each_shape_that_pydantic_refuses_has_our_code() -> None:
    made = create_model(
        "Made",
        __base__=forms.Answers,
        number=(int, Field(ge=1, le=10)),
        text=(str, Field(min_length=3, max_length=5)),
        amount=(answers.Amount, Field(gt=0, max_digits=5, decimal_places=2)),
        several=(list[str], Field(max_length=1)),
    )

    def codes(**texts: list[str]) -> dict[str, tuple[str, str]]:
        checked = forms.check(made, texts)
        assert isinstance(checked, forms.Form)
        return {f.field: (f.code, str(f.facts.get("limit", ""))) for f in checked.faults}

    assert codes(number=["x"], text=["ab"], amount=["-1"], several=["a", "b"]) == {
        "number": ("not-a-whole-number", ""),
        "text": ("too-short", "3"),
        "amount": ("too-small", "0"),
        "several": ("too-many", "1"),
    }
    assert codes(number=["11"], text=["abcdef"], amount=["1.2345"], several=["a"]) == {
        "number": ("too-large", "10"),
        "text": ("too-long", "5"),
        "amount": ("too-many-decimals", "2"),
    }


def test_the_steps_know_their_order() -> None:
    first = forms.Step("nombre", Person, "¿Cómo se llama?")
    last = forms.Step("foto", Person, "Su foto")
    wizard = forms.Wizard((first, last))
    assert wizard.find("foto") is last
    assert wizard.find("x") is None
    assert (wizard.before(first), wizard.after(first)) == (None, last)
    assert (wizard.before(last), wizard.after(last)) == (first, None)
