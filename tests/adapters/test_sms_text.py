"""SMS: what the GSM alphabet cannot carry becomes plain, and parts are counted as billed."""

import pytest

from app.adapters import sms_text


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("¿Cómo está, señor Ágüero?", "¿Como esta, señor Agüero?"),
        ("Chꞌortiꞌ – “sí”…", "Ch'orti' - \"si\"..."),
        ("2\N{NO-BREAK SPACE}de marzo", "2 de marzo"),
        ("café", "café"),
        ("cafe\N{COMBINING ACUTE ACCENT}", "café"),
        ("a_b-c?x=1&y=[2]", "a_b-c?x=1&y=[2]"),
        ("日", "?"),
    ],
)
def test_text_becomes_plain(text: str, sent: str) -> None:
    assert sms_text.plain(text) == sent


@pytest.mark.parametrize(
    ("text", "places", "parts"),
    [
        ("", 0, 1),
        ("ñ" * 160, 160, 1),
        ("ñ" * 161, 161, 2),
        ("€" * 80, 160, 1),
        ("€" * 81, 162, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
    ],
)
def test_places_and_parts_are_counted_as_billed(text: str, places: int, parts: int) -> None:
    assert (sms_text.places(text), sms_text.parts(text)) == (places, parts)


def test_a_letter_outside_the_alphabet_is_not_counted_but_refused() -> None:
    with pytest.raises(ValueError, match="á"):
        sms_text.parts("mañana será")
