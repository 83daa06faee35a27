"""The tables of the sets of agencies as step 0060 makes them, and what its rows are."""

import sqlalchemy as sa
from alembic import op

SETS, PLACES, APPROVALS = "agency_sets", "set_agencies", "right_approvals"
NAMING = ("postings", "saved_views", "case_notes", "reception_days")
OF_RIGHT = ("application", "round", "digest", "agency_set")
SIX = ("application", "round", "digest", "agency", "official", "opinion")

CHAINED = ("one_after_the_other", "coalesce(before, 0) = place - 1")
SET_KEYS = (("id", "size"), ("id", "places_by"), ("programme", "id"), ("programme", "id", "size"))
PLACE_KEYS = (["agency_set", "agency"], ["agency_set", "place", "agency"])
STANDING_ON = (
    ("right", "authorisations", ["authorisation", *OF_RIGHT], ["id", *OF_RIGHT]),
    ("before", APPROVALS, ["authorisation", "before"], ["authorisation", "place"]),
    ("decision", "decisions", [*SIX], [*SIX]),
    ("asked_agency", PLACES, [*PLACE_KEYS[1]], [*PLACE_KEYS[1]]),
)

UNCHANGED = """
CREATE FUNCTION agency_sets_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a set of agencies is never written again: another one follows it'
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'agency_sets_never_change';
END $$
"""
FIRST_SETS = """
INSERT INTO agency_sets (id, programme, size, places_by, since)
SELECT row_number() OVER (ORDER BY code), code, 2, 'setrass', coalesce(
  (SELECT min(created_at) FROM applications WHERE programme = code), now())
FROM (SELECT programme AS code FROM applications UNION SELECT programme FROM authorisations
  UNION VALUES ('coffee-hn-gt'), ('twap-canada'), ('twap-spain')) AS codes
"""
FIRST_AGENCIES = """
INSERT INTO set_agencies (agency_set, place, agency, before, size)
SELECT id, place, agency, nullif(place - 1, 0), 2 FROM agency_sets,
  (VALUES (1, 'setrass'), (2, 'inm')) AS both_of_them (place, agency)
"""


def create_sets() -> None:
    """The agencies, the sets of them, and one of both for each programme that stands."""
    op.create_table(
        SETS,
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("places_by", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_sets")),
        *(sa.UniqueConstraint(*it, name=op.f(f"uq_agency_sets_{'_'.join(it)}")) for it in SET_KEYS),
    )
    op.create_table(
        PLACES,
        sa.Column("agency_set", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("before", sa.Integer()),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("agency_set", "place", name=op.f("pk_set_agencies")),
    )
    for names in PLACE_KEYS:
        op.create_unique_constraint(op.f(f"uq_set_agencies_{'_'.join(names)}"), PLACES, names)
    for name, rule in (("place_within_size", "place BETWEEN 1 AND size"), CHAINED):
        op.create_check_constraint(op.f(f"ck_set_agencies_{name}"), PLACES, rule)
    _name_agencies()
    op.execute(FIRST_SETS)
    op.execute(FIRST_AGENCIES)
    _chain_places()


def _chain_places() -> None:
    """Each place stands on the one before, and the set on its last; nothing changes again."""
    of_set, place = ["agency_set", "size"], ["agency_set", "place"]
    counted = op.f("fk_set_agencies_agency_set_size_agency_sets")
    op.create_foreign_key(counted, PLACES, SETS, of_set, ["id", "size"])
    op.create_foreign_key("fk_set_agencies_before", PLACES, PLACES, ["agency_set", "before"], place)
    for name, own, theirs in (("whole", "size", "place"), ("places_by", "places_by", "agency")):
        op.create_foreign_key(
            f"fk_agency_sets_{name}",
            SETS,
            PLACES,
            ["id", own],
            ["agency_set", theirs],
            deferrable=True,
            initially="DEFERRED",
        )
    op.execute(UNCHANGED)
    for table in (SETS, PLACES):
        op.execute(
            f"CREATE TRIGGER agency_sets_never_change BEFORE UPDATE ON {table} FOR EACH ROW"
            " EXECUTE FUNCTION agency_sets_never_change()"
        )


def create_approvals() -> None:
    """The approvals under each right."""
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
    )
    one_each = op.f("uq_right_approvals_authorisation_official")
    op.create_unique_constraint(one_each, APPROVALS, ["authorisation", "official"])
    for name, rule in (CHAINED, ("opinion", "opinion = 'approve'")):
        op.create_check_constraint(op.f(f"ck_right_approvals_{name}"), APPROVALS, rule)
    for name, table, own, theirs in STANDING_ON:
        op.create_foreign_key(f"fk_right_approvals_{name}", APPROVALS, table, own, theirs)


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
