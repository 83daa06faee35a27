"""What each paper says: the facts of a permit or a decision, put into words for the templates."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Protocol
from urllib.parse import urlsplit

from PIL import Image, ImageOps

from permits import permit_numbers
from permits.appeals import RecourseTerms
from permits.approvals import Opinion
from permits.identity_documents import group
from permits.offers import Offer
from permits.prints import PrintedDecision, PrintedPermit
from permits.programme_rules import LetterKind
from permits.programmes import Programme

PHOTO_PIXELS = (260, 325)
"""22 × 27.5 mm at 300 dots an inch, as the card shows it."""

LINK_MODULES = 125
"""Widest link symbol with its quiet zone: at 64 mm a module is still 0.51 mm wide."""

KIND_OF = {Opinion.REFUSE: LetterKind.REFUSED, Opinion.RETURN: LetterKind.RETURNED}

Contents = dict[str, object]


class Voice(Protocol):
    """A language as the papers speak it (app/web/print_voice.py)."""

    @property
    def code(self) -> str:
        """Its code."""

    def words(self, paper: str) -> Mapping[str, str]:
        """Every text of a paper, places unfilled."""

    def day(self, value: date) -> str:
        """A date written out."""

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount with its currency in words."""

    def say(self, family: str, code: str) -> str:
        """The words of a code of the law."""


class Drawer(Protocol):
    """Draws QR symbols (app/adapters/symbols.py)."""

    def svg(self, text: str) -> str:
        """One unit a module, quiet zone included."""


def card(permit: PrintedPermit, voice: Voice, symbols: Drawer) -> Contents:
    """What a card says on both sides."""
    claims, words = permit.claims, voice.words("cards/card")
    number = permit_numbers.show(claims.number)
    return {
        "name": claims.full_name,
        "number": number,
        "document_label": voice.say("identity", permit.document_kind.value),
        "document": group(permit.document_kind, claims.document_number),
        "first_day": voice.day(permit.first_day),
        "last_day": voice.day(permit.last_day),
        "programme": programme_name(permit.programme, voice),
        "employer": words["no_employer"] if claims.is_pool else claims.employer_name,
        "department": permit.department or ", ".join(claims.departments),
        "issuer": f"{', '.join(claims.agencies).upper()} · {urlsplit(claims.issuer).netloc}",
        "photo": _framed(shrink(permit.photo)) if permit.photo else None,
        "photo_alt": words["photo_alt"] % {"name": claims.full_name},
        "symbol": symbols.svg(permit.text),
        "symbol_alt": words["symbol_alt"] % {"number": number},
        "face": symbols.svg(permit.face) if permit.face else None,
        "face_alt": words["face_alt"] % {"number": number},
    }


def sheet(permit: PrintedPermit, voice: Voice, symbols: Drawer) -> Contents:
    """What the A4 sheet says: the card's facts, every term of the work, the link symbol."""
    words = voice.words("cards/sheet")
    number = permit_numbers.show(permit.claims.number)
    link = symbols.svg(permit.link)
    return {
        "card": card(permit, voice, symbols),
        "receipt": permit.receipt,
        "terms": terms(permit, voice),
        "link": link if _side(link) <= LINK_MODULES else None,
        "link_alt": words["link_alt"] % {"number": number},
    }


class Termed(Protocol):
    """A paper that tells the terms of the work: places by name, both days, the offer."""

    @property
    def municipality(self) -> str:
        """Its name, "" where it is not known."""

    @property
    def department(self) -> str:
        """Its name, "" where it is not known."""

    @property
    def first_day(self) -> date:
        """The first day of work."""

    @property
    def last_day(self) -> date:
        """The last one, included."""

    @property
    def offer(self) -> Offer:
        """What was approved."""


