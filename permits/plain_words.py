"""Whether a Spanish text can be read by whoever gets it: short sentences, plain words, usted."""

import re
import unicodedata

from permits.errors import Fault

MOST_WORDS = 15
"""Words of one sentence."""

LEAST_EASE = 60
"""Fernández-Huerta by spoken syllables; an official letter has about 20. Every text of the house
reaches it: their own gate asks 70, but counts places to hyphenate, of which there are fewer."""

MEASURED_FROM = 12
"""Words; the measure means nothing on a shorter text."""

OFFICIALESE = re.compile(
    r"\b(a efectos de|administrado|asimismo|deberá|dicho trámite|el solicitante|en virtud|"
    r"fehaciente|favor de|interponer|mediante|no obstante|presente solicitud|proceder a|"
    r"sírvase|subsanar|susodicho|toda vez que|ud\.|usuario final)\b",
    re.IGNORECASE,
)
TU = re.compile(r"\b(tú|tu|tus|tienes|puedes|debes|vos|tenés|podés)\b", re.IGNORECASE)

PLACE = re.compile(r"%\((\w+)\)s")
_SENTENCE_END = re.compile(r"[.?!:]\s+|\n")
_STRONG, _WEAK = "aeoáéóíú", "iuü"


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, each place filled with a number."""
    filled = PLACE.sub("3", text)
    return [part for part in _SENTENCE_END.split(filled) if part.strip()]


def syllables_of(word: str) -> int:
    """How many syllables a Spanish word is said in; 1 at least.

    Two strong vowels are two, and so is an accented í or ú beside one: each begins a syllable.
    """
    count, before = 0, ""
    letters = unicodedata.normalize("NFC", word.lower())
    letters = re.sub(r"qu(?=[eiéí])|gu(?=[eiéí])", lambda found: found[0][0], letters)
    for letter in letters:
        strong, vowel = letter in _STRONG, letter in _STRONG + _WEAK
        if vowel and (before == "" or (strong and before in _STRONG)):
            count += 1
        before = letter if vowel else ""
    return max(count, 1)


def ease_of(text: str) -> float:
    """The ease of Fernández-Huerta (1959): 206.84 - 60 syllables a word - 1.02 words a sentence."""
    sentences = sentences_of(text)
    words = re.findall(r"\w+", " ".join(sentences))
    if not words:
        return 100.0
    syllables = sum(syllables_of(word) for word in words)
    return 206.84 - 60 * syllables / len(words) - 1.02 * len(words) / len(sentences)


def find_faults(text: str, field: str) -> list[Fault]:
    """What makes a text hard; all at once, each by its code."""
    longest = max((len(part.split()) for part in sentences_of(text)), default=0)
    measured = len(PLACE.sub("3", text).split()) >= MEASURED_FROM
    checks: tuple[tuple[bool, str, dict[str, str | int]], ...] = (
        (longest > MOST_WORDS, "sentence-too-long", {"limit": MOST_WORDS, "words": longest}),
        (measured and ease_of(text) < LEAST_EASE, "hard-to-read", {"limit": LEAST_EASE}),
        (OFFICIALESE.search(text) is not None, "officialese", {}),
        (TU.search(text) is not None, "speaks-by-tu", {}),
    )
    return [Fault(code, field, facts) for wrong, code, facts in checks if wrong]
