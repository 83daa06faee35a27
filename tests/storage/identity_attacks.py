"""Raw SQL that tries to change who a permit names without both agencies, or on other data."""

from tests.storage.attacks import Attack

ASK = """
INSERT INTO identity_changes (id, authorisation, worker, content, digest, reason, evidence,
  asked_at, outcome, labour_official, labour_digest, migration_official, migration_digest,
  decided_at)
VALUES (gen_random_uuid(), :right, {worker}, NULL, repeat('a', 64), 'mistyped', gen_random_uuid(),
  now(), {outcome}, {labour}, {labour_digest}, {migration}, {migration_digest}, {decided})
"""
DIGEST = "repeat('a', 64)"


def ask(**changes: str) -> str:
    """A wish that waits, changed in some places."""
    usual = {
        "worker": ":worker",
        "outcome": "'asked'",
        **dict.fromkeys(("labour", "labour_digest", "migration", "migration_digest"), "NULL"),
        "decided": "NULL",
    }
    return ASK.format(**(usual | changes))


def granted(labour: str = ":setrass", migration: str = ":inm", **changes: str) -> str:
    """A change that was granted by these two."""
    usual = {
        "labour_digest": "NULL" if labour == "NULL" else DIGEST,
        "migration_digest": "NULL" if migration == "NULL" else DIGEST,
    }
    both = {"labour": labour, "migration": migration, "outcome": "'granted'", "decided": "now()"}
    return ask(**(usual | both | changes))


BOTH = "ck_identity_changes_granted_by_both"

IDENTITY_ATTACKS = (
    Attack("other data by nobody", "issued", granted("NULL", "NULL"), BOTH),
    Attack("other data by labour alone", "issued", granted(migration="NULL"), BOTH),
    Attack("other data by INM alone", "issued", granted("NULL"), BOTH),
    Attack(
        "other data by INM for labour",
        "issued",
        granted(":inm", "NULL", outcome="'asked'", decided="NULL"),
        "fk_identity_changes_labour_official",
    ),
    Attack(
        "other data by labour for INM",
        "issued",
        granted("NULL", ":setrass", outcome="'asked'", decided="NULL"),
        "fk_identity_changes_migration_official",
    ),
    Attack(
        "other data by one person for both",
        "issued",
        granted(":setrass", ":setrass"),
        "ck_identity_changes_two_officials",
    ),
    Attack(
        "other data than one agency approved",
        "issued",
        granted(migration_digest="repeat('b', 64)"),
        "ck_identity_changes_approvals_of_its_digest",
    ),
    Attack(
        "other data by their worker",
        "issued",
        granted(":worker"),
        "ck_identity_changes_not_own_case",
    ),
    Attack(
        "other data refused by nobody",
        "issued",
        ask(outcome="'refused'", decided="now()"),
        "ck_identity_changes_settled_together",
    ),
    Attack(
        "other data of another person",
        "issued",
        ask(worker="gen_random_uuid()"),
        "fk_identity_changes_right",
    ),
    Attack("other data twice", "issued", f"{ask()};{ask()}", "uq_identity_changes_asked"),
)
