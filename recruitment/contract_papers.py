"""What is put on paper of a contract, as the printers are given it."""

from dataclasses import dataclass
from datetime import date, datetime

from permits.deadlines import legal_day
from permits.offers import Offer
from permits.programmes import Programme
from recruitment.contracts import Contract
from recruitment.terms import Terms


@dataclass(frozen=True)
class PrintedContract:
    """One version with who agreed to it; `department` and `municipality` are names, "" unknown."""

    receipt: str
    full_name: str
    programme: Programme
    contract: Contract
    offer: Offer
    terms: Terms
    department: str
    municipality: str
    printed_at: datetime

    @property
    def first_day(self) -> date:
        """The first day of work."""
        return self.offer.starts_on

    @property
    def last_day(self) -> date:
        """The last one, included."""
        return self.offer.ends_on

    @property
    def drawn_on(self) -> date:
        """The legal day on which it was drawn."""
        return legal_day(self.contract.drawn_at)
