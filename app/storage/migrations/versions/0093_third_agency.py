"""A consulate may be asked, and other identity data need each agency of the right (decision 58).

Not safe with the code before it: that writes the approvals of identity data into columns that are
gone. Stop the site, migrate, start. The way down ends with an error where a consulate was asked or
has people, for the tables of before cannot say so.
"""

import sqlalchemy as sa
from alembic import op

revision = "0093"
down_revision = "0091"
branch_labels = None
depends_on = None

CHANGES, APPROVALS = "identity_changes", "identity_approvals"
BEFORE = (
    "'facilitator', 'employer', 'recruiter', 'setrass-analyst', 'setrass-officer',"
    " 'setrass-supervisor', 'inm-analyst', 'inm-officer', 'inm-supervisor', 'inm-second-look',"
    " 'border-agent', 'post-supervisor', 'complaint-handler', 'labour-inspector',"
    " 'partner-authority', 'data-analyst', 'administrator', 'data-protection-officer', 'auditor'"
)
AGENCY_BEFORE = (
    "'setrass-analyst', 'setrass-officer', 'setrass-supervisor', 'inm-analyst', 'inm-officer',"
    " 'inm-supervisor', 'inm-second-look'"
)
FOUR_EYES_BEFORE = (
    "'administrator', 'auditor', 'data-protection-officer', 'inm-officer', 'inm-second-look',"
    " 'inm-supervisor', 'setrass-officer', 'setrass-supervisor'"
)
FOREIGN_BEFORE = "'partner-authority'"
NEW = "'consulate-officer', 'consulate-supervisor'"
SYSTEM = "00000000-0000-0000-0000-000000000000"
CONTENT = ["worker", "digest", "agency_set"]
OLD = (("labour", "setrass"), ("migration", "inm"))

# Each of the two that the right stands on and that approved, by the order of its set.
APPROVED = """
INSERT INTO identity_approvals (change, nth, before, worker, digest, agency_set, agency, official)
SELECT change, nth, nullif(nth - 1, 0), worker, digest, agency_set, agency, official FROM (
  SELECT c.id AS change, row_number() OVER (PARTITION BY c.id ORDER BY s.place) AS nth, c.worker,
    c.digest, c.agency_set, s.agency, given.official
  FROM identity_changes c, LATERAL (VALUES ('setrass', c.labour_official),
    ('inm', c.migration_official)) AS given (agency, official), set_agencies s
  WHERE given.official IS NOT NULL AND s.agency_set = c.agency_set AND s.agency = given.agency
) AS one
"""

UNUSED = """
DELETE FROM set_agencies WHERE agency_set IN (
  SELECT agency_set FROM set_agencies WHERE agency = 'consulate'
  EXCEPT SELECT agency_set FROM application_rounds)
"""


def upgrade() -> None:
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.execute("INSERT INTO agencies VALUES ('consulate')")
    _set_roles(
        f"{BEFORE}, {NEW}",
        f"{AGENCY_BEFORE}, {NEW}",
        f"{FOUR_EYES_BEFORE}, {NEW}",
        f"{FOREIGN_BEFORE}, {NEW}",
    )
    _replace("case_notices", "told", "told IN ('setrass', 'inm', 'consulate', 'worker')")
    _bind_changes()
    _create_approvals()
    op.execute(APPROVED)
    op.execute(
        "UPDATE identity_changes c SET approvals = (SELECT max(nth) FROM identity_approvals a"
        " WHERE a.change = c.id) WHERE outcome = 'granted'"
    )
    _rest_on_approvals()
    _drop_columns()


def _set_roles(roles: str, of_agencies: str, four_eyes: str, foreign: str) -> None:
    for table in ("grants", "pending_grants"):
        _replace(table, "role", f"role IN ({roles})")
        _replace(table, "country_of_role", f"(country IS NOT NULL) = (role IN ({foreign}))")
    _replace(
        "grants",
        "four_eyes",
        f"role NOT IN ({four_eyes}) OR granted_by = '{SYSTEM}'"
        " OR (asked_by IS NOT NULL AND asked_by <> granted_by AND asked_by <> person)",
    )
    op.drop_index("uq_grants_one_agency_role", "grants")
    op.create_index(
        "uq_grants_one_agency_role",
        "grants",
        ["person"],
        unique=True,
        postgresql_where=sa.text(f"ended_at IS NULL AND role IN ({of_agencies})"),
    )


def _replace(table: str, name: str, rule: str) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)


def _bind_changes() -> None:
    """Each wish names the set of its right."""
    op.create_unique_constraint(
        op.f("uq_authorisations_id_agency_set"), "authorisations", ["id", "agency_set"]
    )
    op.add_column(CHANGES, sa.Column("agency_set", sa.Integer()))
    op.add_column(CHANGES, sa.Column("approvals", sa.Integer()))
    op.execute(
        "UPDATE identity_changes c SET agency_set = a.agency_set FROM authorisations a"
        " WHERE a.id = c.authorisation"
    )
    op.alter_column(CHANGES, "agency_set", nullable=False)
    op.create_foreign_key(
        "fk_identity_changes_set_of_right",
        CHANGES,
        "authorisations",
        ["authorisation", "agency_set"],
        ["id", "agency_set"],
    )
    op.create_unique_constraint(
        op.f("uq_identity_changes_id_worker_digest_agency_set"), CHANGES, ["id", *CONTENT]
    )


