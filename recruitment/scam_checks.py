"""The public scam check: what is known of an offer, a name, a licence or a phone number.

Nobody is called honest or a cheat: the check says whether they are registered and in force today,
as a recruiter or as an employer, and whether an official has confirmed a warning. Who warned is
kept nowhere.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from uuid import UUID

from permits.errors import Conflict, Fault, refuse_if
from permits.folding import fold
from recruitment.recruiters import LicenceState
from recruitment.registries import name_key, name_words, normal_number
from recruitment.standings import Standing, may_recruit

TEXT_LIMIT = 4000
"""Characters of an offer that somebody pastes."""

WORDS_LIMIT = 600
MOST_PHONES = 20
MOST_LICENCES = 60
LOCAL_DIGITS = 8
"""Digits of a number of Honduras or Guatemala without its country."""

LONGEST_NAME = 7
"""Words of a name."""

SHORTEST_NAME = 4
"""Letters: what is no longer is no name that anybody could be known by."""

MOST_WORDS = 600
"""All of what people send each other: the name often stands at the end."""


class ScamVerdict(StrEnum):
    """What is told; the gravest of all that was found."""

    REPORTED = "reported"
    NOT_VALID = "not-valid"
    EMPLOYER_STOPPED = "employer-stopped"
    """An employer of this name, number or phone may hire nobody new today."""
    OTHER_PHONE = "other-phone"
    """Somebody registered is named beside a phone that is not theirs: anybody may use a name."""
    NOT_REGISTERED = "not-registered"
    REGISTERED = "registered"
    EMPLOYER = "employer"
    """Who hires, not who recruits: an employer whose registration SETRASS has verified."""
    EMPLOYER_UNVERIFIED = "employer-unverified"
    """An employer with vacancies whose registration nobody has verified."""
    PERMIT = "permit"
    """A permit's code or link, which is no offer and names nobody who recruits."""
    UNKNOWN = "unknown"
    """A registry is away or too old, and nothing else was found: nobody can tell."""


class ReportKind(StrEnum):
    """What somebody did."""

    ASKED_MONEY = "asked-money"
    KEPT_DOCUMENT = "kept-document"
    PROMISED_VISA = "promised-visa"
    FALSE_OFFER = "false-offer"
    FALSE_NAME = "false-name"


class ReportState(StrEnum):
    """`received` tells nobody anything; only `confirmed` is told to the public."""

    RECEIVED = "received"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class Report:
    """A warning: what was done, by whom as far as known; `words` are for officials alone."""

    id: UUID
    kind: ReportKind
    name: str = ""
    phone: str | None = None
    licence: str = ""
    words: str = ""
    state: ReportState = ReportState.RECEIVED


def find_faults(report: Report) -> list[Fault]:
    """What keeps a warning from being taken: it names nobody, or is too long."""
    faults = []
    if not (report.name.strip() or report.phone or normal_number(report.licence)):
        faults.append(Fault("report-names-nobody", "name"))
    for field, text, limit in (
        ("name", report.name, 120),
        ("licence", report.licence, 60),
        ("words", report.words, WORDS_LIMIT),
    ):
        if len(text) > limit:
            faults.append(Fault("too-long", field, {"limit": limit}))
    return faults


def check_report(report: Report) -> None:
    """Invalid with every fault of it."""
    refuse_if(find_faults(report))


JUDGEMENTS = frozenset(
    {
        (ReportState.RECEIVED, ReportState.CONFIRMED),
        (ReportState.RECEIVED, ReportState.DISMISSED),
        (ReportState.CONFIRMED, ReportState.DISMISSED),
    }
)
"""What was confirmed by mistake is taken back; what was dismissed is gone."""


def judged(
    report: Report, state: ReportState, seen: ReportState = ReportState.RECEIVED
) -> ReportState:
    """The state after an official's word; Conflict("report-judged") where somebody had it.

    `seen` is how it stood when the official looked.
    """
    if report.state is not seen or (seen, state) not in JUDGEMENTS:
        raise Conflict("report-judged")
    return state


@dataclass(frozen=True)
class Known:
    """A recruiter in a registry that what was typed may mean."""

    licence: LicenceState
    standing: Standing


@dataclass(frozen=True)
class KnownEmployer:
    """An employer that what was typed may mean; `verified`: SETRASS has looked at who they are."""

    verified: bool
    standing: Standing


