"""The port of whoever sets papers: facts in, tagged PDF out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from permits.prints import (
    PrintedApproval,
    PrintedChildren,
    PrintedCrew,
    PrintedDay,
    PrintedDecision,
    PrintedMeasure,
    PrintedOrientation,
    PrintedOwnData,
    PrintedPermit,
)
from permits.texts import Said
from recruitment.complaints.referral_papers import PrintedReferral
from recruitment.contract_papers import PrintedContract
from recruitment.payslip_papers import PrintedPayslip


class Prints(Protocol):
    """Sets papers as tagged PDF (PDF/UA-1); the language is a code of the pages."""

    def saying(self, said: Said, *, draft: bool = False) -> "Prints":
        """The same, with texts of letters that were changed, or as a draft on every page."""

    def cards(self, permits: Sequence[PrintedPermit], language: str) -> bytes:
        """ID-1 cards, two pages each."""

    def draw_cards(
        self, permits: Sequence[PrintedPermit], language: str
    ) -> Sequence[Mapping[str, object]]:
        """What cards say, their symbols drawn, as JSON takes it; to be set many at a time."""

    def set_cards(
        self, drawn: Sequence[Mapping[str, object]], language: str, at: datetime
    ) -> bytes:
        """Cards that were drawn, as one document; `at` is when it is made."""

    def sheet(self, permit: PrintedPermit, language: str) -> bytes:
        """The A4 sheet of a permit."""

    def letter(self, decision: PrintedDecision, language: str) -> bytes:
        """The letter of a refusal or a return."""

    def approval(self, approval: PrintedApproval, language: str) -> bytes:
        """The letter of an approval."""

    def contract(self, contract: PrintedContract, language: str) -> bytes:
        """The contract of one worker."""

    def payslip(self, payslip: PrintedPayslip, language: str) -> bytes:
        """The payslip of one worker."""

    def measure(self, measure: PrintedMeasure, language: str) -> bytes:
        """The letter about a suspension or a revocation."""

    def referral(self, referral: PrintedReferral, language: str) -> bytes:
        """The letter of a hand-over."""

    def crew(self, crew: PrintedCrew, language: str) -> bytes:
        """A crew list with the state of each worker."""

    def reception(self, day: PrintedDay, language: str) -> bytes:
        """Who comes on a reception day."""

    def orientation(self, printed: PrintedOrientation, language: str) -> bytes:
        """The certificate of an orientation."""

    def children(self, printed: PrintedChildren, language: str) -> bytes:
        """What SENAF is told of a family's children."""

    def own_data(self, printed: PrintedOwnData, language: str) -> bytes:
        """All that is kept about a worker."""
