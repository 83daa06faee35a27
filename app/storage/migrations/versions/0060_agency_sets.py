"""The agencies that a programme asks are rows, and a right stands on an approval of each (0045).

Until here every round was decided by SETRASS and INM, which two columns of a right named: each
programme that stands gets that set, each right the two approvals that it had. Not safe with the
code before it: that opens rounds without a set. The way down ends with an error where a right
stands on other agencies than these two, for the columns of before cannot say so.
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

SETS, PLACES, APPROVALS = "agency_sets", "set_agencies", "right_approvals"
OF_ROUND = ("application", "round", "agency_set")
SIX = ("application", "round", "digest", "agency", "official", "opinion")
NAMING = ("postings", "saved_views", "case_notes", "reception_days")
OF_RIGHT = ("application", "round", "digest", "agency_set")
LABOUR = ("labour_agency", "labour_official", "labour_opinion")
MIGRATION = ("migration_agency", "migration_official", "migration_opinion")
LISTED = sa.text("round > 0 AND erased_at IS NULL")

UNCHANGED = """
CREATE FUNCTION agency_sets_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a set of agencies is never written again: another one follows it'
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'agency_sets_never_change';
END $$
"""
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
FIRST_SETS = """
INSERT INTO agency_sets (id, programme, size, places_by, since)
SELECT row_number() OVER (ORDER BY code), code, 2, 'setrass', now()
FROM (SELECT programme AS code FROM applications UNION SELECT programme FROM authorisations
  UNION VALUES ('coffee-hn-gt'), ('twap-canada'), ('twap-spain')) AS codes
"""
FIRST_AGENCIES = """
INSERT INTO set_agencies (agency_set, place, agency, before, size)
SELECT id, place, agency, nullif(place - 1, 0), 2 FROM agency_sets,
  (VALUES (1, 'setrass'), (2, 'inm')) AS both_of_them (place, agency)
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
    _create_sets()
    _mark_cases()
    _bind_decisions()
    _bind_rights()
    _bind_places()


def _create_sets() -> None:
    op.create_table(
        SETS,
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("places_by", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_sets")),
        *(
            sa.UniqueConstraint(*names, name=op.f(f"uq_agency_sets_{'_'.join(names)}"))
            for names in (
                ("id", "size"),
                ("id", "places_by"),
                ("programme", "id"),
                ("programme", "id", "size"),
            )
        ),
    )
    op.create_table(
        PLACES,
        sa.Column("agency_set", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("agency_set", "place", name=op.f("pk_set_agencies")),
        sa.UniqueConstraint("agency_set", "agency", name=op.f("uq_set_agencies_agency_set_agency")),
        sa.UniqueConstraint(
            "agency_set", "place", "agency", name=op.f("uq_set_agencies_agency_set_place_agency")
        ),
        sa.CheckConstraint(
            "place BETWEEN 1 AND size", name=op.f("ck_set_agencies_place_within_size")
        ),
        sa.CheckConstraint(
            "coalesce(before, 0) = place - 1", name=op.f("ck_set_agencies_one_after_the_other")
        ),
        sa.ForeignKeyConstraint(
            ["agency_set", "size"],
            ["agency_sets.id", "agency_sets.size"],
            name=op.f("fk_set_agencies_agency_set_size_agency_sets"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_set", "before"],
            ["set_agencies.agency_set", "set_agencies.place"],
            name="fk_set_agencies_before",
        ),
    )
    _name_agencies()
    op.execute(FIRST_SETS)
    op.execute(FIRST_AGENCIES)
    for name, own, place in (("whole", "size", "place"), ("places_by", "places_by", "agency")):
        op.create_foreign_key(
            f"fk_agency_sets_{name}",
            SETS,
            PLACES,
            ["id", own],
            ["agency_set", place],
            deferrable=True,
            initially="DEFERRED",
        )
    op.execute(UNCHANGED)
    for table in (SETS, PLACES):
        op.execute(
            f"CREATE TRIGGER agency_sets_never_change BEFORE UPDATE ON {table} FOR EACH ROW"
            " EXECUTE FUNCTION agency_sets_never_change()"
        )


def _name_agencies() -> None:
    """The agencies as rows, so that another one is a row and no change of these tables."""
    op.create_table(
        "agencies",
        sa.Column("agency", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("agency", name=op.f("pk_agencies")),
    )
    op.execute("INSERT INTO agencies VALUES ('setrass'), ('inm')")
    for table in (PLACES, *NAMING):
        op.create_foreign_key(
            op.f(f"fk_{table}_agency_agencies"), table, "agencies", ["agency"], ["agency"]
        )
    for table in NAMING:
        op.drop_constraint(op.f(f"ck_{table}_agency"), table, type_="check")


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
    _create_approvals()
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


def _create_approvals() -> None:
    op.create_table(
        APPROVALS,
        sa.Column("authorisation", sa.UUID(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("before", sa.Integer()),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("agency_set", sa.Integer(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("official", sa.UUID(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False, server_default="approve"),
        sa.PrimaryKeyConstraint("authorisation", "place", name=op.f("pk_right_approvals")),
        sa.UniqueConstraint(
            "authorisation", "official", name=op.f("uq_right_approvals_authorisation_official")
        ),
        sa.CheckConstraint(
            "coalesce(before, 0) = place - 1", name=op.f("ck_right_approvals_one_after_the_other")
        ),
        sa.CheckConstraint("opinion = 'approve'", name=op.f("ck_right_approvals_opinion")),
        sa.ForeignKeyConstraint(
            ["authorisation", *OF_RIGHT],
            ["authorisations.id", *(f"authorisations.{name}" for name in OF_RIGHT)],
            name="fk_right_approvals_right",
        ),
        sa.ForeignKeyConstraint(
            ["authorisation", "before"],
            ["right_approvals.authorisation", "right_approvals.place"],
            name="fk_right_approvals_before",
        ),
        sa.ForeignKeyConstraint(
            SIX, [f"decisions.{name}" for name in SIX], name="fk_right_approvals_decision"
        ),
        sa.ForeignKeyConstraint(
            ["agency_set", "place", "agency"],
            ["set_agencies.agency_set", "set_agencies.place", "set_agencies.agency"],
            name="fk_right_approvals_asked_agency",
        ),
    )


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
