"""Registration of an employer: told by the employer, without an office; verified by SETRASS.

A grower with a telephone is enough: the phone's code shows whose the registration is. A
cooperative or an association may stand as employer of record for small growers and names them with
their farms.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from permits.errors import Conflict, Fault, Forbidden, Invalid, refuse_if
from permits.people import Actor, Permission, PersonId
from permits.wages import EmployerSize
from recruitment.employers import NAME_LIMIT
from recruitment.registries import Registry, Verdict
from recruitment.tax_numbers import Holder, read_tax_number

MOST_FARMS = 200
NOTE_LIMIT = 600
MOST_HOUSED = 2000

HONDURAS = ((Decimal("12.9"), Decimal("16.6")), (Decimal("-89.4"), Decimal("-83.0")))
"""Degrees of latitude and longitude between which the mainland and the Bay Islands lie."""


class EmployerKind(StrEnum):
    """Who stands as employer."""

    COMPANY = "company"
    SMALL_GROWER = "small-grower"
    COOPERATIVE = "cooperative"
    ASSOCIATION = "association"


FOR_OTHERS = frozenset({EmployerKind.COOPERATIVE, EmployerKind.ASSOCIATION})
"""Who may be employer of record of growers and names each farm's grower."""


class RegistrationStatus(StrEnum):
    """`draft`: the employer still tells; `under-review`: with SETRASS; `returned`: to be mended."""

    DRAFT = "draft"
    UNDER_REVIEW = "under-review"
    RETURNED = "returned"
    VERIFIED = "verified"
    REFUSED = "refused"


class RegistrationAction(StrEnum):
    """What can be done to a registration."""

    HAND_IN = "hand-in"
    RETURN = "return"
    VERIFY = "verify"
    REFUSE = "refuse"


REGISTRATION_MOVES: Mapping[tuple[RegistrationStatus, RegistrationAction], RegistrationStatus] = {
    (RegistrationStatus.DRAFT, RegistrationAction.HAND_IN): RegistrationStatus.UNDER_REVIEW,
    (RegistrationStatus.RETURNED, RegistrationAction.HAND_IN): RegistrationStatus.UNDER_REVIEW,
    (RegistrationStatus.UNDER_REVIEW, RegistrationAction.RETURN): RegistrationStatus.RETURNED,
    (RegistrationStatus.UNDER_REVIEW, RegistrationAction.VERIFY): RegistrationStatus.VERIFIED,
    (RegistrationStatus.UNDER_REVIEW, RegistrationAction.REFUSE): RegistrationStatus.REFUSED,
}

EDITABLE = frozenset({RegistrationStatus.DRAFT, RegistrationStatus.RETURNED})


class Evidence(StrEnum):
    """What an official has seen with their own eyes."""

    TAX_CERTIFICATE = "tax-certificate"
    EMPLOYER_CERTIFICATE = "employer-certificate"
    COFFEE_CARD = "coffee-card"
    LAND_TITLE = "land-title"
    STATUTES = "statutes"
    VISIT = "visit"


PROVES: Mapping[Evidence, Registry] = {
    Evidence.TAX_CERTIFICATE: Registry.RTN,
    Evidence.EMPLOYER_CERTIFICATE: Registry.RNSP,
    Evidence.COFFEE_CARD: Registry.IHCAFE,
}
"""A paper that stands for a registry which cannot be asked."""


@dataclass(frozen=True)
class Told:
    """What the employer told; None is what has not been asked yet.

    `coffee_key` is "" for who grows no coffee or has no key. `phone` is proved by its code.
    """

    kind: EmployerKind | None = None
    name: str | None = None
    tax_number: str | None = None
    size: EmployerSize | None = None
    contact: str | None = None
    coffee_key: str | None = None


@dataclass(frozen=True)
class Farm:
    """A place of work. `grower` is whose it is, where a cooperative is employer of record.

    `housed` is how many workers can sleep there, 0 for nobody. The point is in degrees (WGS 84).
    """

    id: UUID
    name: str
    municipality: str
    housed: int
    grower: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None

    @property
    def located(self) -> bool:
        """Whether its point is known (R25)."""
        return self.latitude is not None and self.longitude is not None


@dataclass(frozen=True)
class Registration:
    """A registration; `employer` is who it has become once verified."""

    id: UUID
    phone: str
    status: RegistrationStatus
    told: Told
    version: int
    created_at: datetime
    handed_in_at: datetime | None = None
    decided_at: datetime | None = None
    decided_by: PersonId | None = None
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    employer: UUID | None = None


def move_registration(status: RegistrationStatus, action: RegistrationAction) -> RegistrationStatus:
    """The status after `action`; Conflict("no-such-registration-move") where there is none."""
    try:
        return REGISTRATION_MOVES[status, action]
    except KeyError:
        raise Conflict(
            "no-such-registration-move", status=status.value, action=action.value
        ) from None


def check_editable(registration: Registration) -> None:
    """Conflict("registration-not-editable") while it is with SETRASS, and after."""
    if registration.status not in EDITABLE:
        raise Conflict("registration-not-editable", status=registration.status.value)


