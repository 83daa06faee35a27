"""New passwords: length, what others try first, and no mixture of signs."""

import pytest

from permits.errors import Invalid
from permits.passwords import LONGEST, SHORTEST, check_password

COMMON = frozenset({"correcthorsebattery", "superman", "cosecha"})
ABOUT = ("Lucía Mejía Ñamendí", "lucia.mejia@setrass.example")


def codes(password: str) -> list[str]:
    try:
        check_password(password, ABOUT, COMMON)
    except Invalid as invalid:
        return [fault.code for fault in invalid.faults]
    return []


@pytest.mark.asvs("6.2.1", "6.2.4", "6.2.5", "6.2.9")
@pytest.mark.feature("D3")
@pytest.mark.parametrize(
    ("password", "wanted"),
    [
        ("café y pan dulce", []),
        ("solo minusculas", []),
        ("九" * 4 + "八七六五四三二一", []),
        ("Mejía me gusta el maíz", []),
        ("a" * 20 + "bcde fghij klmno pqrst uvwxy z" * 3, []),
        ("x" * (SHORTEST - 1), ["too-short"]),
        ("", ["too-short"]),
        ("abc " * LONGEST, ["too-long"]),
        ("CorrectHorseBattery", ["password-easy"]),
        ("superman202612", ["password-easy"]),
        ("!!CoSeCha!!2026", ["password-easy"]),
        ("cosechacosecha", ["password-easy"]),
        ("mi cosecha de maíz", []),
        ("lucia.mejia2026", ["password-easy"]),
        ("Vereda202620262026", ["password-easy"]),
        ("contraseña123", ["password-easy"]),
        ("aaaaaaaaaaaaaa", ["password-easy"]),
        ("123456789012", ["password-easy"]),
        ("abcdefghijklm", ["password-easy"]),
        ("mlkjihgfedcba", ["password-easy"]),
    ],
)
def test_a_password_is_long_and_not_what_others_try_first(password: str, wanted: list[str]) -> None:
    assert codes(password) == wanted
