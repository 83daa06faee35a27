"""Many rows of a table at once, by COPY: for loads of made-up cases, and nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import Table, text
from sqlalchemy.dialects.postgresql import JSONB

from app.storage.account_tables import accounts
from app.storage.age_marks import age_marks
from app.storage.appeals import appeals
from app.storage.applications import applications
from app.storage.approvals import decisions
from app.storage.audit import audit_events, row_of
from app.storage.authorisations import authorisations
from app.storage.card_batches import card_batches, card_prints
from app.storage.check_ins import check_ins
from app.storage.cost_entries import cost_entries
from app.storage.credential_tables import credentials
from app.storage.crews import crew_members, crews
from app.storage.crossings import crossings
from app.storage.data_requests import data_requests
from app.storage.database import Engine, Session
from app.storage.employer_changes import employer_changes
from app.storage.farms import farms
from app.storage.identity_tables import identity_approvals, identity_changes
from app.storage.openings import openings
from app.storage.past_permits import past_permits
from app.storage.people import workers
from app.storage.recoveries import recoveries
from app.storage.register_imports import register_imports
from app.storage.registrations import employer_registrations
from app.storage.return_referrals import return_referrals
from app.storage.return_surveys import return_surveys
from app.storage.revocations import revocations
from app.storage.right_approvals import right_approvals
from app.storage.rounds import application_rounds, case_keys
from app.storage.suspensions import suspensions
from app.storage.vacancies import employers, vacancies
from app.storage.watch_checks import watch_checks
from app.storage.welfare_claims import welfare_claims
from permits.audit import AuditEvent

Values = Mapping[str, Any]

ORDER: Sequence[Table] = (
    *(workers, applications, application_rounds, case_keys, decisions),
    *(watch_checks, appeals, crews, crew_members),
    *(authorisations, right_approvals, credentials, suspensions, revocations),
    *(employer_changes, identity_changes, identity_approvals, crossings, check_ins),
    *(return_surveys, return_referrals, card_batches, card_prints, cost_entries),
    *(welfare_claims, data_requests, recoveries, age_marks, openings),
    *(register_imports, past_permits),
)
"""What refers to another comes after it."""

ASIDE: Sequence[Table] = (vacancies, employers, employer_registrations, farms, accounts)
"""What else grew by a load, or is asked together with it."""

SETTLED = (
    "UPDATE authorisations r SET status = 'suspended', suspension = s.id,"
    " suspended_until = s.until, suspension_ending = s.ending, version = r.version + 1"
    " FROM suspensions s WHERE s.id = ANY (:suspensions) AND r.id = s.authorisation",
    "UPDATE authorisations r SET status = 'revoked', revocation = v.id,"
    " revocation_outcome = v.outcome, version = r.version + 1"
    " FROM revocations v WHERE v.id = ANY (:revocations) AND v.outcome = 'confirmed'"
    " AND r.id = v.authorisation",
    "UPDATE identity_changes c SET outcome = 'granted', approvals = a.nth,"
    " decided_at = c.asked_at + (:now - c.asked_at) / 2"
    " FROM identity_approvals a JOIN agency_sets g ON g.id = a.agency_set AND g.size = a.nth"
    " WHERE c.id = ANY (:identity_changes) AND a.change = c.id",
)
"""What refers to what refers to it is written once both are there."""


def copy_cases(
    session: Session,
    rows: Mapping[str, Sequence[Values]],
    now: datetime,
    *,
    events: Iterable[AuditEvent],
) -> None:
    """Add rows by the name of their table, with the events that tell of them.

    Every row of a table names the same columns. The constraints hold as for any other row.
    """
    for table in ORDER:
        _copy(session, table, rows[table.name])
    for settling in SETTLED:
        name = settling.partition("ANY (:")[2].partition(")")[0]
        ids = [row["id"] for row in rows[name]]
        told = {name: ids, "now": now} if ":now" in settling else {name: ids}
        session.execute(text(settling), told)
    _copy(session, audit_events, [row_of(event) for event in events])


def take_stock(engine: Engine) -> None:
    """Let the planner count what came, and indexes answer alone, as autovacuum would in a while.

    VACUUM holds a row for visible to all only once its commit is on disk, which a server with
    `synchronous_commit` off (the tests') may not have done yet: one commit that waits comes first.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("SET synchronous_commit = on"))
        connection.execute(text("SELECT pg_current_xact_id()"))
        for table in (*ORDER, *ASIDE, audit_events):
            connection.execute(text(f"VACUUM (ANALYZE) {table.name}"))
        connection.execute(text("RESET synchronous_commit"))
        connection.execute(text("RESET statement_timeout"))


def _copy(session: Session, table: Table, rows: Sequence[Values]) -> None:
    if not rows:
        return
    names = list(rows[0])
    told = ", ".join(names)
    wraps = [isinstance(table.c[name].type, JSONB) for name in names]
    connection = session.connection().connection.driver_connection
    assert connection is not None  # noqa: S101  it was just asked for
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({told}) FROM STDIN") as stream,
    ):
        for row in rows:
            values = (row[name] for name in names)
            stream.write_row(
                [Jsonb(one) if wrap else one for one, wrap in zip(values, wraps, strict=True)]
            )