def _create_approvals() -> None:
    op.create_table(
        APPROVALS,
        sa.Column("change", sa.UUID(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("before", sa.Integer()),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("agency_set", sa.Integer(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("official", sa.UUID(), nullable=False),
        sa.PrimaryKeyConstraint("change", "nth", name=op.f("pk_identity_approvals")),
        sa.UniqueConstraint("change", "agency", name=op.f("uq_identity_approvals_change_agency")),
        sa.UniqueConstraint(
            "change", "official", name=op.f("uq_identity_approvals_change_official")
        ),
        sa.CheckConstraint(
            "coalesce(before, 0) = nth - 1", name=op.f("ck_identity_approvals_one_after_the_other")
        ),
        sa.CheckConstraint("official <> worker", name=op.f("ck_identity_approvals_not_own_case")),
    )
    for name, table, own, theirs in (
        ("change", CHANGES, ["change", *CONTENT], ["id", *CONTENT]),
        ("before", APPROVALS, ["change", "before"], ["change", "nth"]),
        ("asked_agency", "set_agencies", ["agency_set", "agency"], ["agency_set", "agency"]),
        ("official", "postings", ["official", "agency"], ["person", "agency"]),
    ):
        op.create_foreign_key(f"fk_identity_approvals_{name}", APPROVALS, table, own, theirs)


def _rest_on_approvals() -> None:
    """Granted rests on as many approvals as the set of the right has agencies."""
    op.create_foreign_key(
        "fk_identity_changes_approved_by_all",
        CHANGES,
        "agency_sets",
        ["agency_set", "approvals"],
        ["id", "size"],
    )
    op.create_foreign_key(
        "fk_identity_changes_last_approval",
        CHANGES,
        APPROVALS,
        ["id", "approvals"],
        ["change", "nth"],
    )
    op.create_check_constraint(
        op.f("ck_identity_changes_granted_by_all"),
        CHANGES,
        "(outcome = 'granted') = (approvals IS NOT NULL)",
    )


def _drop_columns() -> None:
    for part, _ in OLD:
        for name in ("agency", "official", "digest"):
            op.drop_column(CHANGES, f"{part}_{name}")  # what names it goes with it
    op.create_check_constraint(
        op.f("ck_identity_changes_not_own_case"), CHANGES, "worker <> refused_by"
    )


def downgrade() -> None:
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.drop_constraint(op.f("ck_identity_changes_not_own_case"), CHANGES, type_="check")
    for part, agency in OLD:
        _name_official(part, agency)
    for name, rule in (
        ("agencies", "labour_agency = 'setrass' AND migration_agency = 'inm'"),
        (
            "approvals_of_its_digest",
            "(labour_official IS NULL) = (labour_digest IS NULL)"
            " AND (migration_official IS NULL) = (migration_digest IS NULL)"
            " AND labour_digest IS NOT DISTINCT FROM"
            " CASE WHEN labour_official IS NOT NULL THEN digest END"
            " AND migration_digest IS NOT DISTINCT FROM"
            " CASE WHEN migration_official IS NOT NULL THEN digest END",
        ),
        (
            "granted_by_both",
            "outcome <> 'granted'"
            " OR (labour_official IS NOT NULL AND migration_official IS NOT NULL)",
        ),
        ("two_officials", "labour_official <> migration_official"),
        (
            "not_own_case",
            "worker NOT IN (coalesce(labour_official, id), coalesce(migration_official, id),"
            " coalesce(refused_by, id))",
        ),
    ):
        op.create_check_constraint(op.f(f"ck_identity_changes_{name}"), CHANGES, rule)
    op.drop_constraint("fk_identity_changes_last_approval", CHANGES, type_="foreignkey")
    op.drop_table(APPROVALS)
    for name in ("approvals", "agency_set"):
        op.drop_column(CHANGES, name)
    op.drop_constraint(op.f("uq_authorisations_id_agency_set"), "authorisations", type_="unique")
    _replace("case_notices", "told", "told IN ('setrass', 'inm', 'worker')")
    _set_roles(BEFORE, AGENCY_BEFORE, FOUR_EYES_BEFORE, FOREIGN_BEFORE)
    # Sets that ask it and under which nothing was handed in; others keep their row, which fails.
    op.execute("SET CONSTRAINTS ALL DEFERRED")
    op.execute(UNUSED)
    op.execute(
        "DELETE FROM agency_sets s"
        " WHERE NOT EXISTS (SELECT FROM set_agencies p WHERE p.agency_set = s.id)"
    )
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.execute("DELETE FROM agencies WHERE agency = 'consulate'")


def _name_official(part: str, agency: str) -> None:
    """The columns of before, with what that agency said."""
    named, official, digest = (f"{part}_{name}" for name in ("agency", "official", "digest"))
    op.add_column(CHANGES, sa.Column(named, sa.Text(), nullable=False, server_default=agency))
    op.add_column(CHANGES, sa.Column(official, sa.UUID()))
    op.add_column(CHANGES, sa.Column(digest, sa.Text()))
    op.execute(
        f"UPDATE {CHANGES} c SET {official} = a.official, {digest} = a.digest"  # noqa: S608  (names of this file)
        f" FROM {APPROVALS} a WHERE a.change = c.id AND a.agency = '{agency}'"
    )
    op.create_foreign_key(
        f"fk_identity_changes_{official}",
        CHANGES,
        "postings",
        [official, named],
        ["person", "agency"],
    )
