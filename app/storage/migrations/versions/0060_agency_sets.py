"""The agencies that a programme asks are rows, and a right stands on an approval of each (0045).

Until here every round was decided by SETRASS and INM, which two columns of a right named: each
programme that stands gets that set, each right the two approvals that it had. Not safe with the
code before it: that opens rounds without a set. The way down ends with an error where a right
stands on other agencies than these two, for the columns of before cannot say so.
"""

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.agency_tables import (
    APPROVALS,
    NAMING,
    OF_RIGHT,
    PLACES,
    SETS,
    SIX,
    create_approvals,
    create_sets,
)

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

OF_ROUND = ("application", "round", "agency_set")
LABOUR = ("labour_agency", "labour_official", "labour_opinion")
MIGRATION = ("migration_agency", "migration_official", "migration_opinion")
LISTED = sa.text("round > 0 AND erased_at IS NULL")

# About rows that must not be there: a newer set. So no foreign key can say it.
NEWEST = """
CREATE FUNCTION refuse_older_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.agency_set IS DISTINCT FROM (SELECT max(s.id) FROM agency_sets s
      JOIN applications a ON a.programme = s.programme WHERE a.id = NEW.application) THEN
    RAISE EXCEPTION 'a round is opened with the agencies that its programme asks now'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'opened_by_newest_set';
  END IF;
  RETURN NEW;
END $$
"""
FIRST_APPROVALS = """
INSERT INTO right_approvals (authorisation, place, before, application, round, digest, agency_set,
  agency, official, opinion)
SELECT a.id, place, nullif(place - 1, 0), application, round, digest, agency_set, agency, official,
  opinion
FROM authorisations a, LATERAL (VALUES (1, labour_agency, labour_official, labour_opinion),
  (2, migration_agency, migration_official, migration_opinion))
  AS given (place, agency, official, opinion)
"""


def upgrade() -> None:
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    create_sets()
    _mark_cases()
    _bind_decisions()
    _bind_rights()
    _bind_places()


def _mark_cases() -> None:
    """Each round that was handed in, and each case that stands in one, names its set."""
    for table in ("applications", "application_rounds"):
        op.add_column(table, sa.Column("agency_set", sa.Integer()))
    op.execute(
        "UPDATE applications a SET agency_set = s.id FROM agency_sets s"
        " WHERE s.programme = a.programme AND a.round > 0"
    )
    op.execute("ALTER TABLE application_rounds DISABLE TRIGGER application_rounds_never_change")
    op.execute(
        "UPDATE application_rounds r SET agency_set = a.agency_set FROM applications a"
        " WHERE a.id = r.application"
    )
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.execute("ALTER TABLE application_rounds ENABLE TRIGGER application_rounds_never_change")
    op.alter_column("application_rounds", "agency_set", nullable=False)
    op.create_unique_constraint(
        op.f("uq_application_rounds_application_round_agency_set"),
        "application_rounds",
        list(OF_ROUND),
    )
    op.create_foreign_key(
        op.f("fk_application_rounds_agency_set_agency_sets"),
        "application_rounds",
        SETS,
        ["agency_set"],
        ["id"],
    )
    op.create_foreign_key(
        "fk_applications_set_of_round",
        "applications",
        "application_rounds",
        ["id", *OF_ROUND[1:]],
        list(OF_ROUND),
        deferrable=True,
        initially="DEFERRED",
    )
    op.create_foreign_key(
        "fk_applications_set_of_programme",
        "applications",
        SETS,
        ["programme", "agency_set"],
        ["programme", "id"],
    )
    op.create_check_constraint(
        op.f("ck_applications_round_has_set"),
        "applications",
        "(round = 0) = (agency_set IS NULL)",
    )
    _list_by(["programme", "round", "agency_set"])
    op.execute(NEWEST)
    op.execute(
        "CREATE TRIGGER opened_by_newest_set BEFORE INSERT ON application_rounds FOR EACH ROW"
        " EXECUTE FUNCTION refuse_older_set()"
    )


def _list_by(included: list[str]) -> None:
    """The index that lists are read from, with what tells whose turn it is."""
    op.drop_index("ix_applications_status_due_at", table_name="applications")
    op.create_index(
        "ix_applications_status_due_at",
        "applications",
        ["status", "due_at", "id"],
        postgresql_include=included,
        postgresql_where=LISTED,
    )


def _bind_to_round(table: str) -> None:
    """The set of what belongs to a round is that of the round."""
    op.add_column(table, sa.Column("agency_set", sa.Integer()))
    op.execute(
        f"UPDATE {table} t SET agency_set = r.agency_set FROM application_rounds r"  # noqa: S608  (a name of this file)
        " WHERE r.application = t.application AND r.round = t.round"
    )
    op.alter_column(table, "agency_set", nullable=False)
    op.create_foreign_key(
        f"fk_{table}_set_of_round", table, "application_rounds", list(OF_ROUND), list(OF_ROUND)
    )


def _bind_decisions() -> None:
    _bind_to_round("decisions")
    op.create_foreign_key(
        "fk_decisions_asked_agency",
        "decisions",
        PLACES,
        ["agency_set", "agency"],
        ["agency_set", "agency"],
    )


