"""The contract of one worker: its terms in one canonical form, and how two versions differ."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from permits.errors import Conflict
from permits.findings import Finding
from permits.offers import Offer, from_mapping
from permits.offers import to_mapping as plain_offer
from permits.people import PersonId
from permits.wages import WageUnit, paid_time
from recruitment.contract_looks import Look
from recruitment.contract_weights import Value, worth
from recruitment.ethics.facts import AgreedTerms
from recruitment.ethics.words import ReturnTransport, Shift
from recruitment.terms import Grievance, Insurance, PayDay, RestDay, Terms

FORM = "1"
"""The form of the content; another one gives other digests."""

LANGUAGES = frozenset({"spa", "eng"})
"""In which every contract can be read: all but the tasks are fixed terms (R17)."""

Told = Mapping[str, Value]
"""The terms of a contract by their names, plain as JSON keeps them."""


class Party(StrEnum):
    """Who agrees to a contract."""

    WORKER = "worker"
    EMPLOYER = "employer"


class Way(StrEnum):
    """How somebody agreed.

    A worker: `own`, signed in on the own phone; `witnessed`, by a mark before a witness. An
    employer: `answer` to the question about the worker, `named` them before, `open` to whoever
    meets the terms, `account` signed in.
    """

    OWN = "own"
    WITNESSED = "witnessed"
    ANSWER = "answer"
    NAMED = "named"
    OPEN = "open"
    ACCOUNT = "account"


class Change(StrEnum):
    """What a changed term means for the worker; `other`: a person must look."""

    WORSE = "worse"
    BETTER = "better"
    OTHER = "other"


class Reported(StrEnum):
    """What a worker may say is other on arrival than in the contract (the terms of R16)."""

    WAGE = "wage"
    HOURS = "hours"
    PLACE = "place"
    JOB = "job"
    DURATION = "duration"
    DEDUCTIONS = "deductions"
    HOUSING = "housing"
    FOOD = "food"


@dataclass(frozen=True)
class Difference:
    """One term that differs between two versions."""

    field: str
    before: Value
    after: Value
    change: Change


@dataclass(frozen=True)
class Agreement:
    """One party's yes to one version; `read_aloud`: heard whole before, `heard_in` ISO 639-3.

    `deductions` is the worker's own answer to what is deducted for housing and food, apart from
    the yes (R13): None where nothing is, and of a yes from before they were asked.
    """

    party: Party
    way: Way
    accepted_at: datetime
    read_aloud: bool = False
    witness: PersonId | None = None
    heard_in: str | None = None
    deductions: bool | None = None


@dataclass(frozen=True)
class Contract:
    """One version; `content` is canonical JSON of which `digest` is the SHA-256 in hex.

    `findings` is what R09 to R15 found when it was drawn; `blocked`: nobody can agree to it.
    `looks` are what officials said of what no order weighs; `asks_look`: one was waited for when
    it was drawn. `drawn_by` is whoever's act drew it; of old versions nobody noted it.
    Who the worker is stands in the application, not here: the content names nobody but the firm.
    """

    application: UUID
    worker: PersonId
    version: int
    vacancy: UUID
    digest: str
    content: str
    drawn_at: datetime
    agreements: tuple[Agreement, ...] = ()
    findings: tuple[Finding, ...] = ()
    blocked: bool = False
    looks: tuple[Look, ...] = ()
    asks_look: bool = False
    drawn_by: PersonId | None = None

    @property
    def told(self) -> Told:
        """Its terms."""
        told: Told = json.loads(self.content)
        return told

    @property
    def deducted(self) -> Mapping[str, Decimal]:
        """What a month's wage is lessened by for housing and food, by the name of the term."""
        return deducted_of(self.told)

    def by(self, party: Party) -> Agreement | None:
        """The agreement of a party, None while there is none."""
        return next((one for one in self.agreements if one.party == party), None)


ANOTHER_WORK = frozenset(
    {"currency", "unit", "department", "municipality", "occupation", "starts_on", "ends_on"}
)
"""Another of these is another work: never better by itself (R16)."""

PROMISES = (
    *("guaranteed_days", "housing", "transport", "food", "tops_up", "days_per_week", "unit_kg"),
    *("arrival", "way_back", "shift", "pay_day", "insurance", "rest_day", "notice_days"),
    *("overtime_premium_percent", "deducted_in_writing", "grievance", "worker_pays"),
)
"""What R16 weighs beside its own fields: whoever loses one of them stands worse."""

PAID_TIME = "paid_time"
"""Hours or days of a week that are paid, weighed as one promise (R16)."""

EARNING = frozenset({"hours_per_day", "days_per_week"})
IN_KIND = ("housing_deducted", "food_deducted")
TAKEN_AWAY = ("worker_pays", *IN_KIND)
"""What a worker has less in the hand, which R16 weighs as one sum."""

