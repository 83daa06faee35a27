"""A term that a text of the house tells in words is the one that the code holds to."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import app
from app.services import acceptances, companion_consents, invitations, standings
from app.web import kiosk
from app.web.i18n_catalogues import extract
from permits import (
    accounts,
    card_batches,
    orientation,
    phone_codes,
    recoveries,
    retaliation,
    retention_terms,
    wages,
)
from recruitment import pool_asks, roster, travel_papers, vacancies
from recruitment.complaints import clocks
from recruitment.complaints.clocks import ClockKind
from recruitment.complaints.words import Severity
from tests import outside

WORDS = {
    **{"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8},
    **{"nueve": 9, "diez": 10, "once": 11, "doce": 12, "quince": 15, "veinte": 20},
    **{"treinta": 30, "cuarenta": 40, "sesenta": 60, "noventa": 90},
}
TERM = re.compile(
    rf"\b({'|'.join(WORDS)}|\d+) (minutos|horas|días|semanas|meses|años)\b", re.IGNORECASE
)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
YEAR = timedelta(days=365)

STAYS = {
    programme.validity.visa_free_stay_days.value
    for programme in outside.reference().programmes.values()
    if programme.validity.visa_free_stay_days
}
GATE = re.search(
    r"const DAYS = (\d+);", (Path(app.__file__).parent / "web/gate/kept-list.js").read_text("utf-8")
)
FIRST_CONTACT = clocks.TERMS[Severity.S1][ClockKind.FIRST_CONTACT]

HOLDS_TO: Mapping[str, int] = {
    "tiene más de 21 días": acceptances.LINK_LIFETIME // DAY,
    "El enlace vale 21 días": companion_consents.LINK_LIFETIME // DAY,
    "72 horas": invitations.LIFETIME // HOUR,
    "90 días sin uso": accounts.UNUSED_FOR // DAY,
    "confirma en siete días": card_batches.KEPT // DAY,
    "dentro de cuatro horas": FIRST_CONTACT.hours,
    "hasta noventa días después del cierre": retaliation.PROTECTED_FOR // DAY,
    "cinco años después del permiso": retention_terms.PERMIT_KEPT.years,
    "guardarlo cinco años más": retention_terms.PERMIT_KEPT.years,
    "Se ve por cinco años": retention_terms.LOOKS_BACK.years,
    "Guarda siete días los nombres": int(GATE[1]) if GATE else 0,
    "Pregunta a los dos minutos": kiosk.WARN_SECONDS // 60,
    "Vale diez minutos": phone_codes.LIFETIME // MINUTE,
    "Pasaron dos horas": recoveries.OPEN_FOR // HOUR,
    "hasta 7 días después": orientation.LATE // DAY,
    "próximos dos años": roster.FARTHEST // YEAR,
    "más de tres años": travel_papers.LONGEST_COVER // YEAR,
    "tres días para contestar": pool_asks.ANSWERED_WITHIN // DAY,
    "Ocho horas pagan": wages.ORDINARY_HOURS,
    "más de 12 horas al día": vacancies.MOST_HOURS_PER_DAY,
    "noventa días piden el permiso especial": max(STAYS),
    "más de 90 días: ¿pide el permiso especial": max(STAYS),
    "doce meses": standings.TWELVE_MONTHS // timedelta(days=30),
}
"""Part of a text, and what the code says in the same unit."""

NO_TERM = {
    "Vuelva en tres días.": "an advice when to look again; nothing ends",
    "Nadie trabaja siete días seguidos.": "the week",
    "los dos días incluidos": "the first and the last of two days that are told",
    "menores de 18 años": "the words of a convention",
    "Cada quince días": "how often somebody is paid",
    "unos 10 minutos": "how long it takes, by experience",
}


def told() -> Iterator[tuple[str, int]]:
    """Each Spanish text of the house with a number of a unit of time, and that number."""
    for message in extract():
        for text in [message.id] if isinstance(message.id, str) else message.id:
            for number, _ in TERM.findall(text):
                yield text, WORDS.get(number.lower()) or int(number)


def test_what_a_text_tells_is_what_the_code_holds_to() -> None:
    unknown = {
        text for text, _ in told() if not any(part in text for part in (*HOLDS_TO, *NO_TERM))
    }
    assert not unknown, "tell the term by its value, or name the constant above"
    for text, number in told():
        values = {value for part, value in HOLDS_TO.items() if part in text}
        assert not values or values == {number}, text


def test_no_constant_is_named_for_a_text_that_is_gone() -> None:
    texts = {text for text, _ in told()}
    gone = {part for part in (*HOLDS_TO, *NO_TERM) if not any(part in text for text in texts)}
    assert gone == set()


def test_both_links_and_every_programme_agree_where_one_text_speaks_for_them() -> None:
    assert acceptances.LINK_LIFETIME == companion_consents.LINK_LIFETIME
    assert len(STAYS) == 1
