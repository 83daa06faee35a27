"""A paper for SENAF, to be set by the tests of papers."""

from datetime import UTC, date, datetime

from permits.prints import PrintedChild, PrintedChildren

PRINTED_AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def children() -> PrintedChildren:
    """A family of two children whose farm told of no care."""
    return PrintedChildren(
        receipt="2026-1234-5678",
        parent="María Ángela Gutiérrez Ñamendí",
        phone="+50255550101",
        employer_name="Finca El Cedral",
        town="Copán Ruinas",
        starts_on=date(2026, 12, 1),
        ends_on=date(2027, 2, 15),
        children=(
            PrintedChild("José Ñamendí", date(2018, 5, 4), "child"),
            PrintedChild("Ana Ñamendí", date(2021, 1, 2), "child"),
        ),
        printed_at=PRINTED_AT,
    )
