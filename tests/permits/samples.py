"""A cleared application and the claims of its permit, as the services would hand them in."""

from datetime import UTC, date, datetime
from uuid import UUID

from permits import permit_numbers
from permits.applications import Application, ApplicationId, Status
from permits.approvals import Decision, Opinion
from permits.clearances import Clearance, clear
from permits.credentials import PermitClaims
from permits.people import Agency, PersonId
from permits.submissions import Sex
from tests.vectors import forge
from tests.vectors.forge import DAY, NOW


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


# The same permit as `forge.claims()` writes by hand.
CLAIMS = PermitClaims(
    issuer=forge.ISSUER,
    number=permit_numbers.make(123_456_789_012_345),
    issued_at=at(NOW - 5 * DAY),
    valid_from=at(NOW - 2 * DAY),
    expires=at(NOW + 90 * DAY),
    document_number="2345678900101",
    full_name="María Fernanda López Xitumul",
    date_of_birth=date(1990, 4, 11),
    sex=Sex.FEMALE,
    nationality="GTM",
    document_country="GTM",
    kind="coffee-harvest",
    employer_name="Cooperativa Cafetalera La Unión de Copán Ltda.",
    employer_id="08011999123456",
    occupation="9211",
    departments=("HN-CP", "HN-OC"),
    agencies=(Agency.SETRASS, Agency.INM),
    status_uri=forge.LIST_URI,
    status_index=forge.VALID_INDEX,
    conditions=5,
)


def clearance(agencies: tuple[Agency, ...] = (Agency.SETRASS, Agency.INM)) -> Clearance:
    """A clearance as the checks make it: one approval of each agency, by different people."""
    application = Application(
        id=ApplicationId(UUID(int=1)),
        worker=PersonId(UUID(int=2)),
        programme="coffee",
        status=Status.APPROVED,
        round=1,
        version=3,
        digest="0" * 64,
    )
    decisions = [
        Decision(
            application=application.id,
            round=1,
            digest="0" * 64,
            agency=agency,
            official=PersonId(UUID(int=10 + number)),
            opinion=Opinion.APPROVE,
            decided_at=at(NOW - 6 * DAY),
        )
        for number, agency in enumerate(agencies)
    ]
    return clear(application, decisions, agencies)
