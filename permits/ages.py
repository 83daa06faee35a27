"""Ages: how old somebody is on a day, and whether that is old enough to work."""

from datetime import date


def age_on(date_of_birth: date, day: date) -> int:
    """Full years on a day; who was born on 29 February is a year older on 1 March."""
    had_birthday = (day.month, day.day) >= (date_of_birth.month, date_of_birth.day)
    return day.year - date_of_birth.year - (not had_birthday)


def is_old_enough(date_of_birth: date, first_day: date, minimum_years: int) -> bool:
    """R04: whether somebody has the years on the first day of work (IRIS A.3)."""
    return age_on(date_of_birth, first_day) >= minimum_years
