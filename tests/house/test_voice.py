"""The voice of every text: short sentences, plain words, usted (experience.md 4.2)."""

import re

import pytest
import textstat

from app.adapters.reference import read_reference
from app.web import i18n_catalogues
from permits.question_files import list_texts

MOST_WORDS = 15
LEAST_EASE = 70
"""Fernández-Huerta: 70 reads easily, an official letter has about 20."""

MEASURED_FROM = 12
"""Words; the measure means nothing on a shorter text."""

OFFICIALESE = re.compile(
    r"\b(a efectos de|administrado|asimismo|deberá|dicho trámite|el solicitante|en virtud|"
    r"fehaciente|favor de|interponer|mediante|no obstante|presente solicitud|proceder a|"
    r"sírvase|subsanar|susodicho|toda vez que|ud\.|usuario final)\b",
    re.IGNORECASE,
)
TU = re.compile(r"\b(tú|tu|tus|tienes|puedes|debes|vos|tenés|podés)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Every Spanish text of the house and its programmes, places filled with a number."""
    found = []
    for message in i18n_catalogues.extract():
        forms = [message.id] if isinstance(message.id, str) else list(message.id)
        found += [re.sub(r"%\(\w+\)s", "3", text) for text in forms if text]
    for programme in read_reference().programmes.values():
        for question in programme.versions.questions:
            found += list_texts(question)
    return found


@pytest.mark.feature("W29")
def test_sentences_are_short(texts: list[str]) -> None:
    assert len(texts) > 300
    sentences = [part for text in texts for part in re.split(r"[.?!:]\s+|\n", text)]
    assert [part for part in sentences if len(part.split()) > MOST_WORDS] == []


@pytest.mark.feature("W29")
def test_longer_texts_read_easily(texts: list[str]) -> None:
    textstat.set_lang("es")
    measured = [text for text in texts if len(text.split()) >= MEASURED_FROM]
    assert measured
    assert [text for text in measured if textstat.fernandez_huerta(text) < LEAST_EASE] == []


def test_nobody_is_spoken_to_in_officialese_or_by_tu(texts: list[str]) -> None:
    assert [text for text in texts if OFFICIALESE.search(text) or TU.search(text)] == []
