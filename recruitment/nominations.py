"""Naming workers beforehand: whom an employer takes without being asked about each of them."""

from collections.abc import Sequence

from permits.errors import Fault, Invalid, refuse_if
from permits.identity_documents import IdentityKind, check_document

FIELD = "numbers"


def read_numbers(text: str, kinds: Sequence[IdentityKind], field: str = FIELD) -> list[str]:
    """The document numbers of a text, one a line, normalised, each once, in their order.

    `kinds` are those that the programme admits. Invalid where no line holds a number, and where
    any does not pass the check of any kind: the fault names the lines, counted from 1, blank ones
    too.
    """
    numbers, wrong = dict[str, None](), list[str]()
    for line, typed in enumerate(text.splitlines(), start=1):
        if not typed.strip():
            continue
        number = _read(typed, kinds)
        if number is None:
            wrong.append(str(line))
        else:
            numbers[number] = None
    if wrong:
        raise Invalid([Fault("named-numbers-wrong", field, {"lines": ", ".join(wrong)})])
    if not numbers:
        raise Invalid([Fault("missing", field)])
    return list(numbers)


def check_places(places: int, named: int) -> None:
    """Invalid where more workers are named than the vacancy has places: each name is a promise."""
    over = [Fault("more-named-than-places", FIELD, {"places": places})]
    refuse_if(over if named > places else [])


def _read(typed: str, kinds: Sequence[IdentityKind]) -> str | None:
    for kind in kinds:
        try:
            return check_document(kind, typed).number
        except Invalid:
            continue
    return None
