"""The statements that the attacks are made of; `:case` and its like are bound later."""

SET = "(SELECT agency_set FROM applications WHERE id = :case)"
GRANT = """
WITH made AS (
INSERT INTO authorisations (id, application, worker, programme, round, digest, agency_set,
  approvals, valid_from, valid_until, granted_at {columns})
VALUES (gen_random_uuid(), {case}, {worker}, {programme}, {round}, {digest}, {agency_set},
  {approvals}, '2026-12-01', '2027-02-15', now() {values}) RETURNING *)
INSERT INTO right_approvals (authorisation, place, before, application, round, digest, agency_set,
  agency, official, opinion)
SELECT made.id, given.place, CAST(given.before AS integer), made.application, made.round,
  made.digest, {approvals_of}, given.agency, given.official, {opinion}
FROM made, (VALUES {given}) AS given (place, before, agency, official)
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
  note, decided_at, agency_set)
VALUES (:case, {round}, {agency}, {digest}, {worker}, {official}, {opinion}, '{{}}', '', now(),
  {agency_set})
"""


def grant(
    columns: str = "",
    values: str = "",
    labour: str = ":setrass",
    migration: str = ":inm",
    **changes: str,
) -> str:
    """An authorisation for the case on both approvals, changed in some places.

    `given` are the approvals themselves: place, the place before, agency, official.
    """
    usual = {
        "case": ":case",
        "worker": ":worker",
        "programme": "'coffee-hn-gt'",
        "round": "1",
        "digest": ":digest",
        "agency_set": SET,
        "approvals": "2",
        "approvals_of": "made.agency_set",
        "opinion": "'approve'",
        "given": f"(1, NULL, 'setrass', {labour}), (2, 1, 'inm', {migration})",
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
        "agency_set": SET,
    }
    return DECIDE.format(**(usual | changes))


def carry(
    number: str = "'NEW'", index: str = "status_index + 1", right: str = "authorisation"
) -> str:
    """A second credential like the one that stands."""
    return CARRY.format(number=number, index=index, right=right)


SUSPEND = """
INSERT INTO suspensions (id, authorisation, worker, agency, official, reason, origin, note, since,
  until, suspended_at)
VALUES (gen_random_uuid(), :right, {worker}, {agency}, {official}, 'alert', 'own', 'x',
  '2026-12-01', '2026-12-05', now())
"""
PROPOSE = """
INSERT INTO revocations (id, authorisation, worker, agency, grounds, origin, heard, note,
  proposed_by, proposed_at)
VALUES (gen_random_uuid(), :right, {worker}, {agency}, {grounds}, 'own', 'in-person', 'x', {by},
  now())
"""
ANOTHER_CARD = """
INSERT INTO credentials (id, authorisation, number, state, kid, status_list, status_index,
  to_be_signed, payload, valid_from, expires, version, prepared_at, right_status, replaces,
  replacement, replacement_reason)
SELECT gen_random_uuid(), authorisation, 'NEW', 'pending', kid, status_list, status_index + 7,
  to_be_signed, payload, valid_from, expires, 1, prepared_at, {right_status}, {replaces},
  {replacement}, {reason} FROM credentials WHERE authorisation = :right AND replacement = 0
"""
GIVE_BACK = (
    "UPDATE authorisations SET status = 'granted', suspension = NULL, suspended_until = NULL,"
    " suspension_ending = NULL WHERE id = :right; "
)
END_CARDS = (
    "UPDATE credentials SET state = 'revoked', revoked_at = now(), revocation_reason = 'lost'"
    " WHERE authorisation = :right AND state = 'issued'; "
)
TAKE_BACK = (
    "UPDATE authorisations SET status = 'revoked', revocation = (SELECT id FROM revocations"
    " WHERE authorisation = {of}), revocation_outcome = {outcome} WHERE id = {right}"
)
CONFIRM = "UPDATE revocations SET outcome = {outcome}, decided_by = {by}, decided_at = now()"
FIRST_CARD = "(SELECT id FROM credentials WHERE authorisation = :right AND replacement = 0)"


def suspend(worker: str = ":worker", official: str = ":setrass", agency: str = "'setrass'") -> str:
    """A suspension of the right, changed in some places."""
    return SUSPEND.format(worker=worker, official=official, agency=agency)


def propose(
    worker: str = ":worker",
    agency: str = "'inm'",
    grounds: str = "'{M1}'",
    by: str = ":inm",
) -> str:
    """A proposal to take the right back."""
    return PROPOSE.format(worker=worker, agency=agency, grounds=grounds, by=by)


def another_card(
    right_status: str = "'granted'",
    replaces: str = FIRST_CARD,
    replacement: int = 1,
    reason: str = "'lost'",
) -> str:
    """A card that follows the first of the right."""
    return ANOTHER_CARD.format(
        right_status=right_status, replaces=replaces, replacement=replacement, reason=reason
    )


def take_back(of: str = ":right", outcome: str = "'confirmed'", right: str = ":right") -> str:
    """The right revoked by a proposal."""
    return TAKE_BACK.format(of=of, outcome=outcome, right=right)


def confirm(outcome: str = "'confirmed'", by: str = ":inm_too") -> str:
    """A proposal decided."""
    return CONFIRM.format(outcome=outcome, by=by)
