"""The texts of messages and letters that may be changed, and how a message looks with others."""

import gettext
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from app.adapters import sms_text
from app.adapters.wording import Letter, NoticeWording
from permits.notices import Notice, NoticeKind
from permits.prints import Measure
from permits.texts import Said, TextSlot

LETTERS = (
    *("letters/approved", "letters/refusal", "letters/returned"),
    *(f"letters/{one.value}" for one in Measure),
)
"""The papers whose words may be changed; cards, sheets and contracts say what was decided on."""

LOCKED = ("appeal", "no_permit", "draft")
"""How a key begins that the law words: terms of recourse, and what no letter may leave out."""

HOST = "https://permisos.trabajo.gob.hn"
"""As long as the service's own address may be before an SMS needs a second part."""

SAMPLES: Mapping[str, str] = {
    "receipt": "2026-1234-5678",
    "link": f"{HOST}/mi-solicitud",
    "check": f"{HOST}/v",
    "day": "2026-09-30",  # no date is longer in words
    "due": "2026-09-30",
    "until": "2026-09-30",
    "hour": "10:30",
    "agency": "setrass",
    "number": "HN-7K2M-9QPD-4",
    "code": "K7M2-9QPD",
    "place": "Oficina Regional de Ocotepeque",
    "town": "Nueva Ocotepeque",
    "post": "Agua Caliente",
    "cases": "120",
    "minors": "2",
    "again": "1",
    "title": "Corte de café",
    "reference": "K7M2-9QPD",
    "ending": "789",
    "lines": "K7M2-9QPD|decision|red|2026-09-30",
    "employer": "Cooperativa Cafetalera La Unión",
    "direction": "entry",
    "browser": "Firefox",
    "note": "Nota de quien decidió.",
    "no_second_factor": "3",
    "long_unused": "3",
    "roles_conflict": "1",
}
"""Facts of nobody, as long as real ones come, that a message is shown with."""


class Texts:
    """What may be changed; `papers` gives the Spanish texts of a paper by key."""

    def __init__(
        self,
        wording: NoticeWording,
        papers: Mapping[str, Mapping[str, str]],
        english: Callable[[], gettext.NullTranslations],
    ) -> None:
        self._wording, self._papers, self._english = wording, papers, english

    @cached_property
    def slots(self) -> Mapping[str, TextSlot]:
        """Every text by its id, in the order of where they stand."""
        places: dict[str, list[str]] = {}
        for text, where in (*self._wording.list_texts(), *self._of_letters()):
            if where not in places.setdefault(text, []):
                places[text].append(where)
        english = self._english().gettext
        slots = (TextSlot(text, english(text), tuple(found)) for text, found in places.items())
        return {slot.id: slot for slot in slots if slot.spanish not in self._of_the_law}

    @cached_property
    def _of_the_law(self) -> frozenset[str]:
        return frozenset(
            text
            for paper in LETTERS
            for key, text in self._papers[paper].items()
            if key.startswith(LOCKED)
        )

    def _of_letters(self) -> Iterator[tuple[str, str]]:
        for paper in LETTERS:
            for text in self._papers[paper].values():
                yield text, paper

    def show(self, kind: str, language: str, said: Said) -> Sequence[Letter]:
        """A message of a kind as it is sent, to nobody; KeyError for a kind that is none."""
        notice = Notice(
            NoticeKind(kind),
            language,
            "sample",
            "+50499990000" if self._wording.has(kind, "sms.txt") else None,
            "nadie@demo.example" if self._wording.has(kind, "body.txt") else None,
            dict(SAMPLES),
        )
        return self._wording.render(notice, said)

    def sms_places(self, kind: str, language: str, said: Said) -> int:
        """The most places that the SMS of a kind takes, with and without what it may lack."""
        if not self._wording.has(kind, "sms.txt"):
            return 0
        most, lacking = 0, self._wording.may_lack(kind, "sms.txt")
        for facts in ({**SAMPLES}, {**SAMPLES, **dict.fromkeys(lacking, "")}):
            notice = Notice(NoticeKind(kind), language, "sample", "+504", None, facts)
            (sms,) = self._wording.render(notice, said)
            most = max(most, sms_text.places(sms.body))
        return most
