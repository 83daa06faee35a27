"""Fictitious workers: names as people there bear them, numbers that pass their checks."""

from datetime import date, timedelta
from random import Random

from app.demo.stage import read_list
from permits.answer_checks import CONSENT_VERSION
from permits.identity_documents import cui_remainder

GIVEN = read_list("given_names")
SURNAMES = [row["name"] for row in read_list("surnames")]
ORIGINS = read_list("origins")


def answers_of(random: Random, programme: str, today: date, number: int) -> dict[str, object]:
    """Every answer of a worker's form but the vacancy; `number` keeps people apart."""
    given = random.choice(GIVEN)
    second = random.choice([row["name"] for row in GIVEN if row["sex"] == given["sex"]])
    coffee = programme.startswith("coffee")
    origin = random.choice(ORIGINS)
    born = today - timedelta(days=random.randrange(22 * 366, 55 * 365))
    speaks: tuple[str, ...] = ("spa",)
    if coffee and origin["language"] != "spa" and random.random() < 0.5:
        speaks = ("spa", origin["language"])
    reads: tuple[str, ...] = () if random.random() < 0.23 else ("spa",)
    place = origin["municipality"] if coffee else "0801"
    return {
        "document_kind": "gt-dpi" if coffee else "hn-dni",
        "document_number": _cui(number, place) if coffee else _dni(number, born),
        "given_names": f"{given['name']} {second}" if random.random() < 0.6 else given["name"],
        "surnames": " ".join(random.sample(SURNAMES, 2)),
        "date_of_birth": born,
        "sex": given["sex"],
        "nationality": "GTM" if coffee else "HND",
        "municipality": place,
        "languages_spoken": speaks,
        "languages_read": reads,
        "consent": CONSENT_VERSION,
    }


def phone_of(programme: str, number: int) -> str:
    """A number of the block that nobody was given."""
    country = "+502" if programme.startswith("coffee") else "+504"
    lead = "5550" if country == "+502" else "9550"
    return f"{country}{lead}{number:04d}"


def _cui(number: int, municipality: str) -> str:
    serial = f"9{number:07d}"
    while cui_remainder(serial) == 10:
        number += 5000
        serial = f"9{number:07d}"
    return f"{serial}{cui_remainder(serial)}{municipality}"


def _dni(number: int, born: date) -> str:
    return f"0801{born.year}{90000 + number:05d}"
