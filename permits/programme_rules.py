"""What a programme asks beside its numbers: rules, papers, and the way as it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from permits.findings import Severity
from permits.people import Agency


class RuleCode(StrEnum):
    """What a programme may ask of a person beside age, nationality and documents (domain 0.11).

    `reads-and-writes` is judged by the answers. The others are for an official to look at: no
    answer proves them, and who came back or was naturalised is not to be shut out by a machine.
    """

    READS_AND_WRITES = "reads-and-writes"
    NATIONAL_BY_BIRTH = "national-by-birth"
    RESIDENT = "resident"
    NO_MIGRATION_RECORD = "no-migration-record"


JUDGED = frozenset({RuleCode.READS_AND_WRITES})
"""Rules that the answers decide; only these may block."""


@dataclass(frozen=True)
class Rule:
    """A rule on the person, how grave it is to miss it, and where it stands."""

    code: RuleCode
    severity: Severity
    source: str
    valid_from: date
    note: str
    confirmed: bool


class PaperKind(StrEnum):
    """A paper that is shown at an office and not handed in as a photo."""

    CRIMINAL_RECORD = "criminal-record"
    HEALTH_CERTIFICATE = "health-certificate"
    WORK_EXPERIENCE = "work-experience"


@dataclass(frozen=True)
class Paper:
    """A paper that the programme asks for, and where that stands."""

    kind: PaperKind
    source: str
    valid_from: date
    note: str
    confirmed: bool


class LetterKind(StrEnum):
    """What a letter tells of; each is a paper of templates/print/letters."""

    APPROVED = "approved"
    RETURNED = "returned"
    REFUSED = "refused"
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


NEEDED_LETTERS = frozenset(
    {
        LetterKind.RETURNED,
        LetterKind.REFUSED,
        LetterKind.SUSPENDED,
        LetterKind.PROPOSED,
        LetterKind.REVOKED,
    }
)
"""They tell how to answer, to be heard or to appeal: no programme leaves one out. Of the others a
file leaves out the approval or the end of a suspension at most; the rest are sent by all of them,
and a file gives them words."""


@dataclass(frozen=True)
class ProgrammeLetter:
    """A letter that the programme sends; its own words stand in it, "" where it has none."""

    kind: LetterKind
    note_es: str = ""
    note_en: str = ""

    def __str__(self) -> str:
        """As `vereda programmes diff` shows it."""
        return f"{self.kind} ({self.note_es} / {self.note_en})" if self.note_es else str(self.kind)


EVERY_LETTER = tuple(ProgrammeLetter(kind) for kind in LetterKind)
"""Of a programme whose file names none."""


class PathwayStep(StrEnum):
    """A step between the first word about the programme and the return, as the worker sees it."""

    ORIENTATION = "orientation"
    APPLICATION = "application"
    LABOUR = "labour"
    MIGRATION = "migration"
    CONSULATE = "consulate"
    PERMIT = "permit"
    ENTRY = "entry"
    DEPARTURE = "departure"
    WORK = "work"
    EXIT = "exit"
    RETURN = "return"


STEP_OF: Mapping[Agency, PathwayStep] = {
    Agency.SETRASS: PathwayStep.LABOUR,
    Agency.INM: PathwayStep.MIGRATION,
    Agency.CONSULATE: PathwayStep.CONSULATE,
}


class Pictogram(StrEnum):
    """The drawing beside the programme's name."""

    COFFEE = "coffee"
    FARM = "farm"
    PLANE = "plane"
