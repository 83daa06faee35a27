"""The statements that the attacks are made of; `:case` and its like are bound later."""

GRANT = """
INSERT INTO authorisations (id, application, worker, programme, round, digest, labour_official,
  migration_official, valid_from, valid_until, granted_at {columns})
VALUES (gen_random_uuid(), {case}, {worker}, 'coffee-hn-gt', {round}, {digest}, {labour},
  {migration}, '2026-12-01', '2027-02-15', now() {values})
"""
CARRY = """
INSERT INTO credentials (id, authorisation, number, state, kid, status_list, status_index,
  to_be_signed, payload, valid_from, expires, version, prepared_at)
SELECT gen_random_uuid(), {right}, {number}, 'pending', kid, status_list, {index},
  to_be_signed, payload, valid_from, expires, 1, prepared_at FROM credentials
  WHERE authorisation = :right
"""
DECIDE = """
INSERT INTO decisions (application, round, agency, digest, worker, official, opinion, grounds,
  note, decided_at)
VALUES (:case, {round}, {agency}, {digest}, {worker}, {official}, {opinion}, '{{}}', '', now())
"""


def grant(columns: str = "", values: str = "", **changes: str) -> str:
    """An authorisation for the case, changed in some places."""
    usual = {
        "case": ":case",
        "worker": ":worker",
        "round": "1",
        "digest": ":digest",
        "labour": ":setrass",
        "migration": ":inm",
    }
    return GRANT.format(columns=columns, values=values, **(usual | changes))


def decide(**changes: str) -> str:
    """A decision of INM on the first round, changed in some places."""
    usual = {
        "round": "1",
        "agency": "'inm'",
        "digest": ":digest",
        "worker": ":worker",
        "official": ":inm",
        "opinion": "'approve'",
    }
    return DECIDE.format(**(usual | changes))


def carry(
    number: str = "'NEW'", index: str = "status_index + 1", right: str = "authorisation"
) -> str:
    """A second credential like the one that stands."""
    return CARRY.format(number=number, index=index, right=right)
