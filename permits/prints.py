"""What is put on paper: the facts of a permit and of a decision, as the printers are given them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from permits.appeals import RecourseTerms
from permits.appointments import ReceptionDay
from permits.approvals import Ground, Opinion
from permits.identity_documents import IdentityKind
from permits.issuing import RevocationReason
from permits.offers import Offer
from permits.orientation import Seat, TestResult
from permits.people import Agency
from permits.permit_claims import PermitClaims
from permits.programmes import Programme
from permits.revocations import RevocationGround
from permits.suspensions import SuspensionReason


@dataclass(frozen=True)
class PrintedPermit:
    """A signed permit. What stands on the card is what was signed, read back from its claims.

    `text` is the QR text, `link` the same behind the address of the public check. `last_day` is
    included. `department` and `municipality` are names, "" where not known. `offer` holds the
    terms that were approved. `photo` is a JPEG, None where the worker brings it to an office.
    `face` is the text of the second symbol, None where the card has none.
    """

    claims: PermitClaims
    text: str = field(repr=False)
    link: str = field(repr=False)
    first_day: date
    last_day: date
    programme: Programme
    document_kind: IdentityKind
    department: str
    municipality: str
    receipt: str
    offer: Offer
    printed_at: datetime
    photo: bytes | None = field(default=None, repr=False)
    face: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class PrintedDecision:
    """A refusal with its coded grounds, or a return with its reasons and question.

    `answer_by` is the last day to answer a return, None for a refusal. `link` is where the
    worker reads and answers. `recourse` tells of a refusal how long it may be contested.
    `draft`: nobody decided it yet, and every page says so.
    """

    receipt: str
    full_name: str
    programme: Programme
    agency: Agency
    opinion: Opinion
    decided_on: date
    grounds: tuple[Ground, ...]
    note: str
    answer_by: date | None
    link: str
    printed_at: datetime
    draft: bool = False
    recourse: RecourseTerms | None = None


@dataclass(frozen=True)
class PrintedApproval:
    """What was approved, by whom and on which terms, as a letter; it is no permit.

    `approvals` names each agency and its day; what an agency notes beside an approval is not for
    the worker. Both days count. `number` is the permit's, None before that is signed. `digest` is
    the SHA-256 of what was approved. `check` is where anybody checks a permit. `draft`: nobody
    decided it yet, and every page says so.
    """

    receipt: str
    full_name: str
    programme: Programme
    approvals: tuple[tuple[Agency, date], ...]
    first_day: date
    last_day: date
    department: str
    municipality: str
    offer: Offer
    digest: str
    number: str | None
    check: str
    printed_at: datetime
    draft: bool = False


@dataclass(frozen=True)
class PrintedMember:
    """One worker of a crew list; `state` is a code of the list's family.

    `name` is "" once the file was erased. `receipt` is None where there is none, or the reader may
    not know it. `consented` tells whether the worker said yes; `way` and `consented_on` how and
    when, None for who is not told.
    """

    place: int
    name: str
    receipt: str | None
    state: str
    consented: bool
    way: str | None = None
    consented_on: date | None = None


@dataclass(frozen=True)
class PrintedCrew:
    """A crew list for whoever registered it, or for an agency.

    `family` names the words of the states. `registered` counts those too who are not listed,
    because they have not said yes.
    """

    title: str
    employer: str
    programme: Programme
    registered_on: date
    registered: int
    family: str
    members: tuple[PrintedMember, ...] = field(repr=False)
    printed_at: datetime


@dataclass(frozen=True)
class PrintedVisitor:
    """One who comes to a reception day; `name` is "" in a draft that has none yet."""

    slot: time
    name: str
    receipt: str | None


@dataclass(frozen=True)
class PrintedDay:
    """A day's list: who comes to which half hour. `department` and `town` are names."""

    day: ReceptionDay
    department: str
    town: str
    visitors: tuple[PrintedVisitor, ...] = field(repr=False)
    printed_at: datetime


@dataclass(frozen=True)
class PrintedOrientation:
    """The certificate of an orientation: who came where, and understood. `town` is a name."""

    worker: str = field(repr=False)
    number: str | None = field(repr=False)
    programme_es: str
    programme_en: str
    seat: Seat
    town: str
    result: TestResult
    printed_at: datetime


@dataclass(frozen=True)
class PrintedChild:
    """A child who comes along; `relation` is a code."""

    full_name: str = field(repr=False)
    born_on: date
    relation: str


@dataclass(frozen=True)
class PrintedChildren:
    """What SENAF is told of one family: whose children, where they go, and from when to when."""

    receipt: str
    parent: str = field(repr=False)
    phone: str = field(repr=False)
    employer_name: str
    town: str
    starts_on: date
    ends_on: date
    children: tuple[PrintedChild, ...] = field(repr=False)
    printed_at: datetime


class Measure(StrEnum):
    """What became of a case, a right, a recourse or a wish, or may become; a letter for each."""

    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    PROPOSED = "proposed"
    REVOKED = "revoked"
    UPHELD = "upheld"
    OVERTURNED = "overturned"
    ASKED = "asked"
    BARRED = "barred"
    LAPSED = "lapsed"
    UNUSED = "unused"
    DROPPED = "dropped"
    CARD_REVOKED = "card-revoked"
    EMPLOYER_GRANTED = "employer-granted"
    EMPLOYER_REFUSED = "employer-refused"
    EMPLOYER_LAPSED = "employer-lapsed"
    IDENTITY_GRANTED = "identity-granted"
    IDENTITY_REFUSED = "identity-refused"


MeasureGround = SuspensionReason | RevocationGround | RevocationReason
"""Why a right was suspended or taken back, or a card."""


@dataclass(frozen=True)
class PrintedWork:
    """Work under a right, both days of the right included; places by name, "" where not known."""

    offer: Offer
    municipality: str
    department: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class PrintedMeasure:
    """What a letter of a measure tells; who did it is None where nobody but time did.

    `grounds` are codes, none where nothing was taken. `until` is the last day of a suspension, or
    that of the next step, None where there is none. `again`: after a recourse the case is decided
    on once more. `link` is where the worker reads more. `recourse` tells of a revocation how long
    it may be contested. `questions` are those asked, `employer` and `number` the one that was
    wished for and that of a card, "" in other letters; `new_work` is what was granted.
    """

    measure: Measure
    receipt: str
    full_name: str
    programme: Programme
    agency: Agency | None
    decided_on: date
    grounds: tuple[MeasureGround, ...]
    note: str
    until: date | None
    link: str
    printed_at: datetime
    recourse: RecourseTerms | None = None
    again: bool = False
    questions: tuple[str, ...] = ()
    employer: str = ""
    number: str = ""
    new_work: PrintedWork | None = None


@dataclass(frozen=True)
class PrintedLook:
    """Somebody looked: when, in which role, at what and to what end (codes)."""

    at: datetime
    role: str
    act: str
    purpose: str


@dataclass(frozen=True)
class PrintedOwnData:
    """All that is kept about a worker, for them to read: rows by table, and who looked."""

    tables: Mapping[str, Sequence[Mapping[str, object]]] = field(repr=False)
    looks: Sequence[PrintedLook]
    printed_at: datetime
