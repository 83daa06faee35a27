"""What of a worker's contract stands against an approval by SETRASS."""

from app.services.case import Case
from app.services.contract_checks import reader_of, understood
from app.services.contracts import see_contract
from app.services.work import Work
from permits.errors import Fault
from permits.people import Agency
from recruitment.contracts import is_substitution


def blocking(work: Work, case: Case, agency: Agency) -> list[Fault]:
    """A rule against the newest version (R09 to R15), and R16, always.

    Where the programme wants it agreed to first (`contract_first`), also a missing yes, and R17.
    """
    if agency is not Agency.SETRASS or case.offer is None or case.offer.is_pool:
        return []
    if case.contract.blocked:
        return [Fault("contract-blocked", "opinion")]
    # One version is no other than itself, and most cases have no second one.
    seen = see_contract(work, case) if case.contract.versions > 1 else None
    if seen is not None and is_substitution(seen.differences):
        return [Fault("contract-worse", "opinion")]
    if not case.programme.contract_first:
        return []
    agreed = seen.worker if seen else case.contract.agreed
    if agreed is None:
        return [Fault("contract-not-accepted", "opinion")]
    if not understood(work, reader_of(case), agreed):
        return [Fault("contract-not-understood", "opinion")]
    return []
