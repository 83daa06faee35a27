"""A message as an operator reads it out to somebody who cannot read it."""

import pytest

from app.storage.case_messages import CHANNELS
from app.web.aloud import read_out
from app.web.i18n import locale_for
from app.web.wording import TABLE
from permits.case_messages import READ_BESIDE, MessageState


@pytest.mark.feature("N6")
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Vereda: su codigo es 123456. Vale diez minutos.", "su codigo es 1 2 3, 4 5 6. Vale"),
        ("su código es 12345678. Guárdelo", "es 1 2 3 4, 5 6 7 8. Guárdelo"),
        ("solicitud 2026-9758-1365 fue", "solicitud 2 0 2 6, 9 7 5 8, 1 3 6 5 fue"),
        ("solicitud 2026-9758-1365B fue", "2 0 2 6, 9 7 5 8, 1 3 6 5 B fue"),
        ("permiso 15NR-9NK9-R1C2 está", "1 5 N R, 9 N K 9, R 1 C 2 está"),
        ("el 27 de marzo de 2026: https://a.hn/x", "el 27 de marzo de 2026: en una oficina"),
    ],
)
def test_numbers_are_said_sign_by_sign_and_addresses_not_at_all(body: str, said: str) -> None:
    told = read_out(body, locale_for("es"))
    assert said in told
    assert "http" not in told


def test_whoever_reads_it_out_reads_what_it_is_about_and_how_far_it_is() -> None:
    assert {kind.value for kind in READ_BESIDE} == set(TABLE["message-kind"])
    assert set(MessageState) == set(TABLE["message-state"])
    assert set(CHANNELS) == set(TABLE["message-channel"])


def test_it_speaks_the_language_of_the_message() -> None:
    told = read_out("See how it goes: https://a.hn/mi-solicitud", locale_for("en"))
    assert told.startswith("See how it goes: at an office")
