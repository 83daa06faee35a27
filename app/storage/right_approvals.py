"""The approvals that each right stands on: one of every agency that was asked, from first to last.

They are a chain of the same kind as the set of agencies, which the right itself closes at the
commit: a right whose last approval is missing, or one before it, is no right.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Insert,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    cast,
    column,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.approvals import BOUND
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base
from permits.approvals import Decision
from permits.authorisations import Authorisation

RIGHT = ("application", "round", "digest", "agency_set")
SAME = ("authorisation", *RIGHT)

right_approvals = Table(
    "right_approvals",
    Base.metadata,
    Column("authorisation", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("place", Integer, primary_key=True, autoincrement=False, info=OPERATIONAL),
    # The place before; the first has none.
    Column("before", Integer, info=OPERATIONAL),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("round", Integer, nullable=False, info=OPERATIONAL),
    Column("digest", Text, nullable=False, info=PSEUDONYMOUS),
    Column("agency_set", Integer, nullable=False, info=OPERATIONAL),
    Column("agency", Text, nullable=False, info=OPERATIONAL),
    Column("official", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("opinion", Text, nullable=False, server_default="approve", info=OPERATIONAL),
    UniqueConstraint("authorisation", "official"),
    CheckConstraint("coalesce(before, 0) = place - 1", name="one_after_the_other"),
    CheckConstraint("opinion = 'approve'", name="opinion"),
    ForeignKeyConstraint(
        [*SAME],
        ["authorisations.id", *(f"authorisations.{name}" for name in RIGHT)],
        name="fk_right_approvals_right",
    ),
    ForeignKeyConstraint(
        ["authorisation", "before"],
        ["right_approvals.authorisation", "right_approvals.place"],
        name="fk_right_approvals_before",
    ),
    ForeignKeyConstraint(
        BOUND, [f"decisions.{name}" for name in BOUND], name="fk_right_approvals_decision"
    ),
    ForeignKeyConstraint(
        ["agency_set", "place", "agency"],
        ["set_agencies.agency_set", "set_agencies.place", "set_agencies.agency"],
        name="fk_right_approvals_asked_agency",
    ),
)


def resting() -> Insert:
    """The statement that lays approvals, in the order of the set, under a right (`get_columns`)."""
    agencies = bindparam("of_agencies", type_=ARRAY(Text))
    officials = bindparam("by_officials", type_=ARRAY(PG_UUID))
    given = (
        func.unnest(agencies, officials)
        .table_valued(column("agency", Text), column("official", PG_UUID), with_ordinality="place")
        .render_derived()
    )
    place = cast(given.c.place, Integer)
    same = [bindparam(f"right_{name}", type_=right_approvals.c[name].type) for name in SAME]
    rows = select(*same, place, func.nullif(place - 1, 0), given.c.agency, given.c.official)
    return insert(right_approvals).from_select(
        [*SAME, "place", "before", "agency", "official"], rows.select_from(given)
    )


def get_columns(
    right: Authorisation, agency_set: int, approvals: Sequence[Decision]
) -> dict[str, Any]:
    """The values of these approvals for the statement."""
    return {
        "right_authorisation": right.id,
        "right_application": right.application,
        "right_round": right.round,
        "right_digest": right.digest,
        "right_agency_set": agency_set,
        "of_agencies": [one.agency.value for one in approvals],
        "by_officials": [one.official for one in approvals],
    }


def get_rows(
    right: Authorisation, agency_set: int, approvals: Sequence[Decision]
) -> list[dict[str, Any]]:
    """The same as rows, in the order of the set; for many rights at once."""
    return [
        {
            "authorisation": right.id,
            "place": place,
            "before": place - 1 or None,
            "application": right.application,
            "round": right.round,
            "digest": right.digest,
            "agency_set": agency_set,
            "agency": one.agency.value,
            "official": one.official,
        }
        for place, one in enumerate(approvals, start=1)
    ]
