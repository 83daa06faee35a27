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
    insert,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.approvals import BOUND
from app.storage.database import Base
from permits.approvals import Decision
from permits.authorisations import Authorisation

PSEUDONYMOUS: dict[Any, Any] = {"class": "pseudonymous"}
OPERATIONAL: dict[Any, Any] = {"class": "operational"}
RIGHT = ("application", "round", "digest", "agency_set")

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
        ["authorisation", *RIGHT],
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


def resting_on(right: Authorisation, agency_set: int, approvals: Sequence[Decision]) -> Insert:
    """The statement that lays approvals, in the order of the set, under a right."""
    return insert(right_approvals).values(
        [
            {
                "authorisation": right.id,
                "place": place,
                "before": place - 1 or None,
                "application": one.application,
                "round": one.round,
                "digest": one.digest,
                "agency_set": agency_set,
                "agency": one.agency.value,
                "official": one.official,
            }
            for place, one in enumerate(approvals, start=1)
        ]
    )
