"""Machine-readable zones of invented people, with check digits that hold (ICAO 9303)."""

from datetime import date

from permits.mrz import check_digit


def td3(
    surnames: str,
    given_names: str,
    born: date = date(1994, 3, 27),
    *,
    sex: str = "F",
    expires: date = date(2031, 1, 31),
) -> str:
    """The two lines of a Guatemalan passport."""
    names = f"P<GTM{surnames.replace(' ', '<')}<<{given_names.replace(' ', '<')}"
    number, birth, expiry = "A12345678", f"{born:%y%m%d}", f"{expires:%y%m%d}"
    held = [f"{part}{check_digit(part)}" for part in (number, birth, expiry, "<" * 14)]
    whole = check_digit("".join(held))
    second = f"{held[0]}GTM{held[1]}{sex}{held[2]}{held[3]}{whole}"
    return f"{names[:44].ljust(44, '<')}\n{second}\n"