@dataclass(frozen=True)
class Found:
    """All that was looked up.

    `reports` are confirmed warnings about it; `answered` tells whether every registry of recruiters
    has a list that is fresh enough to say that somebody is not in it. `other_phone` tells that a
    phone stands in it which the registry has for none of those that it names.
    """

    known: Sequence[Known] = ()
    employers: Sequence[KnownEmployer] = ()
    reports: int = 0
    answered: bool = False
    other_phone: bool = False


def has_other_phone(phones: Iterable[str], known: Iterable[str | None]) -> bool:
    """Whether one of these phones (E.164) is none that a registry publishes of who was named.

    A number that was written without its country is read as of several: one of them is enough.
    """
    published = set(known)
    readings: dict[str, set[str]] = {}
    for phone in phones:
        readings.setdefault(phone[-LOCAL_DIGITS:], set()).add(phone)
    return any(not told & published for told in readings.values())


def verdict_of(found: Found) -> ScamVerdict:
    """One word for all that was found, the gravest; silence proves nothing."""
    if found.reports or any(one.standing is Standing.BARRED for one in found.known):
        return ScamVerdict.REPORTED
    told = [one for one in found.known if one.licence is not LicenceState.UNKNOWN]
    valid = [one for one in told if _valid(one)]
    if len(valid) < len(told) or any(not may_recruit(one.standing) for one in found.known):
        return ScamVerdict.NOT_VALID
    if any(not may_recruit(one.standing) for one in found.employers):
        return ScamVerdict.EMPLOYER_STOPPED
    if len(told) < len(found.known):
        return ScamVerdict.UNKNOWN
    if valid or found.employers:
        return _verdict_of_known(found, recruits=bool(valid))
    return ScamVerdict.NOT_REGISTERED if found.answered else ScamVerdict.UNKNOWN


def _verdict_of_known(found: Found, *, recruits: bool) -> ScamVerdict:
    """Somebody is known and nothing stands against them: what each is, and whose the phone is."""
    if found.other_phone:
        return ScamVerdict.OTHER_PHONE
    if recruits:
        return ScamVerdict.REGISTERED
    verified = any(one.verified for one in found.employers)
    return ScamVerdict.EMPLOYER if verified else ScamVerdict.EMPLOYER_UNVERIFIED


def _valid(known: Known) -> bool:
    return known.licence is LicenceState.VALID and may_recruit(known.standing)


_NUMBERS = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9./-]{2,38}[A-Za-z0-9](?![A-Za-z0-9])")


def licences_in(text: str) -> list[str]:
    """What may be the number of a licence in a text: words with a digit, each once."""
    found = (one.group() for one in _NUMBERS.finditer(text))
    numbers = (normal_number(one) for one in found if any(c.isdigit() for c in one))
    return list(dict.fromkeys(numbers))[:MOST_LICENCES]


def name_keys_in(text: str) -> list[str]:
    """What may be a name in a text: each short line, and each run of two words to seven.

    Of a long text the first MOST_WORDS words are looked at.
    """
    lines = [name_key(line) for line in text.splitlines() if len(line.split()) <= LONGEST_NAME]
    words = name_words(text)[:MOST_WORDS]
    runs = (
        " ".join(sorted(words[at : at + size]))
        for size in range(2, LONGEST_NAME + 1)
        for at in range(len(words) - size + 1)
    )
    return list(dict.fromkeys(key for key in chain(lines, runs) if len(key) > SHORTEST_NAME))


FARM_WORDS = frozenset({"finca", "fincas", "hacienda"})
"""Words that say that a name is a farm's; people leave them out, and the registry may, too."""


def farm_key(name: str) -> str:
    """A farm's name as it is compared: `name_key` without the word for a farm."""
    return " ".join(word for word in name_key(name).split() if word not in FARM_WORDS)


def farm_keys_in(text: str) -> list[str]:
    """What may be a farm's name in a text: each short line, and what follows the word "finca".

    Farms have the names of towns and saints: inside a sentence one counts only behind that word.
    """
    lines = [farm_key(line) for line in text.splitlines() if len(line.split()) <= LONGEST_NAME]
    words = name_words(text)[:MOST_WORDS]
    runs = (
        " ".join(sorted(words[at + 1 : at + 1 + size]))
        for at, word in enumerate(words)
        if word in FARM_WORDS
        for size in range(1, LONGEST_NAME)
    )
    return list(dict.fromkeys(key for key in chain(lines, runs) if len(key) > SHORTEST_NAME))


def signs_in(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """The signs of a scam (R29) that a text has, as the list of the programme writes them."""
    plain = fold(text)
    return tuple(word for word in words if fold(word) in plain)
