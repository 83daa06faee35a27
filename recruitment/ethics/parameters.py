"""The parameters of the rules: dated numbers, lists and severities, as they count on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from permits.findings import Severity
from permits.programmes import Programme, Threshold, in_force
from permits.wages import MinimumWage


@dataclass(frozen=True)
class Terms:
    """A dated list of words (folded when compared) or codes; the rest is as in `Threshold`."""

    items: tuple[str, ...]
    source: str
    valid_from: date
    note: str
    confirmed: bool


@dataclass(frozen=True)
class SeverityRow:
    """How grave an outcome is under a programme, from a day on.

    `rule` is its number and `outcome` its code. `programme` is a code, or the beginning of several
    with an asterisk ("twap-*"); "*" is every one.
    """

    rule: str
    outcome: str
    programme: str
    severity: Severity
    source: str
    valid_from: date
    note: str
    confirmed: bool

    def fits(self, programme: str) -> bool:
        """Whether it is about this programme."""
        if self.programme.endswith("*"):
            return programme.startswith(self.programme[:-1])
        return programme == self.programme


@dataclass(frozen=True)
class ParameterSet:
    """Everything that the file says; names are `R08.guaranteed_percent`, versions oldest first."""

    values: Mapping[str, tuple[Threshold, ...]]
    lists: Mapping[str, tuple[Terms, ...]]
    severities: tuple[SeverityRow, ...]


@dataclass(frozen=True)
class Parameters:
    """What a rule may look up, under one programme.

    Ages, seasons, stays and quotas are the programme's own, and minimum wages the decrees': they
    stand in their own files and in no second one.
    """

    programme: Programme
    minimum_wages: tuple[MinimumWage, ...]
    rows: ParameterSet

    def threshold(self, name: str, on: date) -> Threshold | None:
        """The version of a number that counts on a day; None where the file has no such number."""
        versions = self.rows.values.get(name)
        return in_force(versions, on) if versions else None

    def terms(self, name: str, on: date) -> Terms:
        """The version of a list that counts on a day."""
        return in_force(self.rows.lists[name], on)

    def severity(self, rule: str, outcome: str, on: date) -> Severity | None:
        """What a row says of an outcome; the newest that has begun, None where there is none.

        Of two of one day the one that names the programme more closely counts.
        """
        rows = [
            row
            for row in self.rows.severities
            if (row.rule, row.outcome) == (rule, outcome)
            and row.valid_from <= on
            and row.fits(self.programme.code)
        ]
        if not rows:
            return None
        return max(rows, key=lambda row: (row.valid_from, len(row.programme))).severity