_OFFER = (
    *("vacancy", "employer", "employer_name", "department", "municipality", "title"),
    *("occupation", "starts_on", "ends_on", "wage", "currency", "unit", "unit_kg"),
    *("hours_per_day", "days_per_week", "housing", "transport", "food", "tops_up"),
)
_TERMS = (
    *("tasks_es", "tasks_en", "pay_day", "rest_day", "shift", "arrival", "way_back"),
    *("insurance", "notice_days", "grievance", "guaranteed_days", "worker_pays"),
)
_WHERE_TOLD = ("overtime_premium_percent", *TAKEN_AWAY[1:], "deducted_in_writing")
"""Terms that came later: who told none has the content, and so the digest, of before."""

PARTIES = ("vacancy", "employer")
"""Ids, which are not compared: two versions are of one vacancy."""


def content_of(application: UUID, worker: PersonId, offer: Offer, terms: Terms) -> str:
    """The canonical JSON of a contract; Conflict("content-missing") for a pool's offer."""
    if offer.is_pool:
        raise Conflict("content-missing")
    plain = plain_offer(offer)
    told: dict[str, object] = {name: plain[name] for name in _OFFER}
    told |= {name: _plain(getattr(terms, name)) for name in _TERMS}
    later = {name: _plain(getattr(terms, name)) for name in _WHERE_TOLD}
    told |= {name: value for name, value in later.items() if value is not None}
    told |= {"form": FORM, "application": str(application), "worker": str(worker)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(content: str) -> str:
    """The SHA-256 of a content in hex."""
    return sha256(content.encode()).hexdigest()


def compare(approved: Told, delivered: Told) -> tuple[Difference, ...]:
    """Every term that differs, in the order of the contract, and what it means for the worker."""
    names = [name for name in (*_OFFER, *_TERMS, *_WHERE_TOLD) if name not in PARTIES]
    before, after = ({name: told.get(name) for name in names} for told in (approved, delivered))
    return tuple(
        Difference(name, before[name], after[name], _change(name, before, after))
        for name in names
        if before[name] != after[name]
    )


def is_substitution(differences: tuple[Difference, ...]) -> bool:
    """Whether the worker would stand worse in any term: what R16 blocks."""
    return any(one.change is Change.WORSE for one in differences)


def deducted_of(told: Told) -> dict[str, Decimal]:
    """What the terms deduct a month for housing and food, by the name of the term."""
    amounts = {name: Decimal(str(told.get(name) or 0)) for name in IN_KIND}
    return {name: amount for name, amount in amounts.items() if amount}


def agreed_terms(told: Told) -> AgreedTerms:
    """What R16 weighs of a contract."""
    return AgreedTerms(
        wage=Decimal(str(told["wage"])),
        currency=str(told["currency"]),
        unit=WageUnit(str(told["unit"])),
        hours_per_day=Decimal(str(told["hours_per_day"])),
        place=f"{told['department']}/{told['municipality']}",
        job=str(told["occupation"]),
        starts_on=date.fromisoformat(str(told["starts_on"])),
        ends_on=date.fromisoformat(str(told["ends_on"])),
        deductions=sum((Decimal(str(told.get(name) or 0)) for name in TAKEN_AWAY), Decimal(0)),
        promised={
            PAID_TIME: _paid_time(told),
            **{name: worth(name, told.get(name)) for name in PROMISES},
        },
    )


def terms_of(told: Told) -> Terms:
    """The terms beside the offer, to be shown as those of a vacancy."""
    readers = {
        "pay_day": PayDay,
        "rest_day": RestDay,
        "shift": Shift,
        "arrival": ReturnTransport,
        "way_back": ReturnTransport,
        "insurance": Insurance,
        "grievance": Grievance,
        **dict.fromkeys(TAKEN_AWAY, Decimal),
    }
    known = {one.name for one in fields(Terms)}
    read = {
        name: readers[name](str(value)) if name in readers and value is not None else value
        for name, value in told.items()
        if name in known
    }
    return Terms(**read)  # type: ignore[arg-type]


def offer_of(told: Told, like: Offer) -> Offer:
    """The offer of a contract; what a contract does not tell is as in the offer of its case."""
    return from_mapping({**plain_offer(like), **{name: told[name] for name in _OFFER}})


def find_base(versions: tuple[Contract, ...]) -> Contract:
    """With what the newest version is compared: the newest one before it that the worker accepted.

    Where they accepted none, it is the first: what was offered when the application was handed in.
    `versions` are those of one vacancy, the oldest first, at least one.
    """
    accepted = [one for one in versions[:-1] if one.by(Party.WORKER)]
    return accepted[-1] if accepted else versions[0]


def _change(name: str, approved: Told, delivered: Told) -> Change:
    if name in ANOTHER_WORK:
        return Change.WORSE
    before, after = worth(name, approved[name]), worth(name, delivered[name])
    if name in EARNING and before < after and _paid_time(delivered) < _paid_time(approved):
        return Change.WORSE
    if before == after:
        return Change.OTHER
    return Change.WORSE if after < before else Change.BETTER


def _paid_time(told: Told) -> Decimal:
    hours, days = (Decimal(str(told[name])) for name in ("hours_per_day", "days_per_week"))
    return paid_time(WageUnit(str(told["unit"])), hours, days)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return str(value) if isinstance(value, StrEnum) else value