def _bind_rights() -> None:
    _bind_to_round("authorisations")
    op.add_column("authorisations", sa.Column("approvals", sa.Integer()))
    op.execute("UPDATE authorisations SET approvals = 2")
    op.alter_column("authorisations", "approvals", nullable=False)
    op.create_unique_constraint(
        op.f("uq_authorisations_id_application_round_digest_agency_set"),
        "authorisations",
        ["id", *OF_RIGHT],
    )
    create_approvals()
    op.execute(FIRST_APPROVALS)
    op.create_foreign_key(
        "fk_authorisations_last_approval",
        "authorisations",
        APPROVALS,
        ["id", "approvals"],
        ["authorisation", "place"],
        deferrable=True,
        initially="DEFERRED",
    )
    op.create_foreign_key(
        "fk_authorisations_agency_set",
        "authorisations",
        SETS,
        ["programme", "agency_set", "approvals"],
        ["programme", "id", "size"],
    )
    for name in ("labour_approval", "migration_approval"):
        op.drop_constraint(f"fk_authorisations_{name}", "authorisations", type_="foreignkey")
    for name in (*LABOUR, *MIGRATION):  # their CHECKs go with them
        op.drop_column("authorisations", name)


def _bind_places() -> None:
    """A place of a quota rests on labour's approval, or on that of the first agency asked."""
    _bind_to_round("quota_places")
    op.alter_column("quota_places", "labour_agency", server_default=None)
    op.drop_constraint(op.f("ck_quota_places_labour_agency"), "quota_places", type_="check")
    op.create_foreign_key(
        "fk_quota_places_labour_agency",
        "quota_places",
        SETS,
        ["agency_set", "labour_agency"],
        ["id", "places_by"],
    )


def downgrade() -> None:
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for name in ("labour_agency", "set_of_round"):
        op.drop_constraint(f"fk_quota_places_{name}", "quota_places", type_="foreignkey")
    op.drop_column("quota_places", "agency_set")
    op.alter_column("quota_places", "labour_agency", server_default="setrass")
    op.create_check_constraint(
        op.f("ck_quota_places_labour_agency"), "quota_places", "labour_agency = 'setrass'"
    )
    for part, agency in (("labour", "setrass"), ("migration", "inm")):
        _name_official(part, agency)
    op.create_check_constraint(
        op.f("ck_authorisations_two_officials"),
        "authorisations",
        "labour_official <> migration_official",
    )
    for name in ("last_approval", "set_of_round", "agency_set"):
        op.drop_constraint(f"fk_authorisations_{name}", "authorisations", type_="foreignkey")
    op.drop_table(APPROVALS)
    for name in ("agency_set", "approvals"):
        op.drop_column("authorisations", name)
    for name in ("asked_agency", "set_of_round"):
        op.drop_constraint(f"fk_decisions_{name}", "decisions", type_="foreignkey")
    op.drop_column("decisions", "agency_set")
    _drop_sets()


def _name_official(part: str, agency: str) -> None:
    """The columns of before; a right that stands on other agencies breaks their NOT NULL."""
    named, official, opinion = (f"{part}_agency", f"{part}_official", f"{part}_opinion")
    for name, value in ((named, agency), (opinion, "approve")):
        column = sa.Column(name, sa.Text(), nullable=False, server_default=value)
        op.add_column("authorisations", column)
        op.create_check_constraint(
            op.f(f"ck_authorisations_{name}"), "authorisations", f"{name} = '{value}'"
        )
    op.add_column("authorisations", sa.Column(official, sa.UUID()))
    giving = f"UPDATE authorisations a SET {official} = p.official FROM right_approvals p"  # noqa: S608  (a name of this file)
    op.execute(f"{giving} WHERE p.authorisation = a.id AND p.agency = '{agency}'")
    op.alter_column("authorisations", official, nullable=False)
    op.create_foreign_key(
        f"fk_authorisations_{part}_approval",
        "authorisations",
        "decisions",
        [*SIX[:3], named, official, opinion],
        list(SIX),
    )


def _drop_sets() -> None:
    op.execute("DROP TRIGGER opened_by_newest_set ON application_rounds")
    op.execute("DROP FUNCTION refuse_older_set")
    _list_by(["programme", "round"])
    op.drop_constraint("fk_applications_set_of_round", "applications", type_="foreignkey")
    for table in ("applications", "application_rounds"):
        op.drop_column(table, "agency_set")  # what names it goes with it
    for name in ("whole", "places_by"):
        op.drop_constraint(f"fk_agency_sets_{name}", SETS, type_="foreignkey")
    op.drop_table(PLACES)
    op.drop_table(SETS)
    op.execute("DROP FUNCTION agency_sets_never_change")
    for table in NAMING:
        op.create_check_constraint(
            op.f(f"ck_{table}_agency"), table, "agency IN ('setrass', 'inm')"
        )
        op.drop_constraint(op.f(f"fk_{table}_agency_agencies"), table, type_="foreignkey")
    op.drop_table("agencies")
