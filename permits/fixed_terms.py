"""Thresholds of every programme alike: in the law's own code, told with source and confirmation.

A programme's file says what may differ by programme and day (`permits.programmes`). These may not:
who wants another value changes the code, and every official reads beside it where it comes from.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from permits.companions import OF_AGE
from permits.employer_bars import COMES_BACK_AFTER
from permits.past_permits import UNDO_FOR
from permits.programme_changes import Parameter
from permits.renewals import PROCEEDINGS
from permits.retaliation import AGREED_FOR, PROTECTED_FOR
from permits.revocations import DECIDED_WITHIN, LAPSES_AFTER
from permits.stays import OFFER_AHEAD

SINCE = date(2026, 10, 1)
"""The first season of the program."""

PROPOSED = "Valor propuesto por el programa"


def _term(code: str, value: int, source: str, note: str) -> Parameter:
    return Parameter(f"fixed.{code}", SINCE, {"value": value}, source, note, confirmed=False)


def _days(code: str, value: timedelta, note: str, source: str = PROPOSED) -> Parameter:
    return _term(code, value.days, source, note)


FIXED_TERMS: Mapping[str, Parameter] = {
    "permits.companions.OF_AGE": _term(
        "of_age",
        OF_AGE,
        "Código de la Niñez y de la Adolescencia, art. 1",
        "Quien es menor viaja como acompañante y nunca tiene permiso de trabajo.",
    ),
    "permits.retaliation.PROTECTED_FOR": _days(
        "protected", PROTECTED_FOR, "Después de cerrar una queja, el permiso sigue protegido."
    ),
    "permits.retaliation.AGREED_FOR": _days(
        "agreed", AGREED_FOR, "Lo que vale un acuerdo sobre un permiso protegido."
    ),
    "permits.renewals.PROCEEDINGS": _days(
        "proceedings", PROCEEDINGS, "Lo más que un permiso se alarga por un proceso."
    ),
    "permits.stays.OFFER_AHEAD": _days(
        "offer", OFFER_AHEAD, "Antes del último día se ofrece renovar."
    ),
    "permits.revocations.DECIDED_WITHIN": _term(
        "revocation_wait",
        DECIDED_WITHIN,
        PROPOSED,
        "Lo que espera una propuesta de revocar antes de estar vencida.",
    ),
    "permits.revocations.LAPSES_AFTER": _term(
        "revocation_lapse",
        LAPSES_AFTER,
        PROPOSED,
        "Después, una propuesta de revocar que nadie decidió ya no cuenta.",
    ),
    "permits.employer_bars.COMES_BACK_AFTER": _term(
        "blocked_work",
        COMES_BACK_AFTER,
        PROPOSED,
        "Después, quien espera por un trabajo que una regla detiene puede elegir otro.",
    ),
    "permits.past_permits.UNDO_FOR": _days(
        "undo", UNDO_FOR, "Mientras, una carga de permisos anteriores se puede deshacer."
    ),
}
"""By the constant that the code reads."""
