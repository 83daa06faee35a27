"""Raw SQL that tries to change who a permit names without all who approved it, or on other data."""

from tests.storage.attacks import Attack

WISH, DIGEST = "'00000000-0000-4000-8000-000000000093'", "repeat('a', 64)"
ASK = """
INSERT INTO identity_changes (id, authorisation, worker, content, digest, reason, evidence,
  asked_at, outcome, agency_set, approvals, decided_at)
VALUES ({id}, :right, {worker}, NULL, repeat('a', 64), 'mistyped', gen_random_uuid(),
  now(), {outcome}, {set}, {approvals}, {decided})
"""
APPROVE = """
INSERT INTO identity_approvals (change, nth, before, worker, digest, agency_set, agency, official)
VALUES ({id}, {nth}, nullif({nth} - 1, 0), :worker, {digest}, :set, '{agency}', {official})
"""


def ask(**changes: str) -> str:
    """A wish that waits, changed in some places."""
    usual = {"id": WISH, "worker": ":worker", "outcome": "'asked'", "set": ":set"}
    return ASK.format(**(usual | {"approvals": "NULL", "decided": "NULL"} | changes))


def approve(agency: str, official: str, nth: int = 1, digest: str = DIGEST) -> str:
    """The approval of an agency by somebody."""
    return APPROVE.format(id=WISH, nth=nth, digest=digest, agency=agency, official=official)


def granted(*approvals: str, count: int | None = None) -> str:
    """A change with these approvals that is called granted."""
    told = len(approvals) if count is None else count
    end = (
        "UPDATE identity_changes SET outcome = 'granted', decided_at = now(),"
        f" approvals = {told or 'NULL'} WHERE id = {WISH}"
    )
    return ";".join((ask(), *approvals, end))


LABOUR, MIGRATION = approve("setrass", ":setrass"), approve("inm", ":inm")
ALL = "fk_identity_changes_approved_by_all"

IDENTITY_ATTACKS = (
    Attack("other data by nobody", "issued", granted(), "ck_identity_changes_granted_by_all"),
    Attack("other data by labour alone", "issued", granted(LABOUR), ALL),
    Attack("other data by INM alone", "issued", granted(MIGRATION), ALL),
    Attack(
        "other data by one that counts itself two",
        "issued",
        granted(LABOUR, count=2),
        "fk_identity_changes_last_approval",
    ),
    Attack(
        "other data whose first approval is missing",
        "issued",
        granted(approve("inm", ":inm", 2), count=2),
        "fk_identity_approvals_before",
    ),
    Attack(
        "other data by one agency twice",
        "issued",
        granted(LABOUR, approve("setrass", ":setrass_too", 2)),
        "uq_identity_approvals_change_agency",
    ),
    Attack(
        "other data by an agency that did not approve the right",
        "issued",
        granted(LABOUR, approve("consulate", ":inm", 2)),
        "fk_identity_approvals_asked_agency",
    ),
    Attack(
        "other data by INM for labour",
        "issued",
        granted(approve("setrass", ":inm")),
        "fk_identity_approvals_official",
    ),
    Attack(
        "other data by one person for both",
        "issued",
        granted(LABOUR, approve("inm", ":setrass", 2)),
        "uq_identity_approvals_change_official",
    ),
    Attack(
        "other data than one agency approved",
        "issued",
        granted(LABOUR, approve("inm", ":inm", 2, "repeat('b', 64)")),
        "fk_identity_approvals_change",
    ),
    Attack(
        "other data by their worker",
        "issued",
        granted(approve("setrass", ":worker")),
        "ck_identity_approvals_not_own_case",
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
    Attack(
        "other data decided by others than the right",
        "issued",
        ask(set="(SELECT min(id) FROM agency_sets WHERE id <> :set)"),
        "fk_identity_changes_set_of_right",
    ),
    Attack(
        "other data twice",
        "issued",
        f"{ask()};{ask(id='gen_random_uuid()')}",
        "uq_identity_changes_asked",
    ),
)