def find_faults(told: Told) -> list[Fault]:
    """What is wrong with what was told so far; what is not told yet is no fault."""
    faults = []
    for field, text in (("name", told.name), ("contact", told.contact)):
        if text is not None and not text.strip():
            faults.append(Fault("missing", field))
        elif text is not None and len(text) > NAME_LIMIT:
            faults.append(Fault("too-long", field, {"limit": NAME_LIMIT}))
    if told.coffee_key is not None and len(told.coffee_key) > 40:
        faults.append(Fault("too-long", "coffee_key", {"limit": 40}))
    if told.tax_number is not None:
        try:
            read_tax_number(told.tax_number)
        except Invalid as invalid:
            faults += invalid.faults
    return faults


def warnings_of(told: Told) -> tuple[str, ...]:
    """What an official should look at and stops nobody: a number has no public check digit."""
    if told.tax_number is None or told.kind is None:
        return ()
    number = read_tax_number(told.tax_number)
    found = [] if number.known_place else ["tax-number-place"]
    person = told.kind is EmployerKind.SMALL_GROWER
    if (number.holder is Holder.FIRM) is person and number.holder is not Holder.UNKNOWN:
        found.append("tax-number-holder")
    return tuple(found)


def find_farm_faults(
    farm: Farm, kind: EmployerKind | None, towns: Mapping[str, str]
) -> list[Fault]:
    """What is wrong with a farm; `towns` are the municipalities of Honduras by code."""
    faults = []
    if not farm.name.strip():
        faults.append(Fault("missing", "farm"))
    elif len(farm.name) > NAME_LIMIT:
        faults.append(Fault("too-long", "farm", {"limit": NAME_LIMIT}))
    if kind in FOR_OTHERS and not farm.grower.strip():
        faults.append(Fault("missing", "grower"))
    elif len(farm.grower) > NAME_LIMIT:
        faults.append(Fault("too-long", "grower", {"limit": NAME_LIMIT}))
    if farm.municipality not in towns:
        faults.append(Fault("municipality-unknown", "municipality"))
    if not 0 <= farm.housed <= MOST_HOUSED:
        faults.append(Fault("housed-out-of-range", "housed", {"limit": MOST_HOUSED}))
    (south, north), (west, east) = HONDURAS
    if farm.latitude is not None and farm.longitude is not None:
        inside = south <= farm.latitude <= north and west <= farm.longitude <= east
        if not inside:
            faults.append(Fault("point-outside", "point"))
    return faults


def find_missing(told: Told, farms: Sequence[Farm]) -> list[Fault]:
    """What must still be told before it can be handed in, in the order of the questions."""
    names = ("kind", "name", "tax_number", "size", "contact", "coffee_key")
    missing = [Fault("missing", name) for name in names if getattr(told, name) is None]
    if not farms:
        missing.append(Fault("missing", "farms"))
    if told.kind in FOR_OTHERS and any(not one.grower.strip() for one in farms):
        missing.append(Fault("missing", "grower"))
    return missing


def hand_in(registration: Registration, farms: Sequence[Farm], now: datetime) -> Registration:
    """With SETRASS from here; Invalid with everything that is missing or wrong."""
    status = move_registration(registration.status, RegistrationAction.HAND_IN)
    told = registration.told
    refuse_if([*find_missing(told, farms), *find_faults(told)])
    return replace(registration, status=status, handed_in_at=now, note="")


@dataclass(frozen=True)
class Judgement:
    """What an official says: a note for the employer, and what was seen."""

    action: RegistrationAction
    note: str = ""
    evidence: tuple[Evidence, ...] = ()


def check_judgement(judgement: Judgement, answers: Mapping[Registry, Verdict]) -> None:
    """Refuse a verification that nothing stands on, and a refusal without words.

    The tax number must be verified by its registry or by a paper that was seen; where the registry
    says that it is not active no paper helps. Conflict with the code of why.
    """
    if len(judgement.note) > NOTE_LIMIT:
        refuse_if([Fault("too-long", "note", {"limit": NOTE_LIMIT})])
    if judgement.action is not RegistrationAction.VERIFY:
        refuse_if([Fault("missing", "note")] if not judgement.note.strip() else [])
        return
    if answers.get(Registry.RTN) is Verdict.NOT_ACTIVE:
        raise Conflict("tax-number-not-active")
    seen = {PROVES[one] for one in judgement.evidence if one in PROVES}
    if answers.get(Registry.RTN) is not Verdict.VERIFIED and Registry.RTN not in seen:
        raise Conflict("tax-number-not-verified")


def judge_registration(
    actor: Actor,
    registration: Registration,
    judgement: Judgement,
    answers: Mapping[Registry, Verdict],
    now: datetime,
) -> Registration:
    """The registration after an official's word; `employer` is set by whoever adds them."""
    if not actor.can(Permission.EMPLOYER_VERIFY):
        raise Forbidden("not-permitted", permission=Permission.EMPLOYER_VERIFY.value)
    status = move_registration(registration.status, judgement.action)
    check_judgement(judgement, answers)
    return replace(
        registration,
        status=status,
        decided_at=now,
        decided_by=actor.person,
        note=judgement.note.strip(),
        evidence=judgement.evidence,
    )


NUMBER_OF: Mapping[Registry, str] = {
    Registry.RTN: "tax_number",
    Registry.RNSP: "tax_number",
    Registry.IHCAFE: "coffee_key",
}
"""By what each registry is asked about an employer."""


def number_for(registry: Registry, told: Told) -> str:
    """The number to ask a registry about; "" where none was told."""
    return getattr(told, NUMBER_OF[registry]) or ""