def terms(permit: Termed, voice: Voice) -> list[list[str]]:
    """The terms of the work as pairs of a label and plain words."""
    words, offer = voice.words("cards/sheet"), permit.offer
    place = ", ".join(part for part in (permit.municipality, permit.department) if part)
    day = {"first": voice.day(permit.first_day), "last": voice.day(permit.last_day)}
    week = {"hours": _plain(offer.hours_per_day), "days": offer.days_per_week}
    food = words["given_food"] if offer.food else words["not_given_food"]
    given = [
        ("housing", words["given"] if offer.housing else words["not_given"]),
        ("transport", words["given"] if offer.transport else words["not_given"]),
        ("food", food),
    ]
    rows = [
        ("task", offer.title),
        ("employer", offer.employer_name or words["no_employer"]),
        ("site", place or offer.department),
        ("dates", words["dates_value"] % day),
        ("wage", _wage(offer, voice)),
        ("hours", words["hours_value"] % week),
        *([] if offer.is_pool else given),
    ]
    return [[words[key], told] for key, told in rows]


def letter(decision: PrintedDecision, paper: str, voice: Voice) -> Contents:
    """What a letter about a decision says."""
    words = voice.words(paper)
    facts = {
        "day": voice.day(decision.decided_on),
        "agency": words[f"the_{decision.agency.value}"],
        "link": decision.link,
    }
    by = voice.day(decision.answer_by) if decision.answer_by else ""
    return {
        "draft": words["draft"] if decision.draft else None,
        "date": facts["day"],
        "name": decision.full_name,
        "receipt": decision.receipt,
        "programme": programme_name(decision.programme, voice),
        "agency": voice.say("agency", decision.agency.value),
        "grounds": [
            [voice.say("ground", ground.value), words["ground_code"] % {"code": ground.value}]
            for ground in decision.grounds
        ],
        "note": decision.note.strip(),
        "own": programme_note(decision.programme, KIND_OF[decision.opinion], voice),
        "filled": {
            "decided": words["decided"] % facts if "decided" in words else "",
            "asked": words["asked"] % facts if "asked" in words else "",
            "by": words["by"] % {"day": by} if by else "",
            "how_1": words["how_1"] % facts if "how_1" in words else "",
            **recourse(decision.recourse, words, voice),
        },
    }


def recourse(
    terms: RecourseTerms | None, words: Mapping[str, str], voice: Voice
) -> Mapping[str, str]:
    """Until when both steps may be asked for; nothing where there is nothing to contest."""
    if terms is None:
        return {}
    facts = {
        "days": terms.days,
        "last_day": voice.day(terms.last_day),
        "appeal_days": terms.appeal_days,
    }
    return {key: words[key] % facts for key in ("appeal_2", "appeal_3")}


def programme_note(programme: Programme, kind: LetterKind, voice: Voice) -> str:
    """The programme's own words in a letter of this kind; "" where it has none."""
    own = programme.letter(kind)
    if own is None:
        return ""
    return own.note_en if voice.code == "en" else own.note_es


def programme_name(programme: Programme, voice: Voice) -> str:
    """The programme's name; only Spanish and English are kept."""
    return programme.name_en if voice.code == "en" else programme.name_es


def shrink(photo: bytes) -> bytes:
    """The photo as the card needs it: upright 4:5, 300 dots an inch, a few kilobytes."""
    with Image.open(BytesIO(photo)) as picture:
        # A JPEG is decoded at a fraction of its size where that is enough.
        picture.draft("RGB", PHOTO_PIXELS)
        # Faces sit above the middle of a photo that somebody took of themselves.
        fitted = ImageOps.fit(picture.convert("RGB"), PHOTO_PIXELS, centering=(0.5, 0.4))
    packed = BytesIO()
    fitted.save(packed, "JPEG", quality=80)
    return packed.getvalue()


def _framed(photo: bytes) -> str:
    """A JPEG within an SVG, which is text: a list of numbers nearly doubled the time and the memory
    of setting a card (tests/adapters/test_many_cards.py)."""
    width, height = PHOTO_PIXELS
    told = b64encode(photo).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{told}"/></svg>'
    )


def _wage(offer: Offer, voice: Voice) -> str:
    paid = f"{voice.money(offer.wage, offer.currency)} {voice.say('wage-unit', offer.unit.value)}"
    if offer.unit_kg is None:
        return paid
    weight = voice.words("cards/sheet")["unit_kg"] % {"kg": _plain(offer.unit_kg)}
    return f"{paid}. {weight}".replace(" kg", "\N{NO-BREAK SPACE}kg")


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _side(svg: str) -> int:
    """Modules along a side of a drawn symbol, quiet zone included."""
    return int(svg.split('viewBox="0 0 ', 1)[1].split(" ", 1)[0])
